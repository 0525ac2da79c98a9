import { Messages } from '@salesforce/core/messages';
import { pairLines, type PairAnswer } from '../../bridge/answers.ts';
import { BRIDGE_FLAGS, BridgeCommand, RECORD_FLAG } from '../../bridge/bridgeCommand.ts';
import { shown } from '../../ux/terminal.ts';

export type ExplainResult = PairAnswer & {
  explanation: { action: string; rule: string; text: string; details: string[] };
};

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.explain');

export default class Explain extends BridgeCommand<ExplainResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...BRIDGE_FLAGS, record: RECORD_FLAG };

  async run(): Promise<ExplainResult> {
    const { flags } = await this.parse(Explain);
    const answer = await (
      await this.bridge(flags)
    ).get<ExplainResult>('/control/explain', { record: flags.record });
    const { rule, text, details } = answer.explanation;
    // What would be done now mostly fails as it did last time: once is enough. That an unlink was asked for, its rule says.
    const isTold = answer.failure?.message === text || answer.failure?.code === 'asked';
    const failure = isTold ? null : answer.failure;
    for (const line of pairLines({ ...answer, failure })) this.log(shown(line));
    this.log(shown(`  ${rule}: ${text}`));
    for (const detail of details) this.log(shown(`    ${detail}`));
    return answer;
  }
}
