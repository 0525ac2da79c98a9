import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mergeRecords } from '../org/records/merge.ts';
import { insertRow, schemaOf, updateRow } from '../org/records/byName.ts';
import { startBridgeProcess, type BridgeProcess } from '../support/bridgeProcess.ts';
import { startPreparedOrg } from '../support/preparedOrg.ts';
import { InVain, waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

type Made = { id: number };
type Person = { Id: string; PersonContactId: string };
type Link = {
  Record_Id__c: string;
  Contact__c: string | null;
  Status__c: string;
  Last_Error__c: string | null;
};

let world: World;
let personType: string;
let bridge: BridgeProcess;
const PERSONS = { DESKCONNECT_NEW_CUSTOMERS: 'person' };

before(async () => {
  world = await createWorld({ state: 'person-accounts' });
  const { records } = await world.salesforce.query<{ Id: string }>(
    'SELECT Id FROM RecordType WHERE IsPersonType = true',
  );
  personType = records[0]?.Id ?? '';
  bridge = await world.startBridge(PERSONS);
});
after(() => world.close());

async function newPerson(fields: Record<string, string>): Promise<Person> {
  const { id } = await world.salesforce.sobject('Account').create({ RecordTypeId: personType, ...fields });
  const account = await world.salesforce.sobject('Account').retrieve(id ?? '');
  return { Id: account.Id ?? '', PersonContactId: String(account['PersonContactId']) };
}
const customerNamed = (lastName: string) =>
  world.desk.state.tables.customers.find((one) => one.last_name === lastName);
async function linkOf(deskKey: string): Promise<Link | undefined> {
  const { records } = await world.salesforce.query<Link>(
    `SELECT Record_Id__c, Contact__c, Status__c, Last_Error__c FROM Desk_Link__c WHERE Desk_Key__c = '${deskKey}'`,
  );
  return records[0];
}
const linked = (deskId: number, person: Person) =>
  waitFor(`the link of customer ${deskId}`, async () => {
    const link = await linkOf(`customer:${deskId}`);
    return link?.Contact__c === person.PersonContactId && link.Status__c === 'In Step';
  });
async function linkedPerson(lastName: string): Promise<{ person: Person; deskId: number }> {
  const person = await newPerson({ FirstName: 'Ada', LastName: lastName });
  const { id } = await waitFor(`${lastName} in Desk`, () => customerNamed(lastName));
  await linked(id, person);
  return { person, deskId: id };
}
const account = (id: string) => world.salesforce.sobject('Account').retrieve(id);
const newCustomer = (last_name: string, fields: object = {}) =>
  world.agent<Made>('POST', 'customers', {
    first_name: 'Grace',
    last_name,
    emails: [{ type: 'work', value: `${last_name.toLowerCase()}@home.test` }],
    ...fields,
  });

/** Changes a person as if it had happened long ago: nothing is told of it, and the times do not move. */
function quietly(work: () => string, objects: readonly ('Account' | 'Contact')[]): Person {
  const { org, username } = world.org;
  const told = org.records.hooks.committed;
  org.records.hooks.committed = () => undefined;
  const id = org.records.transact(org.userId(username), null, work);
  org.records.hooks.committed = told;
  const person = { Id: id, PersonContactId: String(org.records.get('Account', id)?.['PersonContactId']) };
  for (const object of objects) {
    const row = org.records.get(object, object === 'Account' ? person.Id : person.PersonContactId);
    assert.ok(row);
    org.records.restore(object, { ...row, SystemModstamp: '2020-01-01T00:00:00.000+0000' });
  }
  return person;
}
const unseenPerson = (fields: Record<string, string>) =>
  quietly(
    () => insertRow(world.org.org, 'Account', { RecordTypeId: personType, ...fields }),
    ['Account', 'Contact'],
  );

test('a person of Salesforce becomes a customer, and no company; edits go both ways', async () => {
  const person = await newPerson({
    FirstName: 'Ada',
    LastName: 'Byron',
    PersonEmail: 'ada@byron.test',
    PersonMobilePhone: '555 01',
  });
  const customer = await waitFor('the customer', () => customerNamed('Byron'));
  await linked(customer.id, person);
  assert.deepEqual(
    [customer.first_name, customer.emails[0]?.value, customer.phone_numbers[0]?.value],
    ['Ada', 'ada@byron.test', '555 01'],
  );
  await world.salesforce.sobject('Account').update({ Id: person.Id, PersonTitle: 'Countess' });
  await waitFor('the title in Desk', () => customer.title === 'Countess');
  await world.agent('PATCH', `customers/${customer.id}`, { title: 'T'.repeat(120), background: 'Poet' });
  await waitFor('the text in Salesforce', async () => (await account(person.Id))['Description'] === 'Poet');
  assert.equal((await account(person.Id))['PersonTitle'], 'T'.repeat(80), 'cut to what the account holds');
  await world.salesforce.sobject('Account').update({ Id: person.Id, Phone: '555 02' });
  await waitFor('the number in Desk', () => customer.phone_numbers.some(({ value }) => value === '555 02'));
  assert.equal(customer.title, 'T'.repeat(120), 'what was cut does not come back');
  assert.equal(world.desk.state.tables.companies.length, 0);
});

test('a customer without a company finds its person by e-mail, or becomes one; with a company, a contact', async () => {
  const person = unseenPerson({ LastName: 'Hopper', PersonEmail: 'hopper@home.test' });
  const matched = await newCustomer('Hopper');
  await waitFor('a link', async () => {
    const link = await linkOf(`customer:${matched.id}`);
    return link?.Contact__c === person.PersonContactId;
  });
  const { id } = await newCustomer('Lovelace', { title: 'T'.repeat(100) });
  const link = await waitFor('the link of the new one', () => linkOf(`customer:${id}`));
  const { records } = await world.salesforce.query<Person & { PersonEmail: string; PersonTitle: string }>(
    "SELECT Id, PersonContactId, PersonEmail, PersonTitle FROM Account WHERE LastName = 'Lovelace' AND IsPersonAccount = true",
  );
  assert.equal(records.length, 1);
  assert.deepEqual(
    [records[0]?.PersonContactId, records[0]?.PersonEmail, records[0]?.PersonTitle],
    [link.Record_Id__c, 'lovelace@home.test', 'T'.repeat(80)],
  );
  assert.equal(link.Contact__c, link.Record_Id__c);
  const company = await world.agent<Made>('POST', 'companies', { name: 'Engines' });
  const employee = await newCustomer('Babbage', {
    _links: { company: { href: `/api/v2/companies/${company.id}`, class: 'company' } },
  });
  const other = await waitFor('the link of the employee', () => linkOf(`customer:${employee.id}`));
  const made = await world.salesforce.sobject('Contact').retrieve(other.Record_Id__c);
  assert.equal(made['IsPersonAccount'], false);
});

test("a company in Desk of a person's customer is said, not carried, and not fought over", async () => {
  const { person, deskId } = await linkedPerson('Self');
  const company = await world.agent<Made>('POST', 'companies', { name: 'Ada Self' });
  await waitFor('the account', async () => (await linkOf(`company:${company.id}`))?.Status__c === 'In Step');
  assert.notEqual((await linkOf(`company:${company.id}`))?.Record_Id__c, person.Id, 'a person is no match');
  await world.agent('PATCH', `customers/${deskId}`, {
    _links: { company: { href: `/api/v2/companies/${company.id}`, class: 'company' } },
  });
  await waitFor('what the link says', async () =>
    /company, because a person account has no company/.test(
      (await linkOf(`customer:${deskId}`))?.Last_Error__c ?? '',
    ),
  );
  await world.salesforce.sobject('Account').update({ Id: person.Id, PersonTitle: 'Own' });
  await waitFor('the next change', () => customerNamed('Self')?.title === 'Own');
  assert.equal(customerNamed('Self')?.company_id, company.id);
});

test('cases of persons go both ways', async () => {
  const { person, deskId } = await linkedPerson('Caser');
  const { id } = await world.salesforce
    .sobject('Case')
    .create({ ContactId: person.PersonContactId, AccountId: person.Id, Subject: 'From Salesforce' });
  const inDesk = await waitFor('the case in Desk', () =>
    world.desk.state.tables.cases.find((one) => one.subject === 'From Salesforce'),
  );
  await waitFor('its link', async () => (await linkOf(`case:${inDesk.id}`))?.Record_Id__c === id);
  await world.agent<Made>('POST', 'cases', {
    type: 'email',
    subject: 'From Desk',
    status: 'open',
    priority: 5,
    message: { direction: 'in', status: 'received', subject: 'Help', body: 'It burns.' },
    _links: { customer: { href: `/api/v2/customers/${deskId}`, class: 'customer' } },
  });
  const made = await waitFor('the case in Salesforce', async () => {
    const { records } = await world.salesforce.query<{ ContactId: string; AccountId: string }>(
      "SELECT ContactId, AccountId FROM Case WHERE Subject = 'From Desk'",
    );
    return records[0];
  });
  assert.deepEqual([made.ContactId, made.AccountId], [person.PersonContactId, person.Id]);
});

test('a person that is merged hands its customer on; one that is deleted and taken back is in step again', async () => {
  const { org, username } = world.org;
  const loser = await linkedPerson('Loser');
  const { person, deskId } = await linkedPerson('Phoenix');
  await world.salesforce.sobject('Account').destroy(person.Id);
  await waitFor('the unlink', async () => (await linkOf(`customer:${deskId}`))?.Status__c === 'Unlinked');
  const survivor = unseenPerson({ LastName: 'Survivor' });
  mergeRecords(org, org.userId(username), 'Account', survivor.Id, [loser.person.Id]);
  await waitFor('the link to move', async () => {
    const link = await linkOf(`customer:${loser.deskId}`);
    return link?.Contact__c === survivor.PersonContactId && link.Status__c === 'In Step';
  });
  await waitFor('the name of the survivor', () => customerNamed('Survivor')?.id === loser.deskId);
  org.records.transact(org.userId(username), null, () =>
    org.records.undelete(schemaOf(org, 'Account'), person.Id),
  );
  await linked(deskId, person);
  await world.salesforce.sobject('Account').update({ Id: person.Id, PersonTitle: 'Bird' });
  await waitFor('a later change', () => customerNamed('Phoenix')?.title === 'Bird');
});

test('what only the times of the account tell crosses too', async () => {
  const { person, deskId } = await linkedPerson('Quiet');
  await bridge.stop();
  quietly(() => {
    updateRow(world.org.org, 'Account', person.Id, { PersonTitle: 'Silent' });
    return person.Id;
  }, ['Contact']);
  await world.startBridge(PERSONS);
  await waitFor('the title in Desk', () => customerNamed('Quiet')?.title === 'Silent');
  assert.equal(customerNamed('Quiet')?.id, deskId);
});

test('an org without person accounts cannot be given persons, and the bridge says so at its start', async () => {
  const org = await startPreparedOrg();
  try {
    await assert.rejects(
      startBridgeProcess({
        org,
        desk: world.side,
        dataFolder: `${world.dataFolder}-other`,
        env: { DESKCONNECT_NEW_CUSTOMERS: 'person' },
      }),
      (error: Error) =>
        error instanceof InVain && /ended with 2:[^]*DESKCONNECT_NEW_CUSTOMERS/.test(error.message),
    );
  } finally {
    await org.close();
  }
});
