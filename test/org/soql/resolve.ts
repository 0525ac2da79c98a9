import { valueOf } from '../records/calculated.ts';
import { SalesforceError } from '../records/errors.ts';
import type { RecordStore, StoredRecord } from '../records/recordStore.ts';
import type { Value } from '../records/validate.ts';
import { text } from '../schema/fields.ts';
import { findField, type Schema } from '../schema/schema.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import type { Path } from './ast.ts';

export type Row = {
  readonly attributes: { readonly type: string; readonly url?: string };
  readonly [field: string]: unknown;
};

/** What a query may see and where it looks. */
export type QueryContext = {
  readonly schema: Schema;
  readonly records: RecordStore;
  readonly now: number;
  readonly version: string;
  /** Throws INVALID_TYPE or INVALID_FIELD when the user may not see it. */
  readonly see: (object: ObjectSchema, field?: FieldSchema) => boolean;
  readonly includeDeleted: boolean;
  /** Encrypted texts are shown as they are. */
  readonly unmasked: boolean;
};

export type Resolved = { readonly field: FieldSchema; readonly read: (record: StoredRecord | null) => Value };

export function objectOf(context: QueryContext, name: string): ObjectSchema {
  const object = context.schema.object(name);
  if (!object || object.kind === 'event' || !context.see(object)) {
    throw new SalesforceError(
      'INVALID_TYPE',
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name.`,
    );
  }
  return object;
}

/** Finds the field that a path ends in, and how to read it from a record; a missing parent reads as null. */
export function resolve(context: QueryContext, object: ObjectSchema, path: Path): Resolved {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    const field = findField(object, head);
    if (!field || !context.see(object, field)) {
      throw new SalesforceError(
        'INVALID_FIELD',
        `No such column '${head}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
      );
    }
    return { field, read: (record) => (record ? valueOf(context, object, field, record) : null) };
  }
  if (head.toLowerCase() === object.name.toLowerCase()) return resolve(context, object, rest);
  const link = [...object.fields.values()].find(
    (field) => field.relationshipName?.toLowerCase() === head.toLowerCase(),
  );
  if (!link || !context.see(object, link)) {
    throw new SalesforceError(
      'INVALID_FIELD',
      `Didn't understand relationship '${head}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
    );
  }
  // Of a lookup to several objects, only what all records have in common can be asked for, and which one it is.
  if (link.referenceTo.length > 1 && rest.length === 1 && rest[0]?.toLowerCase() === 'type')
    return {
      field: typeField(link.name),
      read: (record) => objectNameOf(context, link, record?.[link.name]),
    };
  const target = objectOf(context, link.referenceTo[0] ?? '');
  const inner = resolve(context, target, rest);
  return {
    field: inner.field,
    read: (record) => {
      const id = record?.[link.name];
      return inner.read(typeof id === 'string' ? (context.records.get(target.name, id) ?? null) : null);
    },
  };
}

/** `What.Type`: the name of the object that a lookup to several of them points to. */
const typeField = (name: string) => text(`${name}.Type`, 40);

function objectNameOf(context: QueryContext, link: FieldSchema, id: unknown): string | null {
  if (typeof id !== 'string') return null;
  return link.referenceTo.find((name) => context.records.get(name, id)) ?? null;
}
