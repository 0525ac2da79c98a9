import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';
import { findField } from '../schema/schema.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';

type Input = Readonly<Record<string, unknown>>;
const invalid = (message: string, code = 'INVALID_FIELD') => new SalesforceError(code, message);

/** A write in which each lookup that names its record by an external id has the record's Id instead. */
export function withLookups(org: Org, userId: string, object: ObjectSchema, input: Input): Input {
  const output: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const link = [...object.fields.values()].find(
      (one) => one.relationshipName !== null && one.relationshipName.toLowerCase() === name.toLowerCase(),
    );
    if (name === 'attributes' || !link || findField(object, name)) output[name] = value;
    else {
      if (findName(input, link.name) || link.name in output)
        throw invalid(`Duplicate field: ${link.name} is given by its id and by an external id`);
      output[link.name] = idOf(org, userId, link, name, value);
    }
  }
  return output;
}

const findName = (input: Input, name: string) =>
  Object.keys(input).some((one) => one.toLowerCase() === name.toLowerCase());

function idOf(org: Org, userId: string, link: FieldSchema, name: string, given: unknown): string {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalid(`The value provided for foreign key reference ${name} is not a nested SObject`);
  const target = org.schema.object(link.referenceTo[0] ?? '');
  const access = org.accessOf(userId);
  const keys = Object.entries(given).filter(([key]) => key !== 'attributes');
  const [[key, value] = ['', null]] = keys;
  const field = target && findField(target, key);
  if (!target || !field || !access.object(target).read || !access.field(target, field).read)
    throw invalid(`No such column '${key}' on sobject of type ${target?.name ?? name}`);
  if (keys.length !== 1) throw invalid(`More than one field is given for the foreign key reference ${name}`);
  if (!field.externalId)
    throw invalid(
      `Field name provided, ${key} does not match an External ID, Salesforce Id, or indexed field for ${target.name}`,
    );
  const found = org.records
    .rows(target.name)
    .having(field, [String(value)])
    .filter((row) => row['IsDeleted'] !== true);
  if (found.length > 1)
    throw invalid(
      `${field.name}: more than one record found for external id field: [${found.map(({ Id }) => Id).join(', ')}]`,
      'DUPLICATE_EXTERNAL_ID',
    );
  const [one] = found;
  if (!one || value === null)
    throw invalid(
      `Foreign key external ID: ${String(value)} not found for field ${field.name} in entity ${target.name}`,
    );
  return one.Id;
}
