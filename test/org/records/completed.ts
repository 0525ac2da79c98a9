import type { ObjectSchema } from '../schema/types.ts';
import type { StoredRecord } from './recordStore.ts';
import { salesforceTime } from './times.ts';
import type { Fields } from './validate.ts';

/** A record with the fields that the platform keeps itself; `now` is in milliseconds since 1970. */
export function completed(object: ObjectSchema, record: Fields & { Id: string }, now: number): StoredRecord {
  if (object.name === 'Contact' || object.name === 'User') {
    const name = [record['FirstName'], record['LastName']].filter((part) => part !== null).join(' ');
    return { ...record, Name: name };
  }
  if (object.name === 'Case') {
    const closed = isClosed(object, 'Status', record);
    const closedDate = closed ? (record['ClosedDate'] ?? salesforceTime(now)) : null;
    return { ...record, IsClosed: closed, ClosedDate: closedDate };
  }
  if (object.name === 'Opportunity') return { ...record, IsClosed: isClosed(object, 'StageName', record) };
  if (object.name === 'Task') return { ...record, IsClosed: record['Status'] === 'Completed' };
  return record;
}

function isClosed(object: ObjectSchema, field: string, record: Fields): boolean {
  return object.fields.get(field)?.picklist.find(({ value }) => value === record[field])?.closed === true;
}

/** Fields that every write touches. */
export const SYSTEM = new Set([
  'Id',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  'CreatedDate',
  'CreatedById',
]);
