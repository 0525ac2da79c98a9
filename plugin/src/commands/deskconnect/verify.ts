import { Messages } from '@salesforce/core/messages';
import * as Flags from '@oclif/core/flags';
import type { Difference, VerifyAnswer } from '../../bridge/answers.ts';
import { BRIDGE_FLAGS, BridgeCommand } from '../../bridge/bridgeCommand.ts';
import { isLive, shown } from '../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.verify');

export type VerifyResult = { compared: number; differences: Difference[]; repaired: boolean };

export default class Verify extends BridgeCommand<VerifyResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...BRIDGE_FLAGS,
    repair: Flags.boolean({ summary: messages.getMessage('flags.repair.summary'), default: false }),
  };

  async run(): Promise<VerifyResult> {
    const { flags } = await this.parse(Verify);
    const bridge = await this.bridge(flags);
    let compared = 0;
    const differences: Difference[] = [];
    const { spinner } = await this.framework();
    spinner.start(messages.getMessage('comparing'));
    for (let after: number | null = 0; after !== null;) {
      const page: VerifyAnswer = await bridge.get<VerifyAnswer>('/control/verify', { after: String(after) });
      compared += page.compared;
      differences.push(...page.differences);
      if (isLive()) spinner.status = String(compared);
      after = page.next;
    }
    spinner.stop();
    for (const { pair, salesforceId, deskId, explanation } of differences) {
      const ids = `${salesforceId ?? '?'} ↔ ${pair}:${deskId ?? '?'}`;
      this.log(shown(`  ✖ ${ids}  ${explanation.rule}: ${explanation.text}`));
      for (const detail of explanation.details) this.log(shown(`      ${detail}`));
    }
    this.log(messages.getMessage('done', [compared, differences.length]));
    if (flags.repair) {
      for (const { salesforceId, pair, deskId } of differences)
        await bridge.post('/control/ask', {
          record: salesforceId ?? `${pair}:${deskId ?? ''}`,
          action: 'Sync Now',
        });
      if (differences.length > 0) this.log(messages.getMessage('repaired', [differences.length]));
    } else if (differences.length > 0) process.exitCode = 1;
    return { compared, differences, repaired: flags.repair && differences.length > 0 };
  }
}
