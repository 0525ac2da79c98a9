import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mergeRecords } from '../org/records/merge.ts';
import { waitFor } from '../support/waitFor.ts';
import { createAnyWorld, type AnyWorld } from '../support/world.ts';

type Link = {
  Record_Id__c: string;
  Contact__c: string | null;
  Status__c: string;
  Last_Error__c: string | null;
};

let world: AnyWorld;

before(async () => {
  world = await createAnyWorld();
  // It is there long before the bridge, and so in step with nothing.
  const { records } = world.org.org;
  const before_ = records.get('Contact', await newContact('Before'));
  assert.ok(before_);
  records.restore('Contact', { ...before_, SystemModstamp: '2020-01-01T00:00:00.000+0000' });
  await world.startBridge();
});
after(() => world.close());

async function newContact(LastName: string): Promise<string> {
  const { id } = await world.salesforce.sobject('Contact').create({ LastName });
  return id ?? '';
}
const inDesk = (name: string) => world.side.held.customers().find((one) => one.lastName === name);
async function linkOf(deskId: string): Promise<Link | undefined> {
  const { records } = await world.salesforce.query<Link>(
    `SELECT Record_Id__c, Contact__c, Status__c, Last_Error__c FROM Desk_Link__c WHERE Desk_Key__c = 'customer:${deskId}'`,
  );
  return records[0];
}
async function linkedContact(name: string): Promise<{ id: string; deskId: string }> {
  const id = await newContact(name);
  const customer = await waitFor(`${name} in Desk`, () => inDesk(name));
  await waitFor(`the link of ${name}`, async () => (await linkOf(customer.id))?.Record_Id__c === id);
  return { id, deskId: customer.id };
}
const merge = (master: string, loser: string) =>
  mergeRecords(world.org.org, world.org.org.userId(world.org.username), 'Contact', master, [loser]);

test('D2.16 a contact that is merged into one without a link hands its customer on', async () => {
  const loser = await linkedContact('Loser');
  const { records } = await world.salesforce.query<{ Id: string }>(
    "SELECT Id FROM Contact WHERE LastName = 'Before'",
  );
  const master = records[0]?.Id ?? '';
  merge(master, loser.id);
  await linkedContact('Bystander');
  await waitFor('the link to move', async () => (await linkOf(loser.deskId))?.Record_Id__c === master);
  const customer = await waitFor('the name of the master', () => inDesk('Before'));
  assert.equal(customer.id, loser.deskId);
  assert.equal((await linkOf(loser.deskId))?.Contact__c, master);
  await world.salesforce.sobject('Contact').update({ Id: master, Description: 'Countess' });
  await waitFor('a later change', () => inDesk('Before')?.text === 'Countess');
  assert.equal(world.side.held.customers().length, 2, 'and the bystander');
});

test('a contact that is merged into one with a link of its own is unlinked, and told why', async () => {
  const master = await linkedContact('Master');
  const loser = await linkedContact('Second');
  merge(master.id, loser.id);
  await waitFor(
    'the loser to be unlinked',
    async () => (await linkOf(loser.deskId))?.Status__c === 'Unlinked',
  );
  assert.match((await linkOf(loser.deskId))?.Last_Error__c ?? '', /merged into/);
  assert.equal((await linkOf(master.deskId))?.Record_Id__c, master.id);
});

test('D2.16 a contact that is deleted and taken back from the bin is in step again', async () => {
  const { id, deskId } = await linkedContact('Phoenix');
  await world.salesforce.sobject('Contact').destroy(id);
  await waitFor('the unlink', async () => (await linkOf(deskId))?.Status__c === 'Unlinked');
  const { org, username } = world.org;
  const object = org.schema.object('Contact');
  assert.ok(object);
  org.records.transact(org.userId(username), null, () => org.records.undelete(object, id));
  await waitFor('the link', async () => (await linkOf(deskId))?.Status__c === 'In Step');
  assert.equal((await linkOf(deskId))?.Contact__c, id);
  await world.salesforce.sobject('Contact').update({ Id: id, Description: 'Bird' });
  await waitFor('a later change', () => inDesk('Phoenix')?.text === 'Bird');
});
