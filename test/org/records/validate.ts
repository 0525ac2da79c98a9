import { findField, type Schema } from '../schema/schema.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import { SalesforceError } from './errors.ts';
import { isId, longId } from './ids.ts';
import { storedTime } from './times.ts';

export type Value = string | number | boolean | null;
export type Fields = Record<string, Value>;

/** CaseComment counts bytes, all else characters. */
const BYTE_FIELDS = new Set(['CaseComment.CommentBody']);

/** Turns what a caller sent into stored values, or fails as Salesforce does. */
export function normalise(
  schema: Schema,
  object: ObjectSchema,
  input: Readonly<Record<string, unknown>>,
): Fields {
  const fields: Fields = {};
  for (const [name, raw] of Object.entries(input)) {
    if (name === 'attributes') continue;
    const field = findField(object, name);
    if (!field) {
      throw new SalesforceError(
        'INVALID_FIELD',
        `No such column '${name}' on sobject of type ${object.name}`,
      );
    }
    fields[field.name] = normaliseValue(schema, object, field, raw);
  }
  return fields;
}

function normaliseValue(schema: Schema, object: ObjectSchema, field: FieldSchema, raw: unknown): Value {
  if (raw === null || raw === undefined || raw === '') return field.type === 'boolean' ? false : null;
  switch (field.type) {
    case 'boolean':
      if (typeof raw === 'boolean') return raw;
      if (raw === 'true' || raw === 'false') return raw === 'true';
      throw bad(field, raw, 'boolean');
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return numberValue(field, raw);
    case 'date':
    case 'datetime':
    case 'time':
      return dateValue(field, raw);
    case 'reference':
      return referenceValue(schema, field, raw);
    default:
      return textValue(object, field, raw);
  }
}

function dateValue(field: FieldSchema, raw: unknown): string {
  const stored = storedTime(field.type, raw);
  if (stored === null) throw bad(field, raw, field.type);
  return stored;
}

/** Digits before the point beyond the field's are refused; those behind it are rounded. */
function numberValue(field: FieldSchema, raw: unknown): number {
  const number = typeof raw === 'number' || typeof raw === 'string' ? Number(raw) : Number.NaN;
  if (!Number.isFinite(number)) throw bad(field, raw, 'double');
  const scale = field.type === 'int' ? 0 : field.scale;
  const rounded = field.precision > 0 || field.type === 'int' ? round(number, scale) : number;
  if (field.precision > 0 && Math.abs(rounded) >= 10 ** (field.precision - scale)) {
    throw new SalesforceError(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${number}`,
      [field.name],
    );
  }
  return rounded;
}

/** Half away from zero, by the digits as they are written: 1.005 is 1.01. */
function round(number: number, scale: number): number {
  const shifted = Number(`${Math.abs(number)}e${scale}`);
  if (Number.isNaN(shifted)) return number;
  return Math.sign(number) * Number(`${Math.round(shifted)}e-${scale}`);
}

function referenceValue(schema: Schema, field: FieldSchema, raw: unknown): string {
  const id = String(raw);
  if (!isId(id))
    throw new SalesforceError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`, [
      field.name,
    ]);
  const target = schema.byKeyPrefix(id.slice(0, 3))?.name;
  if (!target || (!field.referenceTo.includes(target) && field.name !== 'OwnerId')) {
    throw new SalesforceError(
      'FIELD_INTEGRITY_EXCEPTION',
      `${field.label}: id value of incorrect type: ${id}`,
      [field.name],
    );
  }
  return longId(id);
}

function textValue(object: ObjectSchema, field: FieldSchema, raw: unknown): string | null {
  if (typeof raw === 'object') throw bad(field, raw, 'string');
  const trimmed = String(raw).trim();
  if (trimmed === '') return null;
  const size = BYTE_FIELDS.has(`${object.name}.${field.name}`) ? Buffer.byteLength(trimmed) : trimmed.length;
  if (field.length > 0 && size > field.length) {
    throw new SalesforceError(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${trimmed.slice(0, 255)} (max length=${field.length})`,
      [field.name],
    );
  }
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(trimmed)) {
    throw new SalesforceError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${trimmed}`, [
      field.name,
    ]);
  }
  if (field.type === 'multipicklist') return chosenValues(field, trimmed);
  if (field.type === 'picklist') checkPicklist(field, [trimmed]);
  return field.type === 'email' ? trimmed.toLowerCase() : trimmed;
}

/** The values of a multi-select picklist, each once, in the order of the field's own. */
function chosenValues(field: FieldSchema, text: string): string | null {
  const chosen = [...new Set(text.split(';').map((one) => one.trim()))].filter((one) => one !== '');
  checkPicklist(field, chosen);
  const place = (value: string) => {
    const index = field.picklist.findIndex((known) => known.value === value);
    return index < 0 ? field.picklist.length : index;
  };
  return chosen.sort((a, b) => place(a) - place(b)).join(';') || null;
}

function checkPicklist(field: FieldSchema, chosen: readonly string[]): void {
  if (!field.restricted) return;
  for (const one of chosen) {
    if (field.picklist.some((known) => known.active && known.value === one)) continue;
    throw new SalesforceError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${one}`,
      [field.name],
    );
  }
}

function bad(field: FieldSchema, raw: unknown, wanted: string): SalesforceError {
  const shown = typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
  return new SalesforceError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${wanted} from value ${shown} for field ${field.name}`,
    [field.name],
  );
}
