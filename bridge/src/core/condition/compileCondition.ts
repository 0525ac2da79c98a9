import { timeOf } from '../timeOf.ts';
import type { Value } from '../values.ts';
import type { Comparison, Condition, Literal, Operator } from './condition.ts';
import { dateRange } from './dateRange.ts';

/** The value that a record has in a field, as the condition writes it; null for a parent that is missing. */
export type ValueOf = (field: string) => Value;

/**
 * A condition as a function of a record, with SOQL's semantics: text is compared without case, null equals null alone,
 * is less and greater than nothing, and a comparison is either true or false, so NOT turns it round.
 * @param now milliseconds since 1970, for date words
 */
export function compileCondition(condition: Condition, now: () => number): (valueOf: ValueOf) => boolean {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.parts.map((part) => compileCondition(part, now));
      return (valueOf) => parts.every((part) => part(valueOf));
    }
    case 'or': {
      const parts = condition.parts.map((part) => compileCondition(part, now));
      return (valueOf) => parts.some((part) => part(valueOf));
    }
    case 'not': {
      const part = compileCondition(condition.part, now);
      return (valueOf) => !part(valueOf);
    }
    case 'compare':
      return (valueOf) => satisfies(valueOf(condition.field), condition, now());
  }
}

function satisfies(value: Value, { operator, values }: Comparison, now: number): boolean {
  switch (operator) {
    case 'IN':
      return values.some((literal) => compares(value, '=', literal, now));
    case 'NOT IN':
      return !values.some((literal) => compares(value, '=', literal, now));
    case 'INCLUDES':
    case 'EXCLUDES': {
      const chosen = new Set(String(value ?? '').split(';'));
      const includes = values.some(
        (literal) => literal.kind === 'text' && literal.value.split(';').every((one) => chosen.has(one)),
      );
      return includes === (operator === 'INCLUDES');
    }
    default: {
      const [literal] = values;
      return literal !== undefined && compares(value, operator, literal, now);
    }
  }
}

function compares(value: Value, operator: Operator, literal: Literal, now: number): boolean {
  if (operator === 'LIKE')
    return literal.kind === 'text' && value !== null && like(String(value), literal.value);
  if (literal.kind === 'date') return comparesDate(value, operator, literal.value, now);
  const mine = comparable(value, literal);
  const other =
    literal.kind === 'null' ? null : literal.kind === 'text' ? plain(literal.value) : literal.value;
  if (operator === '=') return mine === other;
  if (operator === '!=') return mine !== other;
  if (mine === null || other === null) return false;
  return ordered(mine, operator, other);
}

/** In a text, `\%` and `\_` are those signs. */
const plain = (text: string) => text.replaceAll(/\\([%_])/g, '$1').toLowerCase();

/** A value in the kind of its literal: Desk gives an integer as text. */
function comparable(value: Value, literal: Literal): Value {
  if (value === null) return null;
  if (literal.kind === 'number' && typeof value === 'string' && value.trim() !== '') return Number(value);
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function comparesDate(value: Value, operator: Operator, text: string, now: number): boolean {
  const mine = typeof value === 'string' ? timeOf(value) : Number.NaN;
  const range = dateRange(text, now);
  if (Number.isNaN(mine) || range === null) return operator === '!=';
  const { from, to } = range;
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

/** Matches with % for any text and _ for one character, without backtracking that a hostile pattern could feed on. */
function like(value: string, pattern: string): boolean {
  const text = Array.from(value.toLowerCase());
  const signs = [...pattern.toLowerCase().matchAll(/\\([%_])|([\s\S])/gu)].map(([, escaped, sign]) => ({
    sign: escaped ?? sign ?? '',
    wild: escaped === undefined && (sign === '%' || sign === '_'),
  }));
  let at = 0;
  let sign = 0;
  let star = -1;
  let from = 0;
  while (at < text.length) {
    const current = signs[sign];
    if (current && (current.wild ? current.sign === '_' : current.sign === text[at])) {
      at += 1;
      sign += 1;
    } else if (current?.wild) {
      star = sign;
      from = at;
      sign += 1;
    } else if (star >= 0) {
      sign = star + 1;
      from += 1;
      at = from;
    } else return false;
  }
  while (signs[sign]?.wild && signs[sign]?.sign === '%') sign += 1;
  return sign === signs.length;
}
