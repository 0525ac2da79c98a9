import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;

before(async () => {
  world = await createWorld();
});
after(() => world.close());

const create = async (object: string, fields: object) =>
  (await world.salesforce.sobject(object).create(fields)).id ?? '';
const counts = () => ({
  contacts: world.org.org.records.rows('Contact').size,
  cases: world.org.org.records.rows('Case').size,
  customers: world.desk.state.tables.customers.length,
  casesInDesk: world.desk.state.tables.cases.length,
});

test('what another system had tied is linked and not made again, where the case in Desk carries the id of the one in Salesforce', async () => {
  const ContactId = await create('Contact', { LastName: 'Byron', Email: 'ada@engines.test' });
  const caseId = await create('Case', { Subject: 'Patterns', Status: 'New', ContactId });
  const customer = await world.agent<{ id: number }>('POST', 'customers', {
    last_name: 'Byron',
    emails: [{ type: 'work', value: 'ada@engines.test' }],
  });
  const made = await world.agent<{ id: number }>('POST', 'cases', {
    type: 'email',
    subject: 'Patterns',
    message: { direction: 'in', status: 'received', subject: 'Patterns', body: 'Please look.' },
    _links: { customer: { href: `/api/v2/customers/${customer.id}`, class: 'customer' } },
  });
  await world.agent('PATCH', `cases/${made.id}`, { external_id: caseId });
  const before_ = counts();
  await world.startBridge({ DESKCONNECT_START: 'everything' });
  const key = await waitFor('the link of the case', async () => {
    const { records } = await world.salesforce.query<{ Desk_Key__c: string; Status__c: string }>(
      `SELECT Desk_Key__c, Status__c FROM Desk_Link__c WHERE Record_Id__c = '${caseId}'`,
    );
    return records[0]?.Status__c === 'In Step' ? records[0].Desk_Key__c : null;
  });
  assert.equal(key, `case:${made.id}`);
  assert.deepEqual(counts(), before_);
});
