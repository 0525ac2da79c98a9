import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SalesforceError } from '../org/records/errors.ts';
import type { Change } from '../org/records/recordStore.ts';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import type { Fault } from '../support/faults.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { customersOf } from './customers.ts';

type Made = { id: number };
const HOUR_MS = 3_600_000;
let world: World;
let bridge: BridgeInProcess;
let ahead = 0;
/** What the org says to a change before it is saved, as its rules, locks and triggers do. */
let objection: (change: Change) => SalesforceError | null = () => null;

before(async () => {
  world = await createWorld();
  world.org.org.afterSave.push((change) => {
    const error = objection(change);
    if (error) throw error;
  });
  bridge = await startBridgeInProcess(world, { random: () => 1, now: () => Date.now() + ahead });
  await bridge.ready();
});
after(async () => {
  await bridge.stop();
  await world.close();
});

const { newCustomer, live, contact, arrives, linkOf, atRest, inStep } = customersOf({
  get world() {
    return world;
  },
  get bridge() {
    return bridge;
  },
});
const customer = (id: number) => world.desk.state.tables.customers.find((one) => one.id === id);
const isFailing = async (name: string, code: string) =>
  (await bridge.store.causes()).some((cause) => cause.class === name && cause.code === code);
const logText = async () => JSON.stringify(await bridge.store.log(50));

test('D2.10 a used-up API limit is waited out, and said', async () => {
  const { limits } = world.org.org;
  const { max } = limits;
  limits.max = limits.used;
  await newCustomer('Limited');
  await waitFor('the failure', () => isFailing('rateLimit', 'REQUEST_LIMIT_EXCEEDED'));
  assert.match(await logText(), /REQUEST_LIMIT_EXCEEDED/);
  await newCustomer('Meanwhile');
  await waitFor('the poll to go on', async () => (await bridge.store.counts()).failing === 2);
  limits.max = max;
  await arrives('Limited');
  await arrives('Meanwhile');
  await atRest();
});

test('D2.11 of a collection that is saved in part, each record has its own outcome', async () => {
  const one = await inStep('Partial');
  const other = await inStep('Whole');
  objection = ({ after: row }) =>
    row?.['Title'] === 'Refused'
      ? new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Titles are not for the refused.')
      : null;
  await world.agent('PATCH', `customers/${one.id}`, { title: 'Refused' });
  await world.agent('PATCH', `customers/${other.id}`, { title: 'Welcome' });
  await waitFor('the title', () => contact('Whole')?.['Title'] === 'Welcome');
  await waitFor('the link', () => linkOf(`customer:${one.id}`)?.['Status__c'] === 'Failing');
  assert.match(
    String(linkOf(`customer:${one.id}`)?.['Last_Error__c']),
    /FIELD_CUSTOM_VALIDATION_EXCEPTION: Titles are not for the refused/,
  );
  // D2.14: what refuses the values is not asked again until something changed.
  await waitFor('the failure', () => isFailing('validation', 'FIELD_CUSTOM_VALIDATION_EXCEPTION'));
  await waitFor('nothing to be tried again', async () => (await bridge.store.nextDue()) === null);
  await world.agent('PATCH', `customers/${one.id}`, { title: 'Accepted' });
  await waitFor('the title', () => contact('Partial')?.['Title'] === 'Accepted');
  await waitFor('the link', () => linkOf(`customer:${one.id}`)?.['Status__c'] === 'In Step');
  assert.equal(linkOf(`customer:${one.id}`)?.['Last_Error__c'], null);
  objection = () => null;
});

test('D2.13 a record that another transaction has locked is written a moment later', async () => {
  const { id } = await inStep('Locked');
  objection = ({ after: row }) =>
    row?.['Title'] === 'Key'
      ? new SalesforceError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record')
      : null;
  await world.agent('PATCH', `customers/${id}`, { title: 'Key' });
  await waitFor('the link', () => linkOf(`customer:${id}`)?.['Status__c'] === 'Failing');
  assert.match(String(linkOf(`customer:${id}`)?.['Last_Error__c']), /^UNABLE_TO_LOCK_ROW/);
  await newCustomer('Unlocked');
  await arrives('Unlocked');
  objection = () => null;
  await waitFor('the title', () => contact('Locked')?.['Title'] === 'Key');
  await waitFor('the link', () => linkOf(`customer:${id}`)?.['Status__c'] === 'In Step');
  assert.equal(linkOf(`customer:${id}`)?.['Last_Error__c'], null);
});

test('D2.14 a value that is refused is parked until it changes, told without the value, and delays no other', async () => {
  const { id } = await inStep('Wordy');
  const secret = 'the number of my card is 4111';
  objection = ({ after: row }) =>
    row?.['Title'] === secret
      ? new SalesforceError('STRING_TOO_LONG', `Title: data value too large: ${secret} (max length=20)`)
      : null;
  await world.agent('PATCH', `customers/${id}`, { title: secret });
  await waitFor('the link', () => linkOf(`customer:${id}`)?.['Status__c'] === 'Failing');
  const told = 'STRING_TOO_LONG: Title: data value too large: … (max length=20)';
  assert.equal(linkOf(`customer:${id}`)?.['Last_Error__c'], told);
  // The link is written first, and what came of the round is recorded after it.
  await waitFor('the log', async () => (await logText()).includes('STRING_TOO_LONG'));
  assert.ok(!(await logText()).includes(secret));
  await waitFor('nothing to be tried again', async () => (await bridge.store.nextDue()) === null);
  await newCustomer('Quick');
  await arrives('Quick');
  await world.agent('PATCH', `customers/${id}`, { title: 'Short' });
  await waitFor('the title', () => contact('Wordy')?.['Title'] === 'Short');
  await waitFor('the link', () => linkOf(`customer:${id}`)?.['Status__c'] === 'In Step');
  objection = () => null;
});

test('D2.15 rights that are taken away stand in the log, and once given back nobody has to do a thing', async () => {
  const { id } = await inStep('Rightless');
  const userId = world.org.org.userId('bridge@local.test');
  const assignments = live('PermissionSetAssignment').filter((row) => row['AssigneeId'] === userId);
  assert.ok(assignments.length > 0);
  const Ids = assignments.map((row) => row.Id);
  const sets = assignments.map((row) => String(row['PermissionSetId']));
  await world.salesforce.sobject('PermissionSetAssignment').destroy(Ids);
  await world.agent('PATCH', `customers/${id}`, { title: 'Entitled' });
  const failed = await waitFor('the failure', async () =>
    (await bridge.store.causes()).find((cause) => cause.class === 'permission'),
  );
  assert.equal(failed.pairs, 1);
  assert.match(await logText(), /"rule":"permission"/);
  for (const PermissionSetId of sets)
    await world.salesforce.sobject('PermissionSetAssignment').create({ AssigneeId: userId, PermissionSetId });
  ahead += HOUR_MS;
  bridge.ring();
  await waitFor('the title', () => contact('Rightless')?.['Title'] === 'Entitled');
  await atRest();
});

test('D2.17 a record that is deleted while Desk changes it is not brought back', async () => {
  const { id, Id } = await inStep('Deleted');
  await Promise.all([
    world.salesforce.sobject('Contact').destroy(Id),
    world.agent('PATCH', `customers/${id}`, { title: 'Too late' }),
  ]);
  await waitFor('the link', () => linkOf(`customer:${id}`)?.['Status__c'] === 'Unlinked');
  assert.match(String(linkOf(`customer:${id}`)?.['Last_Error__c']), /Salesforce was deleted/);
  await world.agent('PATCH', `customers/${id}`, { title: 'Later still' });
  await inStep('Next');
  assert.equal(contact('Deleted'), undefined);
});

test('D2.17 a field that goes to and fro comes to rest with its last value', async () => {
  const { id, Id } = await inStep('Flipping');
  for (const Title of ['A', 'B', 'A', 'B', 'A'])
    await world.salesforce.sobject('Contact').update({ Id, Title });
  await waitFor('the title in Desk', () => customer(id)?.title === 'A');
  await atRest();
  assert.equal(contact('Flipping')?.['Title'], 'A');
});

test('D2.18 what the bridge wrote itself comes back as an event and costs no write', async () => {
  const { id } = await inStep('Echo');
  await world.agent('PATCH', `customers/${id}`, { title: 'Once' });
  await waitFor('the title', () => contact('Echo')?.['Title'] === 'Once');
  await atRest();
  const { last } = world.org.pubsub.bus;
  world.org.pubsub.keepAlive();
  await waitFor('the events to be heard', async () => {
    const cursor = await bridge.store.cursor('stream /data/DeskConnect__chn');
    return cursor !== null && Buffer.from(cursor, 'base64').readUInt32BE(4) >= last;
  });
  await atRest();
  const writes = world.desk.calls.filter(
    ({ method, path }) => method === 'PATCH' && path === `/api/v2/customers/${id}`,
  );
  assert.equal(writes.length, 1, 'the one that the agent made');
});

test('D2.12 an answer that is none of Salesforce is asked for again', async () => {
  for (const path of [/\/query$/, /\/composite\/graph$/, /\/composite\/sobjects$/]) {
    world.org.org.faults.add({
      match: { path },
      action: 'status',
      status: 200,
      body: { message: 'Please sign in to the network' },
      onStrike: () => undefined,
    });
  }
  const id = await newCustomer('Captive');
  await newCustomer('Fellow');
  await arrives('Captive');
  await arrives('Fellow');
  await world.agent('PATCH', `customers/${id}`, { title: 'Free' });
  await waitFor('the title', () => contact('Captive')?.['Title'] === 'Free');
  await waitFor('the link', () => linkOf(`customer:${id}`)?.['Status__c'] === 'In Step');
  world.org.org.faults.clear();
  await atRest();
  assert.equal(live('Contact').filter((row) => row['LastName'] === 'Captive').length, 1);
});

/**
 * Desk does what such a request asks, and its answer is lost; in that moment somebody changes a record in Salesforce.
 * What Desk held in between may be gone before anybody looks, so the loss itself is to be waited for.
 * @returns whether it has happened
 */
function loseAnswer(
  match: Fault['match'],
  change: { object: string; id: () => string; fields: Record<string, string> },
): () => boolean {
  const { records, schema } = world.org.org;
  const object = schema.object(change.object) ?? assert.fail();
  let isLost = false;
  world.desk.faults.add({
    match,
    action: 'dropAfter',
    onStrike: () => {
      isLost = true;
      records.transact(world.org.org.userId(world.org.username), null, () =>
        records.update(object, change.id(), change.fields),
      );
    },
  });
  return () => isLost;
}

test('D2.12 a change whose answer is lost, and that its author takes back, stays taken back', async () => {
  const { id, Id } = await inStep('Wavering');
  await world.salesforce.sobject('Contact').update({ Id, Title: 'Countess' });
  await waitFor('the title', () => customer(id)?.title === 'Countess');
  await atRest();
  const wasLost = loseAnswer(
    { method: 'PATCH', path: /customers\/\d+$/, body: /Duchess/ },
    { object: 'Contact', id: () => Id, fields: { Title: 'Countess' } },
  );
  await world.salesforce.sobject('Contact').update({ Id, Title: 'Duchess' });
  await waitFor('the lost answer', wasLost);
  await atRest();
  assert.equal(customer(id)?.title, 'Countess');
  assert.equal(contact('Wavering')?.['Title'], 'Countess');
});

test('D2.12 a record that an agent changes while the answer of its making is lost keeps the change', async () => {
  let changed = Promise.resolve<unknown>(null);
  let id = 0;
  world.org.org.faults.add({
    match: { path: /\/composite\/graph$/, body: /Promoted/ },
    action: 'dropAfter',
    onStrike: () => {
      changed = world.agent('PATCH', `customers/${id}`, { title: 'Colonel' });
    },
  });
  const made = await world.agent<Made>('POST', 'customers', { last_name: 'Promoted', title: 'Major' });
  ({ id } = made);
  await arrives('Promoted');
  await changed;
  await waitFor('the title', () => contact('Promoted')?.['Title'] === 'Colonel');
  await atRest();
  assert.equal(customer(id)?.title, 'Colonel');
});

test('D2.12 a company that is renamed while the answer of its making is lost is made once', async () => {
  const wasLost = loseAnswer(
    { method: 'POST', path: /companies$/, body: /Maiden/ },
    { object: 'Account', id: () => Id, fields: { Name: 'Married Ltd' } },
  );
  const { id: Id = '' } = await world.salesforce.sobject('Account').create({ Name: 'Maiden Ltd' });
  const names = () =>
    world.desk.state.tables.companies.map(({ name }) => name).filter((name) => name.startsWith('Ma'));
  await waitFor('the lost answer', wasLost);
  await waitFor('the new name', () => names().includes('Married Ltd'));
  await atRest();
  assert.deepEqual(names(), ['Married Ltd']);
  assert.equal(live('Account').filter(({ Name }) => String(Name).startsWith('Ma')).length, 1);
});
