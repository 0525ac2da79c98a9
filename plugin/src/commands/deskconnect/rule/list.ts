import { Messages } from '@salesforce/core/messages';
import { PAIRS, type PairKind } from '@desk-connect/bridge/core/pair.js';
import type { Rule } from '@desk-connect/bridge/core/config/syncConfig.js';
import { HOME_FLAGS, HomeCommand } from '../../../config/homeCommand.ts';
import { ruleLines, ruleRow } from '../../../config/ruleLines.ts';
import { shown } from '../../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.rule.list');

export type RuleListResult = { enabled: boolean; rules: ({ pair: PairKind } & Rule)[] };

export default class RuleList extends HomeCommand<RuleListResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...HOME_FLAGS };

  async run(): Promise<RuleListResult> {
    const { flags } = await this.parse(RuleList);
    const { enabled, rules } = await this.readHome(flags);
    if (!enabled) this.log(messages.getMessage('off'));
    await this.table(PAIRS.map((pair) => ruleRow(pair, rules[pair])));
    for (const pair of PAIRS) for (const line of ruleLines(pair, rules[pair])) this.log(shown(line));
    return { enabled, rules: PAIRS.map((pair) => ({ pair, ...rules[pair] })) };
  }
}
