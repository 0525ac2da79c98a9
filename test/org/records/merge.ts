import type { Org } from '../org.ts';
import { SalesforceError } from './errors.ts';
import type { StoredRecord } from './recordStore.ts';

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
  const master = org.records.live(name, masterId);
  org.records.transact(userId, null, () => {
    for (const loser of loserIds) {
      repointPerson(org, name, org.records.live(name, loser), master);
      repoint(org, name, loser, masterId);
      org.records.delete(object, loser, masterId);
    }
    org.records.update(object, masterId, {});
  });
}

/** Persons are merged with persons, by their accounts; what points to the contact of one goes to that of the other. */
function repointPerson(org: Org, name: string, loser: StoredRecord, master: StoredRecord): void {
  const [from, to] = [loser, master].map((row) => row['IsPersonAccount'] === true);
  if (from !== to || (from && name === 'Contact'))
    throw new SalesforceError('INVALID_OPERATION', 'A person account is merged with another person account');
  if (from) repoint(org, 'Contact', String(loser['PersonContactId']), String(master['PersonContactId']));
}

function repoint(org: Org, name: string, from: string, to: string): void {
  for (const child of org.schema.objects()) {
    const fields = [...child.fields.values()].filter(
      (field) =>
        field.referenceTo.includes(name) && !['MasterRecordId', 'PersonContactId'].includes(field.name),
    );
    for (const row of [...org.records.rows(child.name).values()]) {
      // A person's contact stays with its account.
      if (row['IsPersonAccount'] === true && child.name === 'Contact') continue;
      const own = fields.filter((field) => row[field.name] === from && row['IsDeleted'] !== true);
      if (own.length > 0)
        org.records.update(child, row.Id, Object.fromEntries(own.map((field) => [field.name, to])));
    }
  }
}
