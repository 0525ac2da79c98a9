import { Messages } from '@salesforce/core/messages';
import * as Flags from '@oclif/core/flags';
import { BRIDGE_FLAGS, BridgeCommand } from '../../bridge/bridgeCommand.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.retry');

export type RetryResult = { due: number };

export default class Retry extends BridgeCommand<RetryResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...BRIDGE_FLAGS,
    cause: Flags.string({ summary: messages.getMessage('flags.cause.summary') }),
  };

  async run(): Promise<RetryResult> {
    const { flags } = await this.parse(Retry);
    const body = flags.cause === undefined ? {} : { class: flags.cause };
    const answer = await (await this.bridge(flags)).post<RetryResult>('/control/retry', body);
    this.log(messages.getMessage('done', [answer.due]));
    return answer;
  }
}
