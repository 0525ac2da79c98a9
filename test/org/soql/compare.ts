import type { Value } from '../records/validate.ts';
import type { FieldSchema } from '../schema/types.ts';
import type { Literal, Operator } from './ast.ts';
import { dateRange } from './dateLiterals.ts';

export type OrderKey = string | number | boolean | null;

/** One side of a comparison made comparable: times as numbers, text without case, unless it matters. */
function comparable(field: FieldSchema, value: Value): OrderKey {
  if (value === null) return null;
  if (field.type === 'datetime' || field.type === 'date')
    return Date.parse(String(value).replace(/\+0000$/, 'Z'));
  if (typeof value === 'string' && !field.caseSensitive && field.type !== 'id' && field.type !== 'reference')
    return value.toLowerCase();
  return value;
}

/** Tells whether stored values satisfy an operator and its literals, by SOQL's rules for null. */
export function matcher(
  field: FieldSchema,
  operator: Operator,
  literals: readonly Literal[],
  now: number,
): (value: Value) => boolean {
  const [first] = literals;
  switch (operator) {
    case 'IN':
      return anyOf(field, literals, now);
    case 'NOT IN': {
      const isIn = anyOf(field, literals, now);
      return (value) => !isIn(value);
    }
    case 'INCLUDES':
    case 'EXCLUDES':
      return (value) => {
        const chosen = new Set(String(value ?? '').split(';'));
        const includes = literals.some(
          (literal) => literal.kind === 'string' && literal.value.split(';').every((one) => chosen.has(one)),
        );
        return includes === (operator === 'INCLUDES');
      };
    default:
      return first === undefined ? () => false : matchOne(field, operator, first, now);
  }
}

/** Values of a list are looked up, but for dates, which are ranges. */
function anyOf(field: FieldSchema, literals: readonly Literal[], now: number): (value: Value) => boolean {
  const ranges = literals
    .filter(({ kind }) => kind === 'date')
    .map((literal) => matchOne(field, '=', literal, now));
  const values = new Set(literals.filter(({ kind }) => kind !== 'date').map((one) => literalOf(field, one)));
  return (value) => values.has(comparable(field, value)) || ranges.some((isIn) => isIn(value));
}

const literalOf = (field: FieldSchema, literal: Literal) =>
  literal.kind === 'null' ? null : comparable(field, idOf(field, literal.value));

function matchOne(
  field: FieldSchema,
  operator: Operator,
  literal: Literal,
  now: number,
): (value: Value) => boolean {
  if (operator === 'LIKE') {
    const isLike = literal.kind === 'string' ? like(literal.value) : () => false;
    return (value) => value !== null && isLike(String(value));
  }
  if (literal.kind === 'date') {
    const range = dateRange(literal.value, now);
    return (value) => compareDate(field, value, operator, range);
  }
  const other = literalOf(field, literal);
  if (operator === '=') return (value) => comparable(field, value) === other;
  if (operator === '!=') return (value) => comparable(field, value) !== other;
  if (other === null) return () => false;
  return (value) => {
    const mine = comparable(field, value);
    return mine !== null && ordered(mine, operator, other);
  };
}

/** An id of 18 characters as it is stored, whatever the case of its last three. */
export function idOf(field: FieldSchema, value: string | number | boolean): Value {
  const isId = (field.type === 'id' || field.type === 'reference') && typeof value === 'string';
  return isId && value.length > 15 ? value.slice(0, 15) + value.slice(15).toUpperCase() : value;
}

function compareDate(
  field: FieldSchema,
  value: Value,
  operator: Operator,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const mine = comparable(field, value);
  if (typeof mine !== 'number') return operator === '!=';
  switch (operator) {
    case '=':
      return mine >= from && mine <= to;
    case '!=':
      return mine < from || mine > to;
    case '<':
      return mine < from;
    case '<=':
      return mine <= to;
    case '>':
      return mine > to;
    default:
      return operator === '>=' && mine >= from;
  }
}

function ordered(
  mine: string | number | boolean,
  operator: Operator,
  other: string | number | boolean,
): boolean {
  switch (operator) {
    case '<':
      return mine < other;
    case '<=':
      return mine <= other;
    case '>':
      return mine > other;
    default:
      return operator === '>=' && mine >= other;
  }
}

function like(pattern: string): (value: string) => boolean {
  const source = pattern.replaceAll(
    /\\([%_])|([%_])|[.*+?^${}()|[\]\\]/g,
    (match, escaped: string | undefined, wild: string | undefined) => {
      if (escaped) return escaped;
      if (wild) return wild === '%' ? '[\\s\\S]*' : '[\\s\\S]';
      return `\\${match}`;
    },
  );
  const expression = new RegExp(`^${source}$`, 'i');
  return (value) => expression.test(value);
}

/** A value as ORDER BY goes by it; to be taken once of each record. */
export const orderKey = comparable;

/** Orders two such values. */
export function orderValues(
  left: OrderKey,
  right: OrderKey,
  descending: boolean,
  nullsLast: boolean,
): number {
  if (left === right) return 0;
  if (left === null) return nullsLast ? 1 : -1;
  if (right === null) return nullsLast ? -1 : 1;
  return (left < right ? -1 : 1) * (descending ? -1 : 1);
}
