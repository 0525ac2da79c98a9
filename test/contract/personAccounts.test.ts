import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import { mergeRecords } from '../org/records/merge.ts';
import { schemaOf } from '../org/records/byName.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';

type Person = { Id: string; PersonContactId: string; Name: string };

let local: LocalOrg;
let salesforce: Connection;
let personType: string;

before(async () => {
  local = await startOrg({ state: 'person-accounts' });
  salesforce = clientOf(local);
  const { records } = await salesforce.query<{ Id: string }>(
    "SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true",
  );
  personType = records[0]?.Id ?? '';
});
after(() => local.close());

async function newPerson(fields: Record<string, string>): Promise<Person> {
  const { id } = await salesforce.sobject('Account').create({ RecordTypeId: personType, ...fields });
  const { records } = await salesforce.query<Person>(
    `SELECT Id, PersonContactId, Name FROM Account WHERE Id = '${id}' AND IsPersonAccount = true`,
  );
  assert.ok(records[0]);
  return records[0];
}
const contact = (id: string) => salesforce.sobject('Contact').retrieve(id);
const userId = () => local.org.userId(local.username);

test('a person account has one contact, which shows its fields', async () => {
  const person = await newPerson({ FirstName: 'Ada', LastName: 'Byron', PersonEmail: 'ada@home.test' });
  assert.equal(person.Name, 'Ada Byron');
  const before_ = await contact(person.PersonContactId);
  assert.equal(before_['AccountId'], person.Id);
  assert.equal(before_['IsPersonAccount'], true);
  assert.deepEqual([before_['Name'], before_['Email']], ['Ada Byron', 'ada@home.test']);
  await salesforce.sobject('Account').update({ Id: person.Id, PersonTitle: 'Countess', Phone: '1' });
  const after_ = await contact(person.PersonContactId);
  assert.deepEqual([after_['Title'], after_['Phone']], ['Countess', '1']);
});

test('a person is written by its account alone', async () => {
  const { Id, PersonContactId } = await newPerson({ LastName: 'Byron' });
  await assert.rejects(salesforce.sobject('Contact').update({ Id: PersonContactId, Title: 'Countess' }), {
    name: 'INVALID_FIELD_FOR_INSERT_UPDATE',
  });
  await assert.rejects(salesforce.sobject('Contact').destroy(PersonContactId), { name: 'DELETE_FAILED' });
  await assert.rejects(salesforce.sobject('Contact').create({ LastName: 'Other', AccountId: Id }), {
    name: 'FIELD_INTEGRITY_EXCEPTION',
  });
  await assert.rejects(salesforce.sobject('Account').update({ Id, Name: 'Byron Ltd' }), {
    name: 'INVALID_FIELD_FOR_INSERT_UPDATE',
  });
});

test('a company has no fields of persons, and a person needs a last name', async () => {
  await assert.rejects(salesforce.sobject('Account').create({ LastName: 'Byron' }), {
    name: 'INVALID_FIELD_FOR_INSERT_UPDATE',
  });
  await assert.rejects(salesforce.sobject('Account').create({ RecordTypeId: personType, FirstName: 'Ada' }), {
    name: 'REQUIRED_FIELD_MISSING',
  });
  const { id } = await salesforce.sobject('Account').create({ Name: 'Acme' });
  assert.equal((await salesforce.sobject('Account').retrieve(id ?? ''))['PersonContactId'], null);
});

test('the contact goes with its account, and comes back with it', async () => {
  const { Id, PersonContactId } = await newPerson({ LastName: 'Phoenix' });
  const told: string[] = [];
  local.org.listeners.committed.push(({ changes }) =>
    told.push(...changes.map(({ kind, object }) => `${object} ${kind}`)),
  );
  await salesforce.sobject('Account').destroy(Id);
  await assert.rejects(contact(PersonContactId), { name: 'ENTITY_IS_DELETED' });
  local.org.records.transact(userId(), null, () =>
    local.org.records.undelete(schemaOf(local.org, 'Account'), Id),
  );
  assert.equal((await contact(PersonContactId))['LastName'], 'Phoenix');
  assert.deepEqual(told.sort(), ['Account delete', 'Account undelete', 'Contact delete', 'Contact undelete']);
});

test('persons are merged by their accounts, and their cases go along', async () => {
  const master = await newPerson({ LastName: 'Master' });
  const loser = await newPerson({ LastName: 'Loser' });
  const { id } = await salesforce.sobject('Case').create({ ContactId: loser.PersonContactId });
  mergeRecords(local.org, userId(), 'Account', master.Id, [loser.Id]);
  assert.equal((await salesforce.sobject('Case').retrieve(id ?? ''))['ContactId'], master.PersonContactId);
  assert.equal(local.org.records.get('Account', loser.Id)?.['MasterRecordId'], master.Id);
  const gone = local.org.records.get('Contact', loser.PersonContactId);
  assert.deepEqual([gone?.['IsDeleted'], gone?.['MasterRecordId']], [true, null]);
  assert.equal(local.org.records.get('Contact', master.PersonContactId)?.['AccountId'], master.Id);
});

test('the contact of a new person is found by the account within one graph', async () => {
  const base = '/services/data/v65.0/sobjects';
  const answer = await salesforce.requestPost<{
    graphs: { isSuccessful: boolean; graphResponse: { compositeResponse: { body: Person }[] } }[];
  }>('/services/data/v65.0/composite/graph', {
    graphs: [
      {
        graphId: 'one',
        compositeRequest: [
          {
            method: 'POST',
            url: `${base}/Account`,
            referenceId: 'account',
            body: { RecordTypeId: personType, LastName: 'Graph' },
          },
          {
            method: 'GET',
            url: `${base}/Account/@{account.id}?fields=PersonContactId`,
            referenceId: 'person',
          },
          {
            method: 'POST',
            url: `${base}/Case`,
            referenceId: 'case',
            body: { ContactId: '@{person.PersonContactId}' },
          },
        ],
      },
    ],
  });
  assert.equal(answer.graphs[0]?.isSuccessful, true);
  const { records } = await salesforce.query<{ ContactId: string }>(
    "SELECT ContactId FROM Case WHERE Contact.LastName = 'Graph'",
  );
  assert.equal(records.length, 1);
});
