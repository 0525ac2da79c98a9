import { checkDeskCondition, checkSalesforceCondition } from '../condition/checkCondition.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../pair.ts';
import { allowedBy } from '../selection.ts';
import type { ConfigProblem } from './configProblem.ts';
import { deskFields } from './deskFields.ts';
import type { Describes } from './describes.ts';
import type { Rule, SyncConfig } from './syncConfig.ts';

/** What is wrong with which records the rules select, and with what they do about deleted ones. */
export function checkSelection(config: SyncConfig, describes: Describes): ConfigProblem[] {
  return PAIRS.flatMap((pair) => [
    ...checkConditions(pair, config.rules[pair], describes),
    ...checkDelete(pair, config.rules[pair], describes),
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

function checkDelete(pair: PairKind, rule: Rule, { salesforce }: Describes): ConfigProblem[] {
  if (rule.onDelete === 'unlink') return [];
  const wrong = { level: 'error', record: `rule ${pair}`, field: 'onDelete' } as const;
  if (pair !== 'case') {
    const message = `Only cases are deleted with each other: a ${pair} of Desk that is gone may have been merged.`;
    return [{ ...wrong, message, fix: 'Set it to unlink.' }];
  }
  const deletes = allowedBy(rule.direction).toSalesforce;
  if (!deletes || salesforce['Case']?.deletable !== false) return [];
  const message = "The bridge's user may not delete cases.";
  return [{ ...wrong, message, fix: 'Give it Delete on Case, or set the rule to unlink.' }];
}
