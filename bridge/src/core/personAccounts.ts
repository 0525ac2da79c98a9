import type { SalesforceFields, SalesforceRecord } from '../ports/org.ts';
import { readPath } from './config/fieldPath.ts';
import { salesforceFingerprint, type FieldMap } from './fieldMap.ts';

/** Fields of Contact that the account of a person has under another name, and their length where it is shorter. */
const ON_ACCOUNT: Readonly<Record<string, { readonly name: string; readonly length?: number }>> = {
  Title: { name: 'PersonTitle', length: 80 },
  Email: { name: 'PersonEmail' },
  MobilePhone: { name: 'PersonMobilePhone' },
  HomePhone: { name: 'PersonHomePhone' },
  OtherPhone: { name: 'PersonOtherPhone' },
};

/** The name that a field of Contact has on the account of a person; custom fields end in `__pc` there. */
function accountField(name: string): string {
  return ON_ACCOUNT[name]?.name ?? name.replace(/__r\./, '__pr.').replace(/^(\w+)__c$/, '$1__pc');
}

/** Whether an Account is a person, or a Contact a person's. Both say so where the org has person accounts. */
export function isPerson(record: SalesforceRecord): boolean {
  return record['IsPersonAccount'] === true;
}

/** The fields that are read of a contact to tell a person's. */
export const CONTACT_OF_PERSON = ['AccountId', 'IsPersonAccount'] as const;

/** The fields that are read of an account to see the contact of a person in it. */
export function personColumns(maps: readonly FieldMap[]): string[] {
  const shown = maps.filter((map) => map.relation === undefined && map.watched !== 'desk');
  return ['IsPersonAccount', 'PersonContactId', ...shown.map((map) => accountField(map.salesforce))];
}

/**
 * The contact of a person as its account shows it: its id, and the fingerprint that the contact itself would have.
 * Null for any other account.
 */
export function contactInAccount(
  maps: readonly FieldMap[],
  account: SalesforceRecord,
): { readonly id: string; readonly seen: string } | null {
  const id = account['PersonContactId'];
  if (!isPerson(account) || typeof id !== 'string') return null;
  const fields = maps.map(
    (map) => [map.salesforce, readPath(account, accountField(map.salesforce))] as const,
  );
  const contact: SalesforceRecord = {
    ...Object.fromEntries(fields),
    Id: id,
    SystemModstamp: account.SystemModstamp,
    IsPersonAccount: true,
  };
  return { id, seen: salesforceFingerprint(maps, contact) };
}

/** Values for a person, cut to what its account holds; still by the names of Contact. */
export function fittingPerson(fields: SalesforceFields): SalesforceFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const length = ON_ACCOUNT[name]?.length;
      const cut =
        length !== undefined && typeof value === 'string' ? value.slice(0, length).trimEnd() : value;
      return [name, cut];
    }),
  );
}

/** Fields of a person's contact by the names of the account, which alone can be written. */
export function onAccount(fields: SalesforceFields): SalesforceFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [accountField(name), value]));
}
