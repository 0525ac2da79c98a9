import type { Condition, Literal, Operator, OrderBy, Path, Query, SelectItem } from './ast.ts';
import { malformed, tokenise, type Token } from './lexer.ts';

const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
const CLAUSES = new Set([
  'WHERE',
  'ORDER',
  'GROUP',
  'LIMIT',
  'OFFSET',
  'FOR',
  'ALL',
  'USING',
  'WITH',
  'HAVING',
  'FROM',
]);
const DATE_WORD =
  /^(?:TODAY|YESTERDAY|TOMORROW|THIS_WEEK|LAST_WEEK|THIS_MONTH|LAST_MONTH|THIS_YEAR|LAST_YEAR|(?:LAST|NEXT)_N_(?:DAYS|WEEKS|MONTHS):\d+)$/i;

/** Parses one SOQL query. Fails with MALFORMED_QUERY and the place. */
export function parse(soql: string): Query {
  const parser = new Parser(tokenise(soql));
  const query = parser.query();
  parser.end();
  return query;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    this.#word('SELECT');
    const select = this.#list(() => this.#selectItem());
    this.#word('FROM');
    const from = this.#name();
    if (this.#peek().kind === 'word' && !CLAUSES.has(this.#peek().text.toUpperCase())) this.#next();
    if (this.#is('USING')) for (let skip = 0; skip < 3; skip += 1) this.#next();
    const where = this.#take('WHERE') ? this.#condition() : null;
    if (this.#is('WITH')) for (let skip = 0; skip < 2; skip += 1) this.#next();
    const groupBy = this.#take('GROUP') && this.#word('BY') ? this.#list(() => this.#name().split('.')) : [];
    const orderBy = this.#take('ORDER') && this.#word('BY') ? this.#list(() => this.#orderBy()) : [];
    const limit = this.#take('LIMIT') ? this.#integer() : null;
    const offset = this.#take('OFFSET') ? this.#integer() : 0;
    if (this.#take('FOR')) this.#next();
    const allRows = this.#take('ALL') ? this.#word('ROWS') : false;
    return { select, from, where, groupBy, orderBy, limit, offset, allRows };
  }

  end(): void {
    const token = this.#peek();
    if (token.kind !== 'end') throw malformed(`unexpected token: '${token.text}'`, token.at);
  }

  #selectItem(): SelectItem {
    if (this.#take('(')) {
      const query = this.query();
      this.#word(')');
      return { kind: 'subquery', query };
    }
    const name = this.#name();
    const aggregate = name.toUpperCase();
    if (this.#take('(')) {
      if (aggregate === 'FIELDS') return { kind: 'fields', which: this.#closing(this.#name()).toUpperCase() };
      if (!AGGREGATES.has(aggregate)) {
        if (['TOLABEL', 'FORMAT'].includes(aggregate))
          return { kind: 'field', path: this.#closing(this.#name()).split('.') };
        throw malformed(`unknown function: ${name}`, this.#peek().at);
      }
      const path = this.#is(')') ? null : this.#name().split('.');
      this.#word(')');
      return { kind: 'aggregate', name: aggregate, path, ...this.#alias() };
    }
    return { kind: 'field', path: name.split('.'), ...this.#alias() };
  }

  #alias(): { alias?: string } {
    const token = this.#peek();
    if (token.kind !== 'word' || CLAUSES.has(token.text.toUpperCase())) return {};
    return { alias: this.#next().text };
  }

  #closing(text: string): string {
    this.#word(')');
    return text;
  }

  #condition(): Condition {
    let left = this.#unary();
    let joined: 'and' | 'or' | null = null;
    while (this.#is('AND') || this.#is('OR')) {
      const kind = this.#next().text.toLowerCase() === 'and' ? 'and' : 'or';
      // Salesforce wants parentheses where AND and OR are mixed.
      if (joined && joined !== kind) throw malformed(`unexpected token: '${kind}'`, this.#peek().at);
      joined = kind;
      left = { kind, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Condition {
    if (this.#take('NOT')) return { kind: 'not', of: this.#unary() };
    if (this.#take('(')) {
      const inner = this.#condition();
      this.#word(')');
      return inner;
    }
    const path = this.#name().split('.');
    const operator = this.#operator();
    if (!['IN', 'NOT IN', 'INCLUDES', 'EXCLUDES'].includes(operator)) {
      return { kind: 'compare', path, operator, values: [this.#literal()] };
    }
    this.#word('(');
    if (this.#is('SELECT')) {
      const subquery = this.query();
      this.#word(')');
      return { kind: 'compare', path, operator, values: [], subquery };
    }
    const values = this.#list(() => this.#literal());
    this.#word(')');
    return { kind: 'compare', path, operator, values };
  }

  #operator(): Operator {
    const token = this.#next();
    const text = token.text.toUpperCase();
    if (['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'INCLUDES', 'EXCLUDES', 'IN'].includes(text))
      return text as Operator;
    if (text === 'NOT' && this.#take('IN')) return 'NOT IN';
    throw malformed(`unexpected token: '${token.text}'`, token.at);
  }

  #literal(): Literal {
    const token = this.#next();
    if (token.kind === 'string') return { kind: 'string', value: token.text };
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'date') return { kind: 'date', value: token.text };
    const word = token.text.toUpperCase();
    if (word === 'NULL') return { kind: 'null' };
    if (word === 'TRUE' || word === 'FALSE') return { kind: 'boolean', value: word === 'TRUE' };
    if (DATE_WORD.test(word)) return { kind: 'date', value: word };
    throw malformed(
      `Bind variables only allowed in Apex code, or unexpected token: '${token.text}'`,
      token.at,
    );
  }

  #orderBy(): OrderBy {
    const path: Path = this.#name().split('.');
    const descending = this.#take('DESC') || (this.#take('ASC') && false);
    const nullsLast = this.#take('NULLS') ? this.#next().text.toUpperCase() === 'LAST' : false;
    return { path, descending, nullsLast };
  }

  #list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.#take(',')) items.push(item());
    return items;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '<EOF>', at: 0 };
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return (token.kind === 'word' || token.kind === 'symbol') && token.text.toUpperCase() === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at += 1;
    return true;
  }

  #word(text: string): true {
    const token = this.#next();
    if (token.text.toUpperCase() !== text || token.kind === 'string')
      throw malformed(`expecting '${text}' but was: '${token.text}'`, token.at);
    return true;
  }

  #name(): string {
    const token = this.#next();
    if (token.kind !== 'word') throw malformed(`unexpected token: '${token.text}'`, token.at);
    return token.text;
  }

  #integer(): number {
    const token = this.#next();
    if (token.kind !== 'number') throw malformed(`unexpected token: '${token.text}'`, token.at);
    return Number(token.text);
  }
}
