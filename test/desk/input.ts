import { invalid } from './problem.ts';
import type { TypedValue } from './state.ts';

export type Input = Readonly<Record<string, unknown>>;

/** A text field of a write: undefined when it is not sent, null when it is emptied. */
export function text(input: Input, name: string, longest = 0): string | null | undefined {
  const value = input[name];
  if (value === undefined || value === null) return value;
  if (typeof value !== 'string' && typeof value !== 'number') throw invalid({ [name]: ['invalid'] });
  const string = String(value);
  if (longest > 0 && string.length > longest) throw invalid({ [name]: ['too_long'] });
  return string;
}

const MAX_ENTRIES = 10;

/** E-mails, phones or addresses of a write, appended to what is there unless the action says replace. */
export function typedList(
  input: Input,
  query: URLSearchParams,
  name: string,
  types: readonly string[],
  current: readonly TypedValue[],
): TypedValue[] | undefined {
  const sent = input[name];
  if (sent === undefined) return undefined;
  if (!Array.isArray(sent)) throw invalid({ [name]: ['invalid'] });
  const entries = (sent as Input[]).map((entry) => {
    const value = text(entry, 'value');
    const type = text(entry, 'type') ?? 'other';
    if (!value) throw invalid({ [name]: [{ value: ['blank'] }] });
    if (!types.includes(type)) throw invalid({ [name]: [{ type: ['inclusion'] }] });
    return { type, value };
  });
  const action = input[`${name}_update_action`] ?? query.get(`${name}_update_action`) ?? 'append';
  const list = action === 'replace' ? entries : [...current, ...entries];
  if (list.length > MAX_ENTRIES) throw invalid({ [name]: ['too_many'] });
  return list;
}

/** The id that a link of a write points to: undefined when it is not sent, null when it is taken away. */
export function linkedId(input: Input, relation: string): number | null | undefined {
  const link = (input['_links'] as Record<string, { href?: string | null } | null> | undefined)?.[relation];
  if (link === undefined) return undefined;
  if (link === null || link.href === null || link.href === undefined) return null;
  const id = Number(/(\d+)$/.exec(link.href)?.[1]);
  if (!Number.isInteger(id)) throw invalid({ _links: { [relation]: ['invalid'] } });
  return id;
}

export function without(changes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
