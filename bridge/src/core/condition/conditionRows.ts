import type { Comparison, Condition, Literal, Operator } from './condition.ts';
import { parseCondition } from './parseCondition.ts';

/** One line of a list view's filter. */
export type ConditionRow = { readonly field: string; readonly operator: string; readonly value: string };
export type ConditionRows =
  | { readonly kind: 'rows'; readonly rows: readonly ConditionRow[]; readonly logic: string }
  /** It says more than rows can show, and is edited as text. */
  | { readonly kind: 'text' };

type Pattern = 'contains' | 'starts with';

const WORDS: Readonly<Record<Exclude<Operator, 'LIKE' | 'IN' | 'NOT IN'>, string>> = {
  '=': 'equals',
  '!=': 'not equal to',
  '<': 'less than',
  '<=': 'less or equal',
  '>': 'greater than',
  '>=': 'greater or equal',
  INCLUDES: 'includes',
  EXCLUDES: 'excludes',
};
/** What the rows of a list view can say, in Salesforce's words. */
export const ROW_OPERATORS = [
  ...Object.values(WORDS),
  'contains',
  'does not contain',
  'starts with',
] as const;

/** The rows of a condition and how they go together: `1 AND (2 OR 3)`. */
export function toRows(condition: Condition): ConditionRows {
  const rows: ConditionRow[] = [];
  const logic = logicOf(condition, rows, true);
  return logic === null ? { kind: 'text' } : { kind: 'rows', rows, logic };
}

function logicOf(condition: Condition, rows: ConditionRow[], isTop: boolean): string | null {
  if (condition.kind === 'and' || condition.kind === 'or') {
    const parts = condition.parts.map((part) => logicOf(part, rows, false));
    if (parts.includes(null)) return null;
    const joined = parts.join(condition.kind === 'and' ? ' AND ' : ' OR ');
    return isTop ? joined : `(${joined})`;
  }
  const row = rowOf(condition);
  if (row) {
    rows.push(row);
    return String(rows.length);
  }
  if (condition.kind !== 'not') return null;
  const part = logicOf(condition.part, rows, false);
  return part === null ? null : `NOT ${part}`;
}

function rowOf(condition: Condition): ConditionRow | null {
  if (condition.kind === 'not') {
    const inner = condition.part.kind === 'compare' ? rowOf(condition.part) : null;
    return inner?.operator === 'contains' ? { ...inner, operator: 'does not contain' } : null;
  }
  if (condition.kind !== 'compare') return null;
  const { field, operator, values } = condition;
  if (operator === 'LIKE') return patternRow(condition);
  // A list view's row has several values with a comma between them.
  const word = operator === 'IN' ? WORDS['='] : operator === 'NOT IN' ? WORDS['!='] : WORDS[operator];
  const texts = values.map(textOf);
  if (texts.some((text) => text === null || (values.length > 1 && text.includes(',')))) return null;
  return { field, operator: word, value: texts.join(', ') };
}

function patternRow({ field, values: [literal] }: Comparison): ConditionRow | null {
  if (literal?.kind !== 'text') return null;
  const isContained = literal.value.startsWith('%') && literal.value.length > 1;
  if (!literal.value.endsWith('%')) return null;
  const inner = literal.value.slice(isContained ? 1 : 0, -1);
  if (inner === '' || /(^|[^\\])[%_]/.test(inner)) return null;
  const operator: Pattern = isContained ? 'contains' : 'starts with';
  return { field, operator, value: inner.replaceAll(/\\([%_])/g, '$1') };
}

function textOf(literal: Literal): string | null {
  if (literal.kind === 'null') return '';
  const text = String(literal.value);
  // An empty cell is null, and blanks at the ends of one cannot be seen.
  return text.trim() === '' || text.trim() !== text ? null : text;
}

export type FromRows =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly fix: string };

/** What a value without quotes looks like; anything else could be more than a value. */
const PLAIN = /^(?:|-?\d+(?:\.\d+)?|\d{4}-[\d:TZ+.-]+|[A-Z_]+(?::\d+)?)$/i;

/** How a field writes its values: text and picklists in quotes, others as they are. */
export type LiteralStyle = 'quoted' | 'plain';

/**
 * The condition that rows and their logic say; no logic is all of them.
 * @param styleOf how the values of a field are written
 */
export function fromRows(
  rows: readonly ConditionRow[],
  logic: string,
  styleOf: (field: string) => LiteralStyle,
): FromRows {
  const texts: string[] = [];
  for (const [index, row] of rows.entries()) {
    const style = styleOf(row.field);
    const bad = style === 'plain' ? row.value.split(',').find((one) => !PLAIN.test(one.trim())) : undefined;
    if (bad !== undefined)
      return {
        ok: false,
        message: `Row ${index + 1}: ${row.field} is not compared with ${bad.trim()}.`,
        fix: 'Write a number, a date such as 2026-01-31 or TODAY, TRUE or FALSE.',
      };
    const text = comparisonText(row, style);
    if (text === null)
      return {
        ok: false,
        message: `Row ${index + 1}: ${row.operator} is no operator.`,
        fix: `Use ${ROW_OPERATORS.join(', ')}.`,
      };
    texts.push(text);
  }
  const given = logic.trim() === '' ? rows.map((_, index) => index + 1).join(' AND ') : logic;
  if (!/^(?:[\d\s()]|AND|OR|NOT)*$/i.test(given))
    return {
      ok: false,
      message: `The logic "${logic}" holds something else.`,
      fix: 'Write it as in 1 AND (2 OR 3).',
    };
  const used = new Set([...given.matchAll(/\d+/g)].map(([number]) => Number(number)));
  const missing = texts.findIndex((_, index) => !used.has(index + 1));
  const beyond = [...used].find((number) => number < 1 || number > texts.length);
  if (missing >= 0 || beyond !== undefined)
    return {
      ok: false,
      message:
        beyond === undefined ? `The logic does not name row ${missing + 1}.` : `There is no row ${beyond}.`,
      fix: 'Name each row once or more.',
    };
  const text = given.replaceAll(/\d+/g, (number) => texts[Number(number) - 1] ?? '');
  const parsed = parseCondition(text);
  return parsed.ok ? { ok: true, text } : parsed;
}

function comparisonText({ field, operator, value }: ConditionRow, style: LiteralStyle): string | null {
  const known = operator.trim().toLowerCase();
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const literal = (text: string) => (text === '' ? 'null' : style === 'quoted' ? quoted(text) : text);
  const pattern = (text: string) => `'${text.replaceAll(/[\\'%_]/g, String.raw`\$&`)}%'`;
  const contains = pattern(value).replace("'", "'%");
  if (known === 'contains') return `${field} LIKE ${contains}`;
  if (known === 'does not contain') return `(NOT ${field} LIKE ${contains})`;
  if (known === 'starts with') return `${field} LIKE ${pattern(value)}`;
  const found = Object.entries(WORDS).find(([, word]) => word === known);
  if (!found) return null;
  const [sign] = found;
  const values = value.split(',').map((one) => literal(one.trim()));
  if (sign === 'INCLUDES' || sign === 'EXCLUDES') return `${field} ${sign} (${values.join(', ')})`;
  if (values.length === 1 || (sign !== '=' && sign !== '!='))
    return `${field} ${sign} ${literal(value.trim())}`;
  return `${field} ${sign === '=' ? 'IN' : 'NOT IN'} (${values.join(', ')})`;
}
