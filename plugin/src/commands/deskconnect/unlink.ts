import { Messages } from '@salesforce/core/messages';
import { ASK_FLAGS, AskCommand, type AskResult } from '../../bridge/askCommand.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.unlink');

export default class Unlink extends AskCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = ASK_FLAGS;

  async run(): Promise<AskResult> {
    const { flags } = await this.parse(Unlink);
    return this.ask(flags, 'Unlink', messages.getMessage('done', [flags.record]));
  }
}
