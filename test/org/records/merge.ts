import type { Org } from '../org.ts';
import { SalesforceError } from './errors.ts';

const MERGEABLE = new Set(['Account', 'Contact', 'Case', 'Lead']);

/**
 * Merges records as the platform does: what points to a loser points to the master then, and the loser goes to
 * the recycle bin with the master's id on it. Nothing else tells of a merge.
 */
export function mergeRecords(
  org: Org,
  userId: string,
  name: string,
  masterId: string,
  loserIds: readonly string[],
): void {
  const object = org.schema.object(name);
  if (!object || !MERGEABLE.has(name)) throw new SalesforceError('INVALID_TYPE', `${name} cannot be merged`);
  org.records.transact(userId, null, () => {
    for (const loser of loserIds) {
      repoint(org, name, loser, masterId);
      org.records.delete(object, loser, masterId);
    }
    org.records.update(object, masterId, {});
  });
}

function repoint(org: Org, name: string, from: string, to: string): void {
  for (const child of org.schema.objects()) {
    const fields = [...child.fields.values()].filter(
      (field) => field.referenceTo.includes(name) && field.name !== 'MasterRecordId',
    );
    for (const row of [...org.records.rows(child.name).values()]) {
      const own = fields.filter((field) => row[field.name] === from && row['IsDeleted'] !== true);
      if (own.length > 0)
        org.records.update(child, row.Id, Object.fromEntries(own.map((field) => [field.name, to])));
    }
  }
}
