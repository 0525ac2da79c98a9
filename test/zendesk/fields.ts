import { flag, objects, text, without, type Input } from './input.ts';
import { invalidAttribute, recordInvalid } from './problem.ts';
import type { Field, FieldOption, FieldOwner } from './records.ts';
import type { ZendeskState } from './state.ts';

const COMMON = ['checkbox', 'date', 'decimal', 'integer', 'multiselect', 'regexp', 'text', 'textarea'];
/** A list with one choice has another name on tickets. */
const TYPES: Readonly<Record<FieldOwner, readonly string[]>> = {
  ticket: [...COMMON, 'tagger', 'partialcreditcard'],
  user: [...COMMON, 'dropdown'],
  organization: [...COMMON, 'dropdown'],
};
const CHOOSING = ['tagger', 'dropdown', 'multiselect'];

const SYSTEM: readonly (readonly [type: string, title: string])[] = [
  ['subject', 'Subject'],
  ['description', 'Description'],
  ['status', 'Status'],
  ['tickettype', 'Type'],
  ['priority', 'Priority'],
  ['group', 'Group'],
  ['assignee', 'Assignee'],
  ['custom_status', 'Ticket status'],
];

export const fieldsOf = (state: ZendeskState, owner: FieldOwner) =>
  state.tables.fields.filter((field) => field.owner === owner);

/** The fields that every account has. */
export function addSystemFields(state: ZendeskState): void {
  for (const [type, title] of SYSTEM)
    state.add(state.tables.fields, blank(state, 'ticket', type, title, null, true));
}

function blank(
  state: ZendeskState,
  owner: FieldOwner,
  type: string,
  title: string,
  key: string | null,
  system: boolean,
): Field {
  return {
    ...state.stamps(),
    owner,
    type,
    key,
    title,
    description: '',
    active: true,
    required: false,
    regexp: null,
    system,
    options: [],
  };
}

export function createField(state: ZendeskState, owner: FieldOwner, input: Input): Field {
  const type = text(input, 'type') ?? '';
  if (!TYPES[owner].includes(type)) throw recordInvalid('type', `Type: ${type} is invalid`, 'InvalidValue');
  const title = text(input, 'title');
  if (!title) throw recordInvalid('title', 'Title: cannot be blank', 'BlankValue');
  const key = owner === 'ticket' ? null : (text(input, 'key') ?? null);
  if (owner !== 'ticket') {
    if (!key) throw recordInvalid('key', 'Key: cannot be blank', 'BlankValue');
    if (!/^[a-z0-9_-]+$/i.test(key)) throw recordInvalid('key', `Key: ${key} is invalid`, 'InvalidValue');
    if (fieldsOf(state, owner).some((field) => field.key === key))
      throw recordInvalid('key', `Key: ${key} has already been taken`, 'DuplicateValue');
  }
  const field = blank(state, owner, type, title, key, false);
  const changes = changesOf(state, field, input);
  if (CHOOSING.includes(type) && (changes.options ?? []).length === 0)
    throw recordInvalid('custom_field_options', 'Custom field options: cannot be blank', 'BlankValue');
  return state.add(state.tables.fields, { ...field, ...changes });
}

export function updateField(state: ZendeskState, field: Field, input: Input): void {
  state.change(field, changesOf(state, field, input));
}

function changesOf(state: ZendeskState, field: Field, input: Input): Partial<Field> {
  const title = text(input, 'title');
  if (title === '') throw recordInvalid('title', 'Title: cannot be blank', 'BlankValue');
  const options =
    CHOOSING.includes(field.type) && input['custom_field_options'] !== undefined
      ? objects(input, 'custom_field_options').map((one) => optionFrom(state, field, one))
      : undefined;
  if (new Set(options?.map(({ value }) => value)).size !== (options?.length ?? 0))
    throw recordInvalid(
      'custom_field_options',
      'Custom field options: a value is there twice',
      'DuplicateValue',
    );
  return without({
    title: title ?? undefined,
    description: text(input, 'description') ?? undefined,
    active: flag(input, 'active'),
    required: flag(input, 'required'),
    regexp: field.type === 'regexp' ? expressionIn(input) : undefined,
    options,
  });
}

function expressionIn(input: Input): string | null | undefined {
  const source = text(input, 'regexp_for_validation');
  try {
    new RegExp(source ?? '').test('');
  } catch {
    throw recordInvalid(
      'regexp_for_validation',
      `Regexp for validation: ${source} is invalid`,
      'InvalidValue',
    );
  }
  return source;
}

function optionFrom(state: ZendeskState, field: Field, input: Input): FieldOption {
  const name = text(input, 'name');
  const value = text(input, 'value');
  if (!name || !value)
    throw invalidAttribute('custom_field_options', 'Each option must have a name and a value');
  const known = field.options.find((one) => one.id === input['id'] || one.value === value);
  return { id: known?.id ?? state.next.id++, name, value };
}

/** Adds a choice, or renames the one with the value or the id. */
export function setOption(state: ZendeskState, field: Field, input: Input): FieldOption {
  const option = optionFrom(state, field, input);
  const options = field.options.some(({ id }) => id === option.id)
    ? field.options.map((one) => (one.id === option.id ? option : one))
    : [...field.options, option];
  state.change(field, { options });
  return option;
}
