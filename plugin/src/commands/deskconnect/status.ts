import { Messages } from '@salesforce/core/messages';
import type { StatusAnswer } from '../../bridge/answers.ts';
import { BRIDGE_FLAGS, BridgeCommand } from '../../bridge/bridgeCommand.ts';
import { shown } from '../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.status');

const MARK: Readonly<Record<string, string>> = { up: '✔', starting: '…', down: '✖' };

export default class Status extends BridgeCommand<StatusAnswer> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...BRIDGE_FLAGS };

  async run(): Promise<StatusAnswer> {
    const { flags } = await this.parse(Status);
    const status = await (await this.bridge(flags)).get<StatusAnswer>('/status');
    const { inStep = 0, waiting = 0, failing = 0, excluded = 0, unlinked = 0 } = status.pairs;
    this.log(shown(messages.getMessage('pairs', [inStep, waiting, failing, excluded, unlinked])));
    for (const { class: kind, code, pairs } of status.causes)
      this.log(shown(`  ✖ ${pairs} × ${kind} ${code}`));
    const { salesforce, desk } = status.budgets;
    const used = salesforce ? `${salesforce.used} of ${salesforce.max}` : '?';
    // A bridge that has not asked Desk yet does not know.
    const left = desk.windowEndsAt === 0 ? '?' : `${desk.left} of ${desk.limit}`;
    this.log(messages.getMessage('budgets', [used, status.desk, left]));
    this.log('');
    for (const [name, { state, detail }] of Object.entries(status.parts))
      this.log(shown(`  ${MARK[state] ?? '✖'} ${name}: ${state}${detail === '' ? '' : ` (${detail})`}`));
    if (!status.ready) process.exitCode = 1;
    return status;
  }
}
