import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { CONFLICT_RULES, DIRECTIONS } from '@desk-connect/bridge/core/config/syncConfig.js';
import { EDIT_FLAGS, EditCommand, type EditResult } from '../../../config/editCommand.ts';
import { MAPPING_FLAGS } from '../../../config/homeCommand.ts';
import { vocabularyOf } from '../../../config/readDescribes.ts';
import { withMapping } from '../../../config/withMapping.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.mapping.set');

export default class MappingSet extends EditCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...EDIT_FLAGS,
    ...MAPPING_FLAGS,
    direction: Flags.option({
      options: DIRECTIONS,
      summary: messages.getMessage('flags.direction.summary'),
    })(),
    owner: Flags.option({
      options: [...CONFLICT_RULES, 'rule'] as const,
      summary: messages.getMessage('flags.owner.summary'),
    })(),
    display: Flags.boolean({ allowNo: true, summary: messages.getMessage('flags.display.summary') }),
  };

  async run(): Promise<EditResult> {
    const { flags } = await this.parse(MappingSet);
    const { pair, salesforce, desk, direction, owner, display } = flags;
    const vocabulary = vocabularyOf(this.describeSource(flags));
    return this.edit(flags, (config) =>
      withMapping(
        config,
        { pair, salesforce, desk },
        (mapping) => ({
          ...mapping,
          ...(direction === undefined ? {} : { direction }),
          ...(owner === undefined ? {} : { owner: owner === 'rule' ? null : owner }),
          ...(display === undefined ? {} : { display }),
        }),
        vocabulary,
      ),
    );
  }
}
