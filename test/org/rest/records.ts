import { SalesforceError } from '../records/errors.ts';
import type { Org } from '../org.ts';
import { shownValue } from '../records/calculated.ts';
import { findField } from '../schema/schema.ts';
import type { ObjectSchema } from '../schema/types.ts';
import { withLookups } from './lookups.ts';
import { checkRecordType } from './recordTypes.ts';

type Operation = 'create' | 'read' | 'edit' | 'delete';

/** The object of a request, if the user may do that with it. */
export function permitted(org: Org, userId: string, name: string, operation: Operation): ObjectSchema {
  const object = org.schema.object(name);
  const access = object && org.accessOf(userId).object(object);
  if (!object || !access?.read)
    throw new SalesforceError('NOT_FOUND', 'The requested resource does not exist');
  if (object.kind === 'customMetadata' && operation !== 'read')
    throw new SalesforceError(
      'INVALID_TYPE_FOR_OPERATION',
      `entity type ${object.name} does not support ${operation}`,
    );
  if (access[operation]) return object;
  throw new SalesforceError('INSUFFICIENT_ACCESS_OR_READONLY', `insufficient access rights on object id`);
}

/** Refuses fields that the user may not write, as if they did not exist. */
function checkWritable(
  org: Org,
  userId: string,
  object: ObjectSchema,
  input: Readonly<Record<string, unknown>>,
  operation: 'create' | 'edit',
): void {
  const access = org.accessOf(userId);
  const refused: string[] = [];
  for (const name of Object.keys(input)) {
    if (name === 'attributes') continue;
    const field = findField(object, name);
    if (!field || !access.field(object, field).read) {
      throw new SalesforceError(
        'INVALID_FIELD',
        `No such column '${name}' on sobject of type ${object.name}`,
      );
    }
    const changeable = operation === 'create' ? field.createable : field.updateable;
    if (!changeable || !access.field(object, field).edit) refused.push(field.name);
  }
  if (refused.length === 0) return;
  throw new SalesforceError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${refused.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    refused,
  );
}

export type WriteOptions = { readonly userId: string; readonly client: string | null };

export function createRecord(
  org: Org,
  options: WriteOptions,
  name: string,
  given: Readonly<Record<string, unknown>>,
): string {
  const object = permitted(org, options.userId, name, 'create');
  const input = withLookups(org, options.userId, object, given);
  checkWritable(org, options.userId, object, input, 'create');
  checkRecordType(org, options.userId, object.name, input);
  if (object.kind === 'event') return org.publish(object.name, input, options.userId);
  org.apiChecks.forEach((check) => check({ object, id: null, input }));
  return org.records.transact(options.userId, options.client, () => {
    if (object.name === 'CaseComment' || object.name === 'EmailMessage')
      org.records.live('Case', String(input['ParentId'] ?? ''));
    return org.records.insert(object, input);
  });
}

export function updateRecord(
  org: Org,
  options: WriteOptions,
  name: string,
  id: string,
  given: Readonly<Record<string, unknown>>,
): void {
  const object = permitted(org, options.userId, name, 'edit');
  const input = withLookups(org, options.userId, object, given);
  checkWritable(org, options.userId, object, input, 'edit');
  checkRecordType(org, options.userId, object.name, input);
  org.apiChecks.forEach((check) => check({ object, id, input }));
  org.records.transact(options.userId, options.client, () => org.records.update(object, id, input));
}

export function deleteRecord(org: Org, options: WriteOptions, name: string, id: string): void {
  const object = permitted(org, options.userId, name, 'delete');
  org.apiChecks.forEach((check) => check({ object, id, input: null }));
  org.records.transact(options.userId, options.client, () => org.records.delete(object, id));
}

/** A record by an external id or by Id; more than one match is an error, as with the platform. */
export function findByExternalId(
  org: Org,
  object: ObjectSchema,
  fieldName: string,
  value: string,
): string | null {
  const field = findField(object, fieldName);
  if (!field?.externalId)
    throw new SalesforceError(
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${fieldName}`,
    );
  const found = org.records
    .rows(object.name)
    .having(field, [value])
    .filter((row) => row['IsDeleted'] !== true);
  if (found.length > 1)
    throw new SalesforceError('MULTIPLE_CHOICES', `More than one record found for ${field.name}`, [], 300);
  return found[0]?.Id ?? null;
}

export function upsertRecord(
  org: Org,
  options: WriteOptions,
  name: string,
  fieldName: string,
  value: string,
  input: Readonly<Record<string, unknown>>,
): { id: string; created: boolean } {
  const object = permitted(org, options.userId, name, 'edit');
  const id = findByExternalId(org, object, fieldName, value);
  if (id === null)
    return { id: createRecord(org, options, name, { ...input, [fieldName]: value }), created: true };
  updateRecord(org, options, name, id, input);
  return { id, created: false };
}

/** A record's fields as the user sees them. */
export function readRecord(
  org: Org,
  userId: string,
  version: string,
  name: string,
  id: string,
  fields: readonly string[] | null,
): Record<string, unknown> {
  const object = permitted(org, userId, name, 'read');
  const record = org.records.live(object.name, id);
  const access = org.accessOf(userId);
  const unmasked = access.permission('ViewEncryptedData');
  const place = { schema: org.schema, records: org.records, unmasked };
  const row: Record<string, unknown> = {
    attributes: { type: object.name, url: `/services/data/v${version}/sobjects/${object.name}/${record.Id}` },
  };
  for (const wanted of fields ?? object.fields.keys()) {
    const field = findField(object, wanted);
    if (!field || !access.field(object, field).read) {
      if (fields === null) continue;
      throw new SalesforceError('INVALID_FIELD', `No such column '${wanted}' on entity '${object.name}'`);
    }
    row[field.name] = shownValue(place, object, field, record);
  }
  return row;
}
