import type { Org } from '../org.ts';
import { shownValue } from '../records/calculated.ts';
import type { StoredRecord } from '../records/recordStore.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';

/** `displayValue` is for people, in the user's language; null where the value itself is for them. */
export type FieldValue = { readonly value: unknown; readonly displayValue: string | null };

const DAY = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** A field of a record as UI API and GraphQL show it. */
export function fieldValue(
  org: Org,
  userId: string,
  object: ObjectSchema,
  field: FieldSchema,
  record: StoredRecord,
): FieldValue {
  const unmasked = org.accessOf(userId).permission('ViewEncryptedData');
  const place = { schema: org.schema, records: org.records, unmasked };
  const value = shownValue(place, object, field, record);
  if (value === null) return { value, displayValue: null };
  // Where the other resources write +0000, these write Z.
  if (field.type === 'datetime') {
    const written = String(value).replace(/\+0000$/, 'Z');
    return { value: written, displayValue: MOMENT.format(Date.parse(written)) };
  }
  return { value, displayValue: displayed(field, value) };
}

function displayed(field: FieldSchema, value: unknown): string | null {
  switch (field.type) {
    case 'picklist':
    case 'multipicklist':
      return String(value)
        .split(';')
        .map((one) => field.picklist.find((known) => known.value === one)?.label ?? one)
        .join(';');
    case 'date':
      return DAY.format(Date.parse(String(value)));
    case 'int':
    case 'double':
      return number(field, value, {});
    case 'currency':
      return number(field, value, { style: 'currency', currency: 'USD' });
    case 'percent':
      return `${number(field, value, {})}%`;
    default:
      return null;
  }
}

function number(field: FieldSchema, value: unknown, style: Intl.NumberFormatOptions): string {
  const digits = { minimumFractionDigits: field.scale, maximumFractionDigits: field.scale };
  return new Intl.NumberFormat('en-US', { ...style, ...digits }).format(Number(value));
}
