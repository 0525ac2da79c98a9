import { SalesforceError } from '../records/errors.ts';

export type Token = {
  readonly kind: 'word' | 'string' | 'number' | 'date' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
};

const PATTERNS: readonly [Token['kind'], RegExp][] = [
  ['date', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))?/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*(?::\d+)?/y],
  ['symbol', /<=|>=|!=|<>|[(),=<>]/y],
];

/** Splits a SOQL text; a string token carries its value, with the escapes resolved. */
export function tokenise(soql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < soql.length) {
    if (/\s/.test(soql[at] ?? '')) {
      at += 1;
      continue;
    }
    const token = soql[at] === "'" ? readString(soql, at) : readToken(soql, at);
    tokens.push(token.token);
    at = token.next;
  }
  return [...tokens, { kind: 'end', text: '<EOF>', at }];
}

function readToken(soql: string, at: number): { token: Token; next: number } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(soql);
    if (match)
      return { token: { kind, text: match[0] === '<>' ? '!=' : match[0], at }, next: at + match[0].length };
  }
  throw malformed(`unexpected character: '${soql[at]}'`, at);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '%': '\\%',
  _: '\\_',
};

function readString(soql: string, start: number): { token: Token; next: number } {
  let text = '';
  for (let at = start + 1; at < soql.length; at += 1) {
    const character = soql[at] ?? '';
    if (character === "'") return { token: { kind: 'string', text, at: start }, next: at + 1 };
    if (character === '\n') break;
    if (character !== '\\') {
      text += character;
      continue;
    }
    at += 1;
    const escaped =
      ESCAPES[soql[at]?.toLowerCase() === soql[at] ? (soql[at] ?? '') : (soql[at]?.toLowerCase() ?? '')];
    if (escaped === undefined) throw malformed(`Illegal escape sequence at ${at}`, at);
    text += escaped;
  }
  throw malformed('string literal is not closed', start);
}

export function malformed(problem: string, at: number): SalesforceError {
  return new SalesforceError('MALFORMED_QUERY', `${problem}\nERROR at Row:1:Column:${at + 1}`);
}
