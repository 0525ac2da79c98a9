import type { Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import { isDateWord } from './dateRange.ts';
import { OPERATORS, type Comparison, type Condition, type Literal, type Operator } from './condition.ts';
import { soqlParser } from './soqlParser.ts';

export type ParsedCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly message: string; readonly fix: string };

/** As long as the field of the custom metadata that holds it. */
const LONGEST = 4_000;
const DEEPEST = 20;

/** Raised while reading and never seen outside: every problem ends as an answer. */
class Refused extends Error {
  readonly fix: string;
  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

/**
 * Reads the text of a condition, as behind WHERE in SOQL, and refuses all that would not stand alone: what is
 * accepted keeps its meaning in parentheses behind another condition. Never throws.
 */
export function parseCondition(text: string): ParsedCondition {
  try {
    checkText(text);
    const condition = read(text);
    // The parser reads over some of what follows a comparison: in parentheses it does not.
    const behind = read(`Id != null AND (${text})`);
    const alone = JSON.stringify(behind.kind === 'and' ? behind.parts[1] : null);
    if (alone !== JSON.stringify(condition))
      throw new Refused('It is no single condition.', 'Join its comparisons by AND or OR.');
    return { ok: true, condition };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, message: error.message, fix: error.fix };
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { ok: false, message: `It is no condition: ${line}`, fix: 'Write it as behind WHERE in SOQL.' };
  }
}

function read(text: string): Condition {
  const tokens = tokensOf(whereOf(text));
  // The parser loses a NOT that stands in two others.
  const nots = bareOf(text).match(/\bNOT\b(?!\s+IN\b)/gi)?.length ?? 0;
  if (nots !== tokens.filter((token) => token === 'NOT').length)
    throw new Refused(
      'NOT stands in more than one other NOT.',
      'Take two of them out: they say nothing together.',
    );
  const reader = new Reader(tokens);
  const condition = reader.expression(0);
  if (reader.rest > 0) throw unbalanced();
  return condition;
}

const unbalanced = () => new Refused('Its parentheses do not match.', 'Close each one that is opened.');

/** The condition with its texts empty. */
const bareOf = (text: string) => text.replaceAll(/'(?:\\.|[^'\\])*'/gs, "''");

/** What the parser would read over, or read in another way than Salesforce does. */
function checkText(text: string): void {
  if (text.length > LONGEST)
    throw new Refused(`It has ${text.length} characters, and ${LONGEST} are the most.`, 'Make it shorter.');
  if (Array.from(text).some((character) => character < ' ' && !'\t\r\n'.includes(character)))
    throw new Refused('It holds a control character.', 'Take it out.');
  const bare = bareOf(text);
  if (bare.replaceAll("''", '').includes("'"))
    throw new Refused('A text in it has no end.', "Close it with ', and write ' within a text as \\'.");
  if (/--|\/\*|\/\//.test(bare)) throw new Refused('SOQL has no comments.', 'Take the comment out.');
  if (/[;{}]/.test(bare)) throw new Refused('It holds more than a condition.', 'Take out ; and braces.');
  if (/(^|[\s(=<>,]):/.test(bare))
    throw new Refused('Variables have no value here.', 'Write the value itself instead of the colon.');
  let depth = 0;
  for (const character of bare) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) throw unbalanced();
    if (depth > DEEPEST) throw new Refused('Its parentheses are too deep.', `Use ${DEEPEST} at most.`);
  }
  if (depth !== 0) throw unbalanced();
}

function whereOf(text: string): WhereClause {
  const query: Query = soqlParser().parseQuery(`SELECT Id FROM Record WHERE ${text}`);
  const extra = Object.keys(query).find((key) => !['fields', 'sObject', 'where'].includes(key));
  if (extra !== undefined)
    throw new Refused(
      `It goes on behind the condition (${extra}).`,
      'Take out ORDER BY, LIMIT and whatever else follows.',
    );
  if (!query.where) throw new Refused('It is empty.', 'Write a condition, or nothing at all.');
  return query.where;
}

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

/** The clause as the parser gives it is a list to the right that counts parentheses: here they are tokens again. */
function tokensOf(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  let clause: WhereClause | undefined = where;
  while (clause) {
    const { left } = clause;
    const opened = left && 'openParen' in left ? (left.openParen ?? 0) : 0;
    tokens.push(...Array<Token>(opened).fill('('));
    if (left && ('field' in left || 'fn' in left)) {
      tokens.push(comparisonOf(left));
      tokens.push(...Array<Token>(left.closeParen ?? 0).fill(')'));
    }
    if (!('operator' in clause)) break;
    tokens.push(clause.operator);
    clause = clause.right;
  }
  return tokens;
}

type Left = Extract<NonNullable<WhereClause['left']>, { operator: string }>;

function comparisonOf(left: Left): Comparison {
  if ('fn' in left)
    throw new Refused(
      `${left.fn.rawValue ?? 'A function'} is a function.`,
      'Compare a field itself; a formula field can hold what a function says.',
    );
  if ('valueQuery' in left)
    throw new Refused('It holds a query of its own.', 'Compare fields of the record or of its parents.');
  const operator = OPERATORS.find((one) => one === left.operator.toUpperCase().replaceAll(/\s+/g, ' '));
  if (!operator) throw new Refused(`${left.operator} is no operator.`, `Use ${OPERATORS.join(', ')}.`);
  const raw = [left.value].flat();
  const types = [left.literalType ?? 'STRING'].flat();
  const values = raw.map((value, index) => literalOf(value, types[index] ?? types[0] ?? 'STRING'));
  if (values.length === 0) throw new Refused('A list in it is empty.', 'Name a value at least.');
  checkOperator(operator, values);
  return { kind: 'compare', field: left.field, operator, values };
}

const TEXT_ONLY: ReadonlySet<Operator> = new Set(['LIKE', 'INCLUDES', 'EXCLUDES']);
const LIST: ReadonlySet<Operator> = new Set(['IN', 'NOT IN', 'INCLUDES', 'EXCLUDES']);
const ORDER: ReadonlySet<Operator> = new Set(['<', '<=', '>', '>=']);

function checkOperator(operator: Operator, values: readonly Literal[]): void {
  const other = values.find(({ kind }) => kind !== 'text');
  if (TEXT_ONLY.has(operator) && other)
    throw new Refused(`${operator} compares text.`, "Write its value in quotes, as in 'A%'.");
  if (!LIST.has(operator) && values.length > 1)
    throw new Refused(`${operator} takes one value.`, 'Use IN for several.');
  if (ORDER.has(operator) && values.some(({ kind }) => kind === 'null' || kind === 'boolean'))
    throw new Refused(`${operator} has no meaning for null, true and false.`, 'Use = or !=.');
}

function literalOf(value: string, type: string): Literal {
  switch (type) {
    case 'STRING':
      return { kind: 'text', value: unescaped(value.slice(1, -1)) };
    case 'INTEGER':
    case 'DECIMAL':
      return { kind: 'number', value: Number(value) };
    case 'BOOLEAN':
      return { kind: 'boolean', value: value.toUpperCase() === 'TRUE' };
    case 'NULL':
      return { kind: 'null' };
    case 'DATE':
    case 'DATETIME':
      if (Number.isNaN(Date.parse(value)))
        throw new Refused(`${value} is no date.`, 'Write 2026-01-31, or 2026-01-31T08:00:00Z.');
      return { kind: 'date', value };
    case 'DATE_LITERAL':
    case 'DATE_N_LITERAL':
      if (!isDateWord(value))
        throw new Refused(`${value} is not known here.`, 'Use TODAY, LAST_N_DAYS:n, THIS_MONTH or a date.');
      return { kind: 'date', value: value.toUpperCase() };
    default:
      throw new Refused(
        `${value} cannot be compared here.`,
        'Use text, a number, a date, true, false or null.',
      );
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The value of a text; `\%` and `\_` stay, since LIKE reads them. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, (whole, character: string) =>
    character === '%' || character === '_' ? whole : (ESCAPES[character] ?? character),
  );
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get rest(): number {
    return this.#tokens.length - this.#at;
  }

  expression(depth: number): Condition {
    const parts = [this.#part(depth)];
    const joint = this.#tokens[this.#at];
    if (joint !== 'AND' && joint !== 'OR') return parts[0] ?? never();
    while (this.#tokens[this.#at] === joint) {
      this.#at += 1;
      parts.push(this.#part(depth));
    }
    const next = this.#tokens[this.#at];
    if (next === 'AND' || next === 'OR')
      throw new Refused(
        'AND and OR stand side by side.',
        'Put one of them in parentheses, as Salesforce wants it.',
      );
    return { kind: joint === 'AND' ? 'and' : 'or', parts };
  }

  #part(depth: number): Condition {
    if (depth > DEEPEST * 2) throw new Refused('It is nested too deep.', 'Make it simpler.');
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token === 'NOT') return { kind: 'not', part: this.#part(depth + 1) };
    if (token === '(') {
      const inner = this.expression(depth + 1);
      if (this.#tokens[this.#at] !== ')') throw unbalanced();
      this.#at += 1;
      return inner;
    }
    if (token === undefined || typeof token === 'string') return never();
    return token;
  }
}

function never(): never {
  throw new Refused('A comparison is missing in it.', 'Write field, operator and value.');
}
