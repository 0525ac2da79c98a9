import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { looksAt } from './looks.ts';

type Made = { id: number };
let world: World;
let bridge: BridgeInProcess;
let folder: string;

before(async () => {
  world = await createWorld();
  folder = mkdtempSync(join(tmpdir(), 'desk-faults-'));
  await start();
});
after(async () => {
  await bridge.stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  bridge = await startBridgeInProcess(world, { dataFolder: folder, random: () => 1 });
  await bridge.ready();
}
const newCustomer = (name: string) =>
  world.agent<Made>('POST', 'customers', {
    last_name: name,
    emails: [{ type: 'work', value: `${name.toLowerCase()}@desk-faults.test` }],
  });
const { contacts, arrives, linkOf, causes } = looksAt({
  get world() {
    return world;
  },
  get bridge() {
    return bridge;
  },
});

test('D2.8 a record that nobody can read delays no other, and stands in the log', async () => {
  const broken = await newCustomer('Broken');
  const kept = world.desk.state.tables.customers.find(({ id }) => id === broken.id) ?? assert.fail();
  Object.assign(kept, { title: 7 });
  await newCustomer('Fine');
  await arrives('Fine');
  await waitFor('the failure', async () => (await causes()).includes('bug UNEXPECTED_ANSWER'));
  assert.match(
    (await bridge.store.log(100)).map(({ text }) => text).join('\n'),
    /Desk sent something unexpected at title/,
  );
  await newCustomer('Later');
  await arrives('Later');
  await world.agent('PATCH', `customers/${broken.id}`, { title: 'Mended' });
  await waitFor('the contact', () => contacts('Broken')[0]?.['Title'] === 'Mended');
  const link = () => linkOf(`customer:${broken.id}`);
  Object.assign(kept, { title: 8 });
  await world.salesforce.sobject('Contact').update({ Id: contacts('Broken')[0]?.Id ?? '', Phone: '555 1' });
  await waitFor('the link to say so', () => link()?.['Status__c'] === 'Failing');
  assert.match(String(link()?.['Last_Error__c']), /^UNEXPECTED_ANSWER: .*title/);
  await world.agent('PATCH', `customers/${broken.id}`, { title: 'Mended again' });
  await waitFor('the link to be in step', () => link()?.['Status__c'] === 'In Step');
});

test('D2.15 what Desk refuses to show of one kind keeps no other from being polled', async () => {
  world.desk.faults.add({
    match: { method: 'GET', path: /\/companies$/ },
    action: 'status',
    status: 403,
    body: { message: 'Forbidden' },
    times: 10_000,
  });
  await waitFor('the health', () => bridge.health.parts()['desk poll']?.detail.includes('HTTP 403'));
  await newCustomer('Polled');
  await arrives('Polled');
  world.desk.faults.clear();
  await bridge.ready();
});

test('D2.19 a record that Desk fails to give delays no other of its round', async () => {
  const names = ['Poison', 'Antidote'];
  const ids = await Promise.all(
    names.map(async (LastName) => (await world.salesforce.sobject('Contact').create({ LastName })).id),
  );
  const customerOf = (name: string) =>
    world.desk.state.tables.customers.find((one) => one.last_name === name);
  const [poison] = await waitFor('the customers', () => {
    const found = names.map(customerOf);
    return found.every(Boolean) ? found : null;
  });
  await waitFor('rest', async () => (await bridge.store.counts()).waiting === 0);
  world.desk.faults.add({
    match: { method: 'GET', path: new RegExp(`/customers/${poison?.id}$`) },
    action: 'status',
    status: 500,
    body: { message: 'Oops' },
    times: 10_000,
  });
  // A list is written whole, so Desk is asked what it holds now.
  await world.salesforce.sobject('Contact').update(ids.map((Id) => ({ Id: Id ?? '', Phone: '555-0100' })));
  const phoneOf = (name: string) => customerOf(name)?.phone_numbers[0]?.value;
  await waitFor('the other customer', () => phoneOf('Antidote') === '555-0100', 20_000);
  assert.equal(phoneOf('Poison'), undefined);
  await waitFor('the log', async () => JSON.stringify(await bridge.store.log(50)).includes('HTTP 500'));
  world.desk.faults.clear();
  await waitFor('the customer', () => phoneOf('Poison') === '555-0100');
  await waitFor('the link', () => linkOf(`customer:${poison?.id}`)?.['Status__c'] === 'In Step');
});

test('D2.19 an answer that is none of Desk is asked for again', async () => {
  world.desk.faults.add({
    match: { method: 'GET', path: /\/customers\/search$/ },
    action: 'status',
    status: 200,
    body: { message: 'Please sign in to the network' },
    times: 3,
  });
  const { id } = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Captive', Email: 'captive@desk-faults.test' });
  await newCustomer('Fellow');
  await arrives('Fellow');
  await waitFor('the customer', () =>
    world.desk.state.tables.customers.find((one) => one.external_id === id),
  );
  await waitFor('nothing to fail', async () => (await causes()).length === 0);
});

test('D2.19 a customer that was merged away in Desk ends the sync of its pair, and says so on the link', async () => {
  const { id } = await newCustomer('Merged');
  const contact = await arrives('Merged');
  const { customers } = world.desk.state.tables;
  await waitFor('the link', async () => (await bridge.store.counts()).waiting === 0);
  customers.splice(
    customers.findIndex((one) => one.id === id),
    1,
  );
  await world.salesforce.sobject('Contact').update({ Id: contact.Id, Title: 'Nowhere to go' });
  await waitFor('the link to say so', () => linkOf(`customer:${id}`)?.['Status__c'] === 'Unlinked');
  assert.match(String(linkOf(`customer:${id}`)?.['Last_Error__c']), /Desk was deleted/);
  assert.equal(contacts('Merged')[0]?.['IsDeleted'] ?? false, false);
  await newCustomer('Unharmed');
  await arrives('Unharmed');
});

test('D2.23 a customer without an e-mail address is taken for no other', async () => {
  await world.agent<Made>('POST', 'customers', { last_name: 'Nameless' });
  await world.agent<Made>('POST', 'customers', { last_name: 'Nameless' });
  await waitFor('two contacts', () => contacts('Nameless').length === 2);
});

test('D2.23 a customer whose address two contacts have is parked with both, and linked once only one has it', async () => {
  await bridge.stop();
  const Email = 'twins@desk-faults.test';
  const twins = [];
  for (const LastName of ['Castor', 'Pollux'])
    twins.push((await world.salesforce.sobject('Contact').create({ LastName, Email })).id ?? '');
  const { id } = await newCustomer('Twins');
  await start();
  await waitFor('all three to be parked', async () => (await bridge.store.counts()).failing === 3);
  assert.deepEqual(await causes(), ['ambiguous ambiguous']);
  const { text } = (await bridge.store.log(50)).find(({ deskId }) => deskId === String(id)) ?? assert.fail();
  for (const twin of twins) assert.ok(text.includes(twin), text);
  await newCustomer('Single');
  await arrives('Single');
  const [castor = '', pollux = ''] = twins;
  await world.salesforce.sobject('Contact').update({ Id: pollux, Email: 'pollux@desk-faults.test' });
  await world.salesforce.sobject('Contact').update({ Id: castor, Title: 'Tamer of horses' });
  await waitFor('the link', () => linkOf(`customer:${id}`)?.['Record_Id__c'] === castor);
  await waitFor('nothing to fail', async () => (await bridge.store.counts()).failing === 0);
});

test('D2.19 a bridge that is stopped while it waits for the rate limit parks nothing', async () => {
  await waitFor('rest', async () => (await bridge.store.counts()).waiting === 0);
  world.desk.rateLimit.perMinute = 1;
  await waitFor(
    'the limit to be used up',
    () => world.desk.rateLimit.headers()['x-rate-limit-remaining'] === '0',
  );
  const { id } = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Patient', Email: 'patient@desk-faults.test' });
  await waitFor('the engine to wait', async () => {
    const { waiting } = await bridge.store.counts();
    return waiting === 1 && (await bridge.store.nextDue()) === null;
  });
  await bridge.stop();
  world.desk.rateLimit.perMinute = 100_000;
  await start();
  await waitFor('the customer', () =>
    world.desk.state.tables.customers.find((one) => one.external_id === id),
  );
});
