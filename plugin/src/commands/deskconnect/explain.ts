import { Messages } from '@salesforce/core';
import { pairLines, type PairAnswer } from '../../bridge/answers.ts';
import { BRIDGE_FLAGS, BridgeCommand, RECORD_FLAG } from '../../bridge/bridgeCommand.ts';

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
    for (const line of pairLines(answer)) this.log(line);
    this.log(`  ${answer.explanation.rule}: ${answer.explanation.text}`);
    for (const detail of answer.explanation.details) this.log(`    ${detail}`);
    return answer;
  }
}
