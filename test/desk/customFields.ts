import { text, type Input } from './input.ts';
import { DeskProblem, invalid } from './problem.ts';
import type { DeskState } from './state.ts';

/** `ticket` is Desk's word for a case here. */
export const FIELD_OWNERS = ['ticket', 'customer', 'company'] as const;
export type FieldOwner = (typeof FIELD_OWNERS)[number];
const DATA_TYPES = ['string', 'boolean', 'integer', 'date', 'list'] as const;
export type CustomField = {
  readonly id: number;
  /** The key in `custom_fields` of a record. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldOwner;
  readonly active: boolean;
  readonly data: { readonly type: (typeof DATA_TYPES)[number]; readonly choices?: readonly string[] };
};

export function createCustomField(state: DeskState, input: Input): CustomField {
  const name = text(input, 'name');
  const label = text(input, 'label') ?? name;
  if (!name || !label) throw invalid({ name: ['blank'] });
  if (state.tables.customFields.some((field) => field.name === name))
    throw new DeskProblem(422, 'Validation failed: Key has already been taken.');
  const type = FIELD_OWNERS.find((owner) => owner === input['type']);
  if (!type) throw invalid({ type: ['inclusion'] });
  const data = (input['data'] ?? {}) as { type?: string; choices?: unknown[] };
  const dataType = DATA_TYPES.find((one) => one === data.type);
  if (!dataType) throw invalid({ data: { type: ['inclusion'] } });
  const choices = dataType === 'list' ? { choices: (data.choices ?? []).map(String) } : {};
  return state.add(state.tables.customFields, {
    id: state.nextId++,
    name,
    label,
    type,
    active: input['active'] !== false,
    data: { type: dataType, ...choices },
  });
}

/** The custom values of a record as Desk shows them: every active field of its kind, empty ones as null. */
export function shownValues(
  state: DeskState,
  owner: FieldOwner,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fields = state.tables.customFields.filter((field) => field.type === owner && field.active);
  return Object.fromEntries(fields.map((field) => [field.name, values[field.name] ?? null]));
}

/**
 * The custom values after a write: what is sent replaces, the rest stays; keys that no field has, or only one that
 * is not active, are ignored.
 */
export function writtenValues(
  state: DeskState,
  owner: FieldOwner,
  input: Input,
  current: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const sent = input['custom_fields'];
  if (sent === undefined || sent === null) return undefined;
  if (typeof sent !== 'object' || Array.isArray(sent)) throw invalid({ custom_fields: ['invalid'] });
  const values = { ...current };
  for (const field of state.tables.customFields) {
    const raw = (sent as Input)[field.name];
    if (field.type === owner && field.active && raw !== undefined) values[field.name] = stored(field, raw);
  }
  return values;
}

/** On the wire an integer is text, a boolean is one, and a list holds one of its choices. */
function stored(field: CustomField, raw: unknown): unknown {
  const refuse = (code: string) => invalid({ custom_fields: { [field.name]: [code] } });
  if (raw === null || raw === '') return null;
  switch (field.data.type) {
    case 'boolean':
      if (raw === true || raw === 'true' || raw === '1') return true;
      if (raw === false || raw === 'false' || raw === '0') return false;
      throw refuse('invalid');
    case 'integer':
      if (!/^-?\d+$/.test(String(raw))) throw refuse('not_a_number');
      return String(raw);
    case 'date':
      if (!/^\d{4}-\d\d-\d\d/.test(String(raw)) || Number.isNaN(Date.parse(String(raw))))
        throw refuse('invalid');
      return String(raw).slice(0, 10);
    case 'list':
      if (!(field.data.choices ?? []).includes(String(raw))) throw refuse('inclusion');
      return String(raw);
    default:
      return String(raw);
  }
}
