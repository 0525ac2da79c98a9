import { Messages } from '@salesforce/core/messages';
import { logLine, type LogEntry } from '../../bridge/answers.ts';
import { BRIDGE_FLAGS, BridgeCommand } from '../../bridge/bridgeCommand.ts';
import { shown } from '../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.log');

export default class Log extends BridgeCommand<LogEntry[]> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...BRIDGE_FLAGS };

  async run(): Promise<LogEntry[]> {
    const { flags } = await this.parse(Log);
    const { entries } = await (await this.bridge(flags)).get<{ entries: LogEntry[] }>('/log');
    for (const entry of [...entries].reverse()) this.log(shown(logLine(entry)));
    if (entries.length === 0) this.log(messages.getMessage('none'));
    return entries;
  }
}
