import { findField, type Schema } from '../schema/schema.ts';
import type { Calculation, FieldSchema, ObjectSchema } from '../schema/types.ts';
import type { RecordStore, StoredRecord } from './recordStore.ts';
import type { Value } from './validate.ts';

type Place = { readonly schema: Schema; readonly records: RecordStore };
type Summary = Extract<Calculation, { kind: 'summary' }>;

/** The value of a record's field: what is stored, or what a formula or a summary gives now. */
export function valueOf(place: Place, object: ObjectSchema, field: FieldSchema, record: StoredRecord): Value {
  const { calculation } = field;
  if (calculation?.kind === 'summary') return summed(place, calculation, field, record.Id);
  if (calculation?.kind !== 'formula') return record[field.name] ?? null;
  const values = calculation.terms.map((term) =>
    term.kind === 'value' ? term.value : at(place, object, record, term.path),
  );
  const [only = null] = values;
  if (field.type !== 'string') return values.length === 1 ? only : null;
  return values.map((value) => value ?? '').join('') || null;
}

function at(place: Place, object: ObjectSchema, record: StoredRecord, path: readonly string[]): Value {
  const [head = '', ...rest] = path;
  const field = findField(object, head);
  if (rest.length === 0) return field ? valueOf(place, object, field, record) : null;
  const link = [...object.fields.values()].find(
    (one) => one.relationshipName?.toLowerCase() === head.toLowerCase(),
  );
  const target = link && place.schema.object(link.referenceTo[0] ?? '');
  const id = link && record[link.name];
  const parent = target && typeof id === 'string' ? place.records.get(target.name, id) : undefined;
  return target && parent ? at(place, target, parent, rest) : null;
}

function summed(place: Place, summary: Summary, field: FieldSchema, id: string): Value {
  const child = place.schema.object(summary.child);
  const of = child && summary.field !== null ? findField(child, summary.field) : undefined;
  const details = [...place.records.rows(summary.child).values()].filter(
    (row) => row[summary.parentField] === id && row['IsDeleted'] !== true,
  );
  if (summary.operation === 'count') return details.length;
  const values = details.flatMap((row) => (child && of ? (valueOf(place, child, of, row) ?? []) : []));
  if (summary.operation === 'sum')
    return Number(values.reduce<number>((sum, one) => sum + Number(one), 0).toFixed(field.scale));
  const sorted = values.sort((a, b) => (a < b ? -1 : 1));
  return (summary.operation === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
}

/** A value as an answer shows it: a place as its two numbers, an encrypted text behind its mask. */
export function shownValue(
  place: Place & { readonly unmasked: boolean },
  object: ObjectSchema,
  field: FieldSchema,
  record: StoredRecord,
): unknown {
  if (field.calculation?.kind === 'location') {
    const { latitude, longitude } = field.calculation;
    const [north, east] = [record[latitude] ?? null, record[longitude] ?? null];
    return north === null ? null : { latitude: north, longitude: east };
  }
  const value = valueOf(place, object, field, record);
  if (field.mask === null || place.unmasked || typeof value !== 'string') return value;
  const open = field.mask.type === 'all' ? 0 : 4;
  const character = field.mask.character === 'X' ? 'X' : '*';
  return character.repeat(Math.max(0, value.length - open)) + (open === 0 ? '' : value.slice(-open));
}
