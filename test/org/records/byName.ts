import type { Org } from '../org.ts';
import type { ObjectSchema } from '../schema/types.ts';

type Input = Readonly<Record<string, unknown>>;

/** The schema of an object that every org has. */
export function schemaOf(org: Org, name: string): ObjectSchema {
  const object = org.schema.object(name);
  if (!object) throw new Error(`No object ${name}`);
  return object;
}

/** Writes of the platform itself, by the name of the object; each needs a transaction that is open. */
export const insertRow = (org: Org, name: string, fields: Input, options: { id?: string } = {}): string =>
  org.records.insert(schemaOf(org, name), fields, options);
export const updateRow = (org: Org, name: string, id: string, fields: Input): void =>
  org.records.update(schemaOf(org, name), id, fields);
export const deleteRow = (org: Org, name: string, id: string): void =>
  org.records.delete(schemaOf(org, name), id);
