import { Messages } from '@salesforce/core/messages';
import { EDIT_FLAGS, EditCommand, type EditResult } from '../../config/editCommand.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.disable');

export default class Disable extends EditCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...EDIT_FLAGS };

  async run(): Promise<EditResult> {
    const { flags } = await this.parse(Disable);
    return this.edit(flags, (config) => ({ ...config, enabled: false }));
  }
}
