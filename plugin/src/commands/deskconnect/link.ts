import { Messages } from '@salesforce/core/messages';
import { Flags } from '@salesforce/sf-plugins-core';
import { BRIDGE_FLAGS, BridgeCommand } from '../../bridge/bridgeCommand.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.link');

export type LinkResult = { linked: boolean };

export default class Link extends BridgeCommand<LinkResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...BRIDGE_FLAGS,
    salesforce: Flags.salesforceId({
      required: true,
      length: 18,
      summary: messages.getMessage('flags.salesforce.summary'),
    }),
    desk: Flags.string({ required: true, summary: messages.getMessage('flags.desk.summary') }),
  };

  async run(): Promise<LinkResult> {
    const { flags } = await this.parse(Link);
    const { salesforce, desk } = flags;
    const answer = await (await this.bridge(flags)).post<LinkResult>('/control/link', { salesforce, desk });
    this.log(messages.getMessage('done', [salesforce, desk]));
    return answer;
  }
}
