import type { Calculation, FieldSchema } from '../schema/types.ts';
import { SalesforceError } from './errors.ts';
import type { Fields } from './validate.ts';

type Location = Extract<Calculation, { kind: 'location' }>;

/** A place has both of its numbers, or neither, and they are on the globe. */
export function checkLocation(field: FieldSchema, { latitude, longitude }: Location, record: Fields): void {
  const [north, east] = [record[latitude] ?? null, record[longitude] ?? null];
  if ((north === null) !== (east === null))
    throw new SalesforceError(
      'FIELD_INTEGRITY_EXCEPTION',
      `${field.label}: both latitude and longitude must be given`,
      [latitude, longitude],
    );
  if (Math.abs(Number(north)) > 90) throw outside(field, latitude);
  if (Math.abs(Number(east)) > 180) throw outside(field, longitude);
}

const outside = (field: FieldSchema, name: string) =>
  new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', `${field.label}: value outside of valid range`, [name]);
