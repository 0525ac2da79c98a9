import type { Rule } from '@desk-connect/bridge/core/config/syncConfig.js';
import { toRows } from '@desk-connect/bridge/core/condition/conditionRows.js';
import { parseCondition } from '@desk-connect/bridge/core/condition/parseCondition.js';
import { allowedBy } from '@desk-connect/bridge/core/selection.js';
import type { PairKind } from '@desk-connect/bridge/core/pair.js';

/** What a rule does to the records of a side. */
const deeds = (mayCross: boolean, creates: boolean, updates: boolean) =>
  mayCross
    ? [...(creates ? ['create'] : []), ...(updates ? ['update'] : [])].join(', ') || 'nothing'
    : 'nothing';

/** A rule as a row of a table, by what happens on each side; its conditions and its record type stand below. */
export function ruleRow(pair: PairKind, rule: Rule): Record<string, string> {
  const { toSalesforce, toDesk } = allowedBy(rule.direction);
  return {
    pair,
    'in Salesforce': deeds(toSalesforce, rule.createInSalesforce, rule.updateInSalesforce),
    'in Desk': deeds(toDesk, rule.createInDesk, rule.updateInDesk),
    'wins conflicts': rule.conflict,
    'on delete': rule.onDelete,
  };
}

/** What a rule says beyond its row: its record type, and its conditions, as rows of a list view where rows can say them. */
export function ruleLines(pair: PairKind, rule: Rule): string[] {
  return [
    ...(rule.recordType === null
      ? []
      : ['', `${pair}: new records of Salesforce are of the type ${rule.recordType}`]),
    ...linesOf(`${pair}: records of Salesforce that go to Desk`, rule.salesforceCondition),
    ...linesOf(`${pair}: records of Desk that go to Salesforce`, rule.deskCondition),
  ];
}

function linesOf(title: string, text: string): string[] {
  if (text.trim() === '') return [];
  const parsed = parseCondition(text);
  const shown = parsed.ok ? toRows(parsed.condition) : ({ kind: 'text' } as const);
  if (shown.kind === 'text') return ['', title, `  ${text}`];
  const rows = shown.rows.map(
    ({ field, operator, value }, index) =>
      `  ${index + 1}. ${field} ${operator} ${value === '' ? '(empty)' : value}`,
  );
  return ['', title, ...rows, ...(rows.length > 1 ? [`  ${shown.logic}`] : [])];
}
