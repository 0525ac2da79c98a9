import { inner, objects, type Input } from './input.ts';
import { recordInvalid } from './problem.ts';
import { fieldsOf } from './fields.ts';
import type { Field, FieldOwner } from './records.ts';
import type { ZendeskState } from './state.ts';

/** What a record shows where a field has no value. */
const empty = (field: Field) =>
  field.type === 'checkbox' ? false : field.type === 'multiselect' ? [] : null;
const nameOf = (field: Field) => (field.owner === 'ticket' ? String(field.id) : (field.key ?? ''));
const custom = (state: ZendeskState, owner: FieldOwner) =>
  fieldsOf(state, owner).filter((field) => field.active && !field.system);

/** The custom values of a user or an organization: every active field, by its key. */
export function shownByKey(
  state: ZendeskState,
  owner: 'user' | 'organization',
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    custom(state, owner).map((field) => [nameOf(field), values[nameOf(field)] ?? empty(field)]),
  );
}

/** The custom values of a ticket: every active field, by its id. */
export function shownById(state: ZendeskState, values: Readonly<Record<string, unknown>>) {
  return custom(state, 'ticket').map((field) => ({
    id: field.id,
    value: values[nameOf(field)] ?? empty(field),
  }));
}

/** The custom values after a write: what is sent replaces, the rest stays; what no active field has is ignored. */
export function writtenValues(
  state: ZendeskState,
  owner: FieldOwner,
  sent: Input | undefined,
  current: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  if (sent === undefined) return undefined;
  const values = { ...current };
  for (const field of custom(state, owner)) {
    const raw = sent[nameOf(field)];
    if (raw !== undefined) values[nameOf(field)] = stored(field, raw);
  }
  return values;
}

/** The values of a write to a ticket, sent as a list of `{id, value}` or as an object, by the ids. @throws 400 */
export function valuesById(input: Input): Input | undefined {
  const name = input['custom_fields'] === undefined ? 'fields' : 'custom_fields';
  if (!Array.isArray(input[name])) return inner(input, name);
  return Object.fromEntries(objects(input, name).map((one) => [String(one['id']), one['value'] ?? null]));
}

/** The tags that the values of drop-down lists are on their ticket. */
export function tagsOf(state: ZendeskState, values: Readonly<Record<string, unknown>>): string[] {
  return custom(state, 'ticket')
    .filter((field) => ['tagger', 'multiselect'].includes(field.type))
    .flatMap((field) => (values[nameOf(field)] ?? []) as string | string[]);
}

/** The first required field without a value, which keeps a ticket from being solved. */
export function missing(state: ZendeskState, values: Readonly<Record<string, unknown>>): Field | undefined {
  return custom(state, 'ticket').find(
    (field) =>
      field.required && [undefined, null, '', false].includes(values[nameOf(field)] as null | undefined),
  );
}

/** On tickets a number is text; on users and organizations it is a number, and a date has a time. */
function stored(field: Field, raw: unknown): unknown {
  const refuse = () =>
    recordInvalid(
      field.owner === 'ticket' ? 'base' : `${field.owner}_fields.${nameOf(field)}`,
      `${field.title}: is invalid`,
      'InvalidValue',
    );
  if (raw === null || raw === '') return null;
  const text = String(raw);
  switch (field.type) {
    case 'checkbox':
      if (![true, false, 'true', 'false', '1', '0'].includes(raw as string)) throw refuse();
      return [true, 'true', '1'].includes(raw as string);
    case 'integer':
    case 'decimal':
      if (!(field.type === 'integer' ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text)) throw refuse();
      return field.owner === 'ticket' ? text : Number(text);
    case 'date':
      if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(Date.parse(text.slice(0, 10)))) throw refuse();
      return field.owner === 'ticket' ? text.slice(0, 10) : `${text.slice(0, 10)}T00:00:00+00:00`;
    case 'regexp':
      if (field.regexp !== null && !new RegExp(field.regexp).test(text)) throw refuse();
      return text;
    case 'tagger':
    case 'dropdown':
      if (!field.options.some(({ value }) => value === text)) throw refuse();
      return text;
    case 'multiselect': {
      const list = Array.isArray(raw) ? raw.map(String) : [text];
      if (!list.every((one) => field.options.some(({ value }) => value === one))) throw refuse();
      return list;
    }
    default:
      return text;
  }
}
