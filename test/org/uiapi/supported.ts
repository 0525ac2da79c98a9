import type { Org } from '../org.ts';
import { notFound, SalesforceError } from '../records/errors.ts';
import { longId } from '../records/ids.ts';
import type { StoredRecord } from '../records/recordStore.ts';
import type { ObjectSchema } from '../schema/types.ts';

/** Objects that GraphQL serves though the REST resources of UI API do not. */
const GRAPHQL_ONLY = new Set(['Task', 'Event']);

/** Whether UI API serves the records of an object: business objects, custom ones among them, and users. */
export const isServed = (object: ObjectSchema): boolean =>
  object.kind === 'object' && (object.permissionable || object.name === 'User');

export const isInGraphql = (object: ObjectSchema): boolean =>
  isServed(object) || GRAPHQL_ONLY.has(object.name);

/**
 * The object of a request of UI API.
 * @throws NOT_FOUND where there is none, INVALID_TYPE where UI API does not serve it, INSUFFICIENT_ACCESS where the
 * user may not read it
 */
export function servedObject(org: Org, userId: string, name: string): ObjectSchema {
  const object = org.schema.object(name);
  if (!object) throw notFound();
  if (!isServed(object))
    throw new SalesforceError('INVALID_TYPE', `Object ${object.name} is not supported in UI API`);
  if (!org.accessOf(userId).object(object).read)
    throw new SalesforceError(
      'INSUFFICIENT_ACCESS',
      `You don't have access to this record. Ask your administrator for help or to request access.`,
    );
  return object;
}

/** A record by its id alone, whose first characters name the object. */
export function servedRecord(
  org: Org,
  userId: string,
  id: string,
): { object: ObjectSchema; record: StoredRecord } {
  const name = org.schema.byKeyPrefix(id.slice(0, 3))?.name;
  if (name === undefined) throw notFound();
  const object = servedObject(org, userId, name);
  return { object, record: org.records.live(object.name, longId(id)) };
}
