import {
  fromRows,
  ROW_OPERATORS,
  type ConditionRow,
  type LiteralStyle,
} from '@desk-connect/bridge/core/condition/conditionRows.js';
import { deskFields } from '@desk-connect/bridge/core/config/deskFields.js';
import type { Describes } from '@desk-connect/bridge/core/config/describes.js';
import { locateField } from '@desk-connect/bridge/core/config/locateField.js';
import type {
  ConflictRule,
  DeleteRule,
  Direction,
  Rule,
} from '@desk-connect/bridge/core/config/syncConfig.js';
import type { PairKind } from '@desk-connect/bridge/core/pair.js';
import { failure } from '../errors.ts';

/** What somebody wants to be different of a rule; what is undefined stays. */
export type RuleFlags = {
  readonly direction?: Direction | undefined;
  readonly 'create-in-salesforce'?: boolean | undefined;
  readonly 'create-in-desk'?: boolean | undefined;
  readonly 'update-in-salesforce'?: boolean | undefined;
  readonly 'update-in-desk'?: boolean | undefined;
  readonly 'salesforce-condition'?: string | undefined;
  readonly 'salesforce-row'?: readonly string[] | undefined;
  readonly 'salesforce-logic'?: string | undefined;
  readonly 'desk-condition'?: string | undefined;
  readonly 'desk-row'?: readonly string[] | undefined;
  readonly 'desk-logic'?: string | undefined;
  readonly 'record-type'?: string | undefined;
  readonly conflict?: ConflictRule | undefined;
  readonly 'on-delete'?: DeleteRule | undefined;
};

/** The rule as it is wanted. @throws RowUnreadable */
export function changedRule(pair: PairKind, rule: Rule, flags: RuleFlags, describes: Describes | null): Rule {
  const inSalesforce = flags['salesforce-row'];
  const inDesk = flags['desk-row'];
  const type = flags['record-type'];
  return {
    direction: flags.direction ?? rule.direction,
    createInSalesforce: flags['create-in-salesforce'] ?? rule.createInSalesforce,
    createInDesk: flags['create-in-desk'] ?? rule.createInDesk,
    updateInSalesforce: flags['update-in-salesforce'] ?? rule.updateInSalesforce,
    updateInDesk: flags['update-in-desk'] ?? rule.updateInDesk,
    salesforceCondition: inSalesforce
      ? conditionOf(inSalesforce, flags['salesforce-logic'], (field) =>
          salesforceStyle(pair, field, describes),
        )
      : (flags['salesforce-condition'] ?? rule.salesforceCondition),
    deskCondition: inDesk
      ? conditionOf(inDesk, flags['desk-logic'], (field) => deskStyle(pair, field, describes))
      : (flags['desk-condition'] ?? rule.deskCondition),
    recordType: type === undefined ? rule.recordType : type === '' ? null : type,
    conflict: flags.conflict ?? rule.conflict,
    onDelete: flags['on-delete'] ?? rule.onDelete,
  };
}

function conditionOf(rows: readonly string[], logic = '', styleOf: (field: string) => LiteralStyle): string {
  const made = fromRows(rows.map(readRow), logic, styleOf);
  if (!made.ok) throw failure('RowUnreadable', [`${made.message} ${made.fix}`]);
  return made.text;
}

/** The longer of two operators that fit: `not equal to` before `equals`. */
const BY_LENGTH = [...ROW_OPERATORS].sort((a, b) => b.length - a.length);

/** `Priority not equal to High`. @throws RowUnreadable */
function readRow(text: string): ConditionRow {
  const [, field = '', rest = ''] = /^\s*(\S+)\s+([\s\S]*)$/.exec(text) ?? [];
  const operator = BY_LENGTH.find((one) => `${rest} `.toLowerCase().startsWith(`${one} `));
  if (operator === undefined)
    throw failure('RowUnreadable', [`"${text}" names no operator. Use ${ROW_OPERATORS.join(', ')}.`]);
  return { field, operator, value: rest.slice(operator.length).trim() };
}

const PLAIN: ReadonlySet<string> = new Set([
  'boolean',
  'int',
  'long',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'integer',
]);

/** A field that nobody knows is written as text; the check of the rule then names it. */
const styleOf = (type: string | undefined): LiteralStyle => (PLAIN.has(type ?? '') ? 'plain' : 'quoted');

function salesforceStyle(pair: PairKind, path: string, describes: Describes | null): LiteralStyle {
  const located = describes && locateField(pair, path, describes);
  return styleOf(located?.found ? located.at.field.type : undefined);
}

function deskStyle(pair: PairKind, name: string, describes: Describes | null): LiteralStyle {
  const fields = describes ? deskFields(pair, describes) : [];
  return styleOf(fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.type);
}
