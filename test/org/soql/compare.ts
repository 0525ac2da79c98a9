import type { Value } from '../records/validate.ts';
import type { FieldSchema } from '../schema/types.ts';
import type { Literal, Operator } from './ast.ts';
import { dateRange } from './dateLiterals.ts';

/** One side of a comparison made comparable: times as numbers, text without case, unless it matters. */
function comparable(field: FieldSchema, value: Value): string | number | boolean | null {
  if (value === null) return null;
  if (field.type === 'datetime' || field.type === 'date')
    return Date.parse(String(value).replace(/\+0000$/, 'Z'));
  if (typeof value === 'string' && !field.caseSensitive && field.type !== 'id' && field.type !== 'reference')
    return value.toLowerCase();
  return value;
}

/** Whether a stored value satisfies an operator and its literals, by SOQL's rules for null. */
export function satisfies(
  field: FieldSchema,
  value: Value,
  operator: Operator,
  literals: readonly Literal[],
  now: number,
): boolean {
  const [first] = literals;
  switch (operator) {
    case 'IN':
      return literals.some((literal) => compareOne(field, value, '=', literal, now));
    case 'NOT IN':
      return !literals.some((literal) => compareOne(field, value, '=', literal, now));
    case 'INCLUDES':
    case 'EXCLUDES': {
      const chosen = new Set(String(value ?? '').split(';'));
      const includes = literals.some(
        (literal) => literal.kind === 'string' && literal.value.split(';').every((one) => chosen.has(one)),
      );
      return includes === (operator === 'INCLUDES');
    }
    default:
      return first !== undefined && compareOne(field, value, operator, first, now);
  }
}

function compareOne(
  field: FieldSchema,
  value: Value,
  operator: Operator,
  literal: Literal,
  now: number,
): boolean {
  if (operator === 'LIKE')
    return literal.kind === 'string' && value !== null && like(String(value), literal.value);
  if (literal.kind === 'date') return compareDate(field, value, operator, literal.value, now);
  const other = literal.kind === 'null' ? null : comparable(field, idOf(field, literal.value));
  const mine = comparable(field, value);
  if (operator === '=') return mine === other;
  if (operator === '!=') return mine !== other;
  if (mine === null || other === null) return false;
  return ordered(mine, operator, other);
}

function idOf(field: FieldSchema, value: string | number | boolean): Value {
  const isId = (field.type === 'id' || field.type === 'reference') && typeof value === 'string';
  return isId && value.length > 15 ? value.slice(0, 15) + value.slice(15).toUpperCase() : value;
}

function compareDate(
  field: FieldSchema,
  value: Value,
  operator: Operator,
  text: string,
  now: number,
): boolean {
  const mine = comparable(field, value);
  const { from, to } = dateRange(text, now);
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

function like(value: string, pattern: string): boolean {
  const source = pattern.replaceAll(
    /\\([%_])|([%_])|[.*+?^${}()|[\]\\]/g,
    (match, escaped: string | undefined, wild: string | undefined) => {
      if (escaped) return escaped;
      if (wild) return wild === '%' ? '[\\s\\S]*' : '[\\s\\S]';
      return `\\${match}`;
    },
  );
  return new RegExp(`^${source}$`, 'i').test(value);
}

/** Orders two values for ORDER BY. */
export function orderValues(
  field: FieldSchema,
  a: Value,
  b: Value,
  descending: boolean,
  nullsLast: boolean,
): number {
  const left = comparable(field, a);
  const right = comparable(field, b);
  if (left === right) return 0;
  if (left === null) return nullsLast ? 1 : -1;
  if (right === null) return nullsLast ? -1 : 1;
  return (left < right ? -1 : 1) * (descending ? -1 : 1);
}
