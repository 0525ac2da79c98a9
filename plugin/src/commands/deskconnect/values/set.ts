import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { EDIT_FLAGS, EditCommand, type EditResult } from '../../../config/editCommand.ts';
import { MAPPING_FLAGS } from '../../../config/homeCommand.ts';
import { vocabularyOf } from '../../../config/readDescribes.ts';
import { readValuePairs } from '../../../config/readValuePairs.ts';
import { withMapping } from '../../../config/withMapping.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.values.set');

export default class ValuesSet extends EditCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...EDIT_FLAGS,
    ...MAPPING_FLAGS,
    value: Flags.string({ multiple: true, default: [], summary: messages.getMessage('flags.value.summary') }),
  };

  async run(): Promise<EditResult> {
    const { flags } = await this.parse(ValuesSet);
    const { pair, salesforce, desk } = flags;
    const values = readValuePairs(flags.value);
    const vocabulary = vocabularyOf(this.describeSource(flags));
    return this.edit(flags, (config) =>
      withMapping(config, { pair, salesforce, desk }, (mapping) => ({ ...mapping, values }), vocabulary),
    );
  }
}
