import { checkDeskCondition, checkSalesforceCondition } from '../condition/checkCondition.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../pair.ts';
import type { ConfigProblem } from './configProblem.ts';
import { deskFields } from './deskFields.ts';
import type { Describes } from './describes.ts';
import type { Rule, SyncConfig } from './syncConfig.ts';

/** What is wrong with which records the rules select, and with what they do about deleted ones. */
export function checkSelection(config: SyncConfig, describes: Describes): ConfigProblem[] {
  return PAIRS.flatMap((pair) => [
    ...checkConditions(pair, config.rules[pair], describes),
    ...checkDelete(pair, config.rules[pair]),
  ]);
}

function checkConditions(pair: PairKind, rule: Rule, describes: Describes): ConfigProblem[] {
  const record = `rule ${pair}`;
  const inSalesforce = checkSalesforceCondition(rule.salesforceCondition, OBJECT_OF[pair], describes);
  const inDesk = checkDeskCondition(rule.deskCondition, deskFields(pair, describes));
  return [
    ...inSalesforce.map((one) => ({ ...one, record, field: 'salesforceCondition' })),
    ...inDesk.map((one) => ({ ...one, record, field: 'deskCondition' })),
  ];
}

function checkDelete(pair: PairKind, { onDelete }: Rule): ConfigProblem[] {
  if (onDelete === 'unlink' || pair === 'case') return [];
  const message = `Only cases are deleted with each other: a ${pair} of Desk that is gone may have been merged.`;
  return [{ level: 'error', record: `rule ${pair}`, field: 'onDelete', message, fix: 'Set it to unlink.' }];
}
