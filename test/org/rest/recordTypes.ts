import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';
import type { RecordTypeInfo } from '../schema/describe.ts';

/** The record types of an object, as a user may take them. */
export function recordTypesOf(org: Org, userId: string, object: string): RecordTypeInfo[] {
  const access = org.accessOf(userId);
  return [...org.records.rows('RecordType').values()]
    .filter((row) => row['SobjectType'] === object && row['IsDeleted'] !== true)
    .map((row) => {
      const developerName = String(row['DeveloperName']);
      const active = row['IsActive'] === true;
      return {
        id: row.Id,
        name: String(row['Name']),
        developerName,
        active,
        available: active && access.recordType(`${object}.${developerName}`),
      };
    });
}

/** Refuses a record type of another object, one that is inactive and one that the user may not take. */
export function checkRecordType(
  org: Org,
  userId: string,
  object: string,
  input: Readonly<Record<string, unknown>>,
): void {
  const wanted = input['RecordTypeId'] ?? null;
  if (wanted === null || wanted === '') return;
  const found = recordTypesOf(org, userId, object).find(
    ({ id }) => id === wanted || id.slice(0, 15) === wanted,
  );
  if (found?.available !== true)
    throw new SalesforceError(
      'INVALID_CROSS_REFERENCE_KEY',
      `Record Type ID: this ID value isn't valid for the user: ${String(wanted)}`,
      ['RecordTypeId'],
    );
}
