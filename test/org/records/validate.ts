import { findField, type Schema } from '../schema/schema.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import { SalesforceError } from './errors.ts';
import { isId, longId } from './ids.ts';

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
    case 'percent': {
      const number = typeof raw === 'number' ? raw : Number(raw);
      if (!Number.isFinite(number)) throw bad(field, raw, 'double');
      const whole = field.precision - field.scale;
      if (whole > 0 && Math.abs(number) >= 10 ** whole) {
        throw new SalesforceError(
          'NUMBER_OUTSIDE_VALID_RANGE',
          `${field.label}: value outside of valid range on numeric field: ${number}`,
          [field.name],
        );
      }
      return field.scale > 0 || field.type !== 'int' ? number : Math.round(number);
    }
    case 'date':
    case 'datetime':
      return dateValue(field, raw);
    case 'reference':
      return referenceValue(schema, field, raw);
    default:
      return textValue(object, field, raw);
  }
}

function dateValue(field: FieldSchema, raw: unknown): string {
  const time = typeof raw === 'string' ? Date.parse(raw.replace(/\+0000$/, 'Z')) : Number.NaN;
  if (Number.isNaN(time)) throw bad(field, raw, field.type);
  if (field.type === 'date') return String(raw).slice(0, 10);
  return salesforceTime(time);
}

/** Salesforce's way of writing a time: seconds, with empty milliseconds and its offset. */
export function salesforceTime(ms: number): string {
  return `${new Date(Math.floor(ms / 1_000) * 1_000).toISOString().slice(0, 19)}.000+0000`;
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
  if (field.type === 'picklist' || field.type === 'multipicklist') checkPicklist(field, trimmed);
  return field.type === 'email' ? trimmed.toLowerCase() : trimmed;
}

function checkPicklist(field: FieldSchema, value: string): void {
  if (!field.restricted) return;
  const chosen = field.type === 'multipicklist' ? value.split(';') : [value];
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
