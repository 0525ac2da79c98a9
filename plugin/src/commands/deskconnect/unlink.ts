import { Messages } from '@salesforce/core';
import { BRIDGE_FLAGS, BridgeCommand, RECORD_FLAG } from '../../bridge/bridgeCommand.ts';

export type AskResult = { due: number };

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.unlink');

export default class Unlink extends BridgeCommand<AskResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...BRIDGE_FLAGS, record: RECORD_FLAG };

  async run(): Promise<AskResult> {
    const { flags } = await this.parse(Unlink);
    const answer = await this.bridge(flags).post<AskResult>('/control/ask', {
      record: flags.record,
      action: 'Unlink',
    });
    this.log(messages.getMessage('done', [flags.record]));
    return answer;
  }
}
