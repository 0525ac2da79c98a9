import * as z from 'zod';
import type { PersonAccounts, SalesforceRecord } from '../ports/org.ts';
import { expected } from './expected.ts';
import type { Session } from './session.ts';
import { inLists } from './soql.ts';

/** The record type that every org with person accounts has from the start. */
const STANDARD = 'PersonAccount';

const Account = z.object({ fields: z.array(z.object({ name: z.string() })) });

/** What the org has of person accounts; null where they are off. Told by its fields, whatever its edition. */
export async function findPersonAccounts(session: Session): Promise<PersonAccounts | null> {
  const { fields } = expected(
    Account,
    await session.request('GET', '/sobjects/Account/describe'),
    'describe',
  );
  if (!fields.some(({ name }) => name === 'IsPersonAccount')) return null;
  const types = await session.query<{ Id: string; DeveloperName: string }>(
    "SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true AND IsActive = true ORDER BY DeveloperName",
  );
  const type = types.find(({ DeveloperName }) => DeveloperName === STANDARD) ?? types[0];
  return { recordTypeId: type?.Id ?? null };
}

/** Contacts of persons whose accounts were merged into those of these contacts, each with that contact. */
export async function mergedIntoPersons(
  session: Session,
  contactIds: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const list of inLists(contactIds)) {
    const rows = await session.query<{ Id: string; Account: { MasterRecord: { PersonContactId: string } } }>(
      `SELECT Id, Account.MasterRecord.PersonContactId FROM Contact WHERE Account.MasterRecord.PersonContactId IN (${list}) AND IsDeleted = true AND IsPersonAccount = true`,
      undefined,
      true,
    );
    for (const { Id, Account } of rows) found.set(Id, Account.MasterRecord.PersonContactId);
  }
  return found;
}

/** Of deleted contacts, those of persons whose accounts were merged, with the contact of the surviving account. */
export async function personSurvivors(
  session: Session,
  contactIds: readonly string[],
): Promise<Map<string, string>> {
  const masters = new Map<string, string>();
  for (const list of inLists(contactIds)) {
    const rows = await session.query<{ Id: string; Account: { MasterRecordId: string } }>(
      `SELECT Id, Account.MasterRecordId FROM Contact WHERE Id IN (${list}) AND IsDeleted = true AND IsPersonAccount = true AND Account.MasterRecordId != null`,
      undefined,
      true,
    );
    for (const { Id, Account } of rows) masters.set(Id, Account.MasterRecordId);
  }
  const contacts = new Map<string, string>();
  for (const list of inLists([...new Set(masters.values())])) {
    // A master may be gone itself by now, merged into yet another.
    const rows = await session.query<SalesforceRecord & { PersonContactId: string }>(
      `SELECT Id, PersonContactId FROM Account WHERE Id IN (${list}) AND PersonContactId != null`,
      undefined,
      true,
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
