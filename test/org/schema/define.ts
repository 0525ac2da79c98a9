import { reference, systemFields } from './fields.ts';
import type { FieldSchema, ObjectSchema } from './types.ts';

export const noFls = { fls: false } as const;
/** Whom a record belongs to. */
export const owner = () => reference('OwnerId', 'User', null, noFls);

/** A standard object with the platform's own fields and these. */
export function define(
  name: string,
  keyPrefix: string,
  fields: readonly FieldSchema[],
  permissionable = true,
): ObjectSchema {
  const label = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const all = [...systemFields(), ...fields];
  return {
    name,
    label,
    labelPlural: label.endsWith('s') ? label : `${label}s`,
    keyPrefix,
    kind: 'object',
    custom: false,
    permissionable,
    fields: new Map(all.map((one) => [one.name, one])),
  };
}
