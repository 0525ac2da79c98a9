import { grantToProfiles } from '../access/profiles.ts';
import type { ApiWrite, Org } from '../org.ts';
import { checkbox, field, readOnly, reference, text } from '../schema/fields.ts';
import { deleteRow, insertRow, schemaOf, updateRow } from './byName.ts';
import { SalesforceError } from './errors.ts';
import type { Change, StoredRecord } from './recordStore.ts';
import type { Fields } from './validate.ts';

/** Fields of a person's contact, by the field of the account that shows and takes them. */
const CONTACT_FIELD: Readonly<Record<string, string>> = {
  FirstName: 'FirstName',
  LastName: 'LastName',
  Phone: 'Phone',
  Fax: 'Fax',
  Description: 'Description',
  OwnerId: 'OwnerId',
  PersonTitle: 'Title',
  PersonEmail: 'Email',
  PersonMobilePhone: 'MobilePhone',
  PersonHomePhone: 'HomePhone',
  PersonOtherPhone: 'OtherPhone',
};
/** What only persons have: refused on any other account. */
const isOfPersons = (name: string) => name === 'FirstName' || name === 'LastName' || /^Person\w/.test(name);

/** Turns person accounts on, as nothing turns them off again: the fields, a record type, what the platform does with them. */
export function turnOnPersonAccounts(org: Org): void {
  const phone = (name: string) => field(name, 'phone', { length: 40 });
  for (const one of [
    reference('RecordTypeId', 'RecordType', null, { fls: false }),
    readOnly(checkbox('IsPersonAccount')),
    readOnly(reference('PersonContactId', 'Contact')),
    text('LastName', 80, { fls: false }),
    text('FirstName', 40, { fls: false }),
    text('PersonTitle', 80),
    field('PersonEmail', 'email', { length: 80 }),
    ...['PersonMobilePhone', 'PersonHomePhone', 'PersonOtherPhone'].map(phone),
  ])
    org.schema.putField('Account', one);
  org.schema.putField('Contact', readOnly(checkbox('IsPersonAccount')));
  org.schema.putField('RecordType', readOnly(checkbox('IsPersonType')));
  grantToProfiles(org, schemaOf(org, 'Account'));
  insertRow(org, 'RecordType', {
    Name: 'Person Account',
    DeveloperName: 'PersonAccount',
    SobjectType: 'Account',
    IsActive: true,
    IsPersonType: true,
  });
  org.records.hooks.complete = (object, record) =>
    object.name === 'Account' ? completed(org, record) : record;
  org.afterSave.push((change) => followAccount(org, change));
  org.apiChecks.push((write) => checkWrite(org, write));
}

const isPersonType = (org: Org, id: unknown) =>
  typeof id === 'string' && org.records.get('RecordType', id)?.['IsPersonType'] === true;

function completed(org: Org, record: StoredRecord): StoredRecord {
  if (!isPersonType(org, record['RecordTypeId'])) return { ...record, IsPersonAccount: false };
  if (record['LastName'] === null)
    throw new SalesforceError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', [
      'LastName',
    ]);
  const Name = [record['FirstName'], record['LastName']].filter((part) => part !== null).join(' ');
  return { ...record, IsPersonAccount: true, Name };
}

/** A person's contact comes, changes, goes and comes back with the account. */
function followAccount(org: Org, { object, kind, before, after, id }: Change): void {
  if (object !== 'Account' || after?.['IsPersonAccount'] !== true) return;
  const contactId = after['PersonContactId'];
  const fields: Fields = Object.fromEntries(
    Object.entries(CONTACT_FIELD).map(([account, contact]) => [contact, after[account] ?? null]),
  );
  if (kind === 'create') {
    const PersonContactId = insertRow(org, 'Contact', { ...fields, AccountId: id, IsPersonAccount: true });
    updateRow(org, 'Account', id, { PersonContactId });
  }
  if (typeof contactId !== 'string') return;
  if (kind === 'delete') deleteRow(org, 'Contact', contactId);
  if (kind === 'undelete') org.records.undelete(schemaOf(org, 'Contact'), contactId);
  if (kind === 'update' && before?.['PersonContactId'] === contactId)
    updateRow(org, 'Contact', contactId, fields);
}

/** What callers of the API may not do: a person is written by its account alone. */
function checkWrite(org: Org, { object, id, input }: ApiWrite): void {
  const before = id === null ? undefined : org.records.get(object.name, id);
  if (object.name === 'Contact') return checkContact(org, before, input);
  if (object.name !== 'Account' || input === null) return;
  const wanted = 'RecordTypeId' in input ? input['RecordTypeId'] : before?.['RecordTypeId'];
  const person = isPersonType(org, wanted);
  if (before && person !== (before['IsPersonAccount'] === true))
    throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'Record Type ID: this ID value is not valid', [
      'RecordTypeId',
    ]);
  const bad = Object.keys(input).filter((name) => (person ? name === 'Name' : isOfPersons(name)));
  if (bad.length > 0) throw badNames('Account', bad);
}

function checkContact(org: Org, before: StoredRecord | undefined, input: ApiWrite['input']): void {
  if (before?.['IsPersonAccount'] === true) {
    if (input === null)
      throw new SalesforceError('DELETE_FAILED', 'A person contact goes with its account: delete that one');
    throw badNames(
      'Contact',
      Object.keys(input).filter((name) => name !== 'attributes'),
    );
  }
  const accountId = input?.['AccountId'];
  if (typeof accountId === 'string' && org.records.get('Account', accountId)?.['IsPersonAccount'] === true)
    throw new SalesforceError(
      'FIELD_INTEGRITY_EXCEPTION',
      'Account ID: a person account takes no other contact',
      ['AccountId'],
    );
}

const badNames = (object: string, names: readonly string[]) =>
  new SalesforceError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `${object}: bad field names on insert/update call: ${names.join(', ')}`,
    names,
  );
