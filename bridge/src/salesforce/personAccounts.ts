import type { PersonAccounts, SalesforceRecord } from '../ports/org.ts';
import type { Session } from './session.ts';
import { inLists } from './soql.ts';

/** The record type that every org with person accounts has from the start. */
const STANDARD = 'PersonAccount';

/** What the org has of person accounts; null where they are off. Told by its fields, whatever its edition. */
export async function findPersonAccounts(session: Session): Promise<PersonAccounts | null> {
  const { fields } = await session.request<{ fields: readonly { name: string }[] }>(
    'GET',
    '/sobjects/Account/describe',
  );
  if (!fields.some(({ name }) => name === 'IsPersonAccount')) return null;
  const types = await session.query<{ Id: string; DeveloperName: string }>(
    "SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true AND IsActive = true ORDER BY DeveloperName",
  );
  const type = types.find(({ DeveloperName }) => DeveloperName === STANDARD) ?? types[0];
  return { recordTypeId: type?.Id ?? null };
}

/** Of deleted contacts, those of persons whose accounts were merged, with the contact of the surviving account. */
export async function personSurvivors(
  session: Session,
  contactIds: readonly string[],
): Promise<Map<string, string>> {
  const masters = new Map<string, string>();
  for (const list of inLists(contactIds)) {
    const rows = await queryAll<{ Id: string; Account: { MasterRecordId: string } }>(
      session,
      `SELECT Id, Account.MasterRecordId FROM Contact WHERE Id IN (${list}) AND IsDeleted = true AND IsPersonAccount = true AND Account.MasterRecordId != null`,
    );
    for (const { Id, Account } of rows) masters.set(Id, Account.MasterRecordId);
  }
  const contacts = new Map<string, string>();
  for (const list of inLists([...new Set(masters.values())])) {
    // A master may be gone itself by now, merged into yet another.
    const rows = await queryAll<SalesforceRecord & { PersonContactId: string }>(
      session,
      `SELECT Id, PersonContactId FROM Account WHERE Id IN (${list}) AND PersonContactId != null`,
    );
    for (const { Id, PersonContactId } of rows) contacts.set(Id, PersonContactId);
  }
  const found = new Map<string, string>();
  for (const [from, master] of masters) {
    const contact = contacts.get(master);
    if (contact !== undefined) found.set(from, contact);
  }
  return found;
}

async function queryAll<T>(session: Session, soql: string): Promise<readonly T[]> {
  const { records } = await session.request<{ records: readonly T[] }>(
    'GET',
    `/queryAll?q=${encodeURIComponent(soql)}`,
  );
  return records;
}
