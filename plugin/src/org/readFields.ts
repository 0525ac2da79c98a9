import type { Connection } from '@salesforce/core';
import type { FieldInfo } from './orgView.ts';

/** The fields of each object, as whoever set up sees them. */
export async function readFields(
  connection: Connection,
  objects: readonly string[],
): Promise<Map<string, FieldInfo[]>> {
  const described = await Promise.all(objects.map((name) => connection.describe(name)));
  return new Map(
    described.map(({ name, fields }) => [
      name,
      fields.map((field) => ({
        name: field.name,
        label: field.label,
        custom: field.custom,
        mustBeGiven:
          field.createable && !field.nillable && !field.defaultedOnCreate && field.type !== 'boolean',
        restrictedTo: field.restrictedPicklist
          ? (field.picklistValues ?? []).filter((value) => value.active).map((value) => value.value)
          : null,
      })),
    ]),
  );
}
