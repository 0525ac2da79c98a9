import type { Rule } from '@desk-connect/bridge/core/config/syncConfig.js';
import { toRows } from '@desk-connect/bridge/core/condition/conditionRows.js';
import { parseCondition } from '@desk-connect/bridge/core/condition/parseCondition.js';
import type { PairKind } from '@desk-connect/bridge/core/pair.js';

const sides = (inSalesforce: boolean, inDesk: boolean) =>
  [...(inSalesforce ? ['Salesforce'] : []), ...(inDesk ? ['Desk'] : [])].join(', ') || 'nowhere';

/** A rule as a row of a table, without its conditions. */
export function ruleRow(pair: PairKind, rule: Rule): Record<string, string> {
  return {
    pair,
    direction: rule.direction,
    'creates in': sides(rule.createInSalesforce, rule.createInDesk),
    'updates in': sides(rule.updateInSalesforce, rule.updateInDesk),
    'keeps in a conflict': rule.conflict,
    'on delete': rule.onDelete,
    'record type': rule.recordType ?? '',
  };
}

/** The conditions of a rule, as the rows of a list view where rows can say them. */
export function conditionLines(pair: PairKind, rule: Rule): string[] {
  return [
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
