import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';
import type { StoredRecord } from '../records/recordStore.ts';
import { findField, nameFieldOf } from '../schema/schema.ts';
import type { ObjectSchema } from '../schema/types.ts';
import { fieldValue } from './fieldValue.ts';

type View = { readonly displayValue: string | null; readonly value: unknown };

/** Names of fields such as `Case.Subject` or `Case.Contact.Name`, each with whether it may be left out. */
export type Wanted = { readonly name: string; readonly optional: boolean };

/**
 * A record as UI API shows it, with the fields that were asked for.
 * @throws INVALID_FIELD for one that is not there or that the user may not read, unless it is optional
 */
export function recordView(
  org: Org,
  userId: string,
  object: ObjectSchema,
  record: StoredRecord,
  wanted: readonly Wanted[],
) {
  const fields: Record<string, View> = {};
  for (const { name, optional } of wanted) {
    const [first = '', ...path] = name.split('.');
    try {
      if (first !== object.name || path.length === 0) throw invalid(name);
      addPath(org, userId, object, record, path, name, fields);
    } catch (error) {
      if (!optional || !(error instanceof SalesforceError)) throw error;
    }
  }
  return head(object, record, fields);
}

function head(object: ObjectSchema, record: StoredRecord, fields: Record<string, View>) {
  const modified = String(record['SystemModstamp']).replace(/\+0000$/, 'Z');
  return {
    apiName: object.name,
    childRelationships: {},
    fields,
    id: record.Id,
    lastModifiedById: record['LastModifiedById'] ?? null,
    lastModifiedDate: String(record['LastModifiedDate']).replace(/\+0000$/, 'Z'),
    recordTypeId: record['RecordTypeId'] ?? null,
    recordTypeInfo: null,
    systemModstamp: modified,
    weakEtag: Date.parse(modified),
  };
}

function addPath(
  org: Org,
  userId: string,
  object: ObjectSchema,
  record: StoredRecord,
  path: readonly string[],
  name: string,
  into: Record<string, View>,
): void {
  const access = org.accessOf(userId);
  const [step = '', ...rest] = path;
  if (rest.length === 0) {
    const field = findField(object, step);
    if (!field || !access.field(object, field).read) throw invalid(name);
    into[field.name] = fieldValue(org, userId, object, field, record);
    return;
  }
  const link = [...object.fields.values()].find((field) => field.relationshipName === step);
  const id = link && record[link.name];
  const targets = link?.referenceTo.flatMap((target) => org.schema.object(target) ?? []) ?? [];
  const target = targets.find((one) => typeof id === 'string' && org.records.get(one.name, id)) ?? targets[0];
  if (!link || !target || !access.field(object, link).read || !access.object(target).read)
    throw invalid(name);
  const parent = typeof id === 'string' ? org.records.get(target.name, id) : undefined;
  if (!parent) {
    into[step] = { displayValue: null, value: null };
    return;
  }
  const known = into[step]?.value as { fields: Record<string, View> } | undefined;
  const nested = known ?? head(target, parent, {});
  addPath(org, userId, target, parent, rest, name, nested.fields);
  const shown = parent[nameFieldOf(target)];
  into[step] = { displayValue: typeof shown === 'string' ? shown : null, value: nested };
}

const invalid = (name: string) =>
  new SalesforceError('INVALID_FIELD', `No such field, or no access to it: ${name}`);
