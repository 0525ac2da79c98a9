import { Messages } from '@salesforce/core/messages';
import { EDIT_FLAGS, EditCommand, type EditResult } from '../../../config/editCommand.ts';
import { MAPPING_FLAGS } from '../../../config/homeCommand.ts';
import { withoutMapping } from '../../../config/withMapping.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.mapping.delete');

export default class MappingDelete extends EditCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...EDIT_FLAGS,
    ...MAPPING_FLAGS,
  };

  async run(): Promise<EditResult> {
    const { flags } = await this.parse(MappingDelete);
    const { pair, salesforce, desk } = flags;
    return this.edit(flags, (config) => withoutMapping(config, { pair, salesforce, desk }));
  }
}
