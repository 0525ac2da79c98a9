import { Messages } from '@salesforce/core';
import { ASK_FLAGS, AskCommand, type AskResult } from '../../bridge/askCommand.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.sync');

export default class Sync extends AskCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = ASK_FLAGS;

  async run(): Promise<AskResult> {
    const { flags } = await this.parse(Sync);
    return this.ask(flags, 'Sync Now', messages.getMessage('done', [flags.record]));
  }
}
