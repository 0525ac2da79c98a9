import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import type { Fault } from '../support/faults.ts';
import { waitFor } from '../support/waitFor.ts';
import { createZendeskWorld, type ZendeskWorld } from '../support/world.ts';
import { looksAt } from './looks.ts';

// What Zendesk, and whatever stands before it, does to a bridge. People's own requests are not struck: `side.requests`.

let world: ZendeskWorld;
let bridge: BridgeInProcess;
let folder: string;

before(async () => {
  world = await createZendeskWorld();
  folder = mkdtempSync(join(tmpdir(), 'zendesk-faults-'));
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
type Strike = Omit<Extract<Fault, { action: 'status' }>, 'match' | 'action' | 'body'>;
const refuse = (match: Fault['match'], { status, ...more }: Strike, body: unknown = { error: 'Oops' }) =>
  world.side.faults.add({ match, action: 'status', status, body, ...more });
/** Whoever asks again and again is refused again and again. */
const ALWAYS = 10_000;
const newUser = (name: string) =>
  world.side.people.customer({ lastName: name, email: `${name.toLowerCase()}@zendesk-faults.test` });
const contactFields = (LastName: string) => ({
  LastName,
  Email: `${LastName.toLowerCase()}@zendesk-faults.test`,
});
const newContact = async (name: string) =>
  (await world.salesforce.sobject('Contact').create(contactFields(name))).id ?? '';
/** At once, so that they are one job in Zendesk. */
const newContacts = (names: readonly string[]) =>
  world.salesforce.sobject('Contact').create(names.map(contactFields));
const { contacts, arrives, linkOf, causes, atRest } = looksAt({
  get world() {
    return world;
  },
  get bridge() {
    return bridge;
  },
});
const users = (name: string) =>
  world.zendesk.state.tables.users.filter((one) => one.active && one.name === name);
const isMade = (name: string) => waitFor(`the user ${name}`, () => users(name)[0]);
const logged = async () => (await bridge.store.log(100)).map(({ text }) => text).join('\n');

test('a record that nobody can read delays no other, and stands in the log until it is mended', async () => {
  const broken = await newUser('Broken');
  const kept = users('Broken')[0] ?? assert.fail();
  Object.assign(kept, { phone: { nobody: 'knows' } });
  await newUser('Fine');
  await arrives('Fine');
  await waitFor('the failure', async () => (await causes()).includes('bug UNEXPECTED_ANSWER'));
  assert.match(await logged(), /Zendesk sent something unexpected at .*phone/);
  world.zendesk.state.change(kept, { phone: '555 01' });
  await waitFor('the contact', () => contacts('Broken')[0]?.['Phone'] === '555 01');
  await waitFor('the link', () => linkOf(`customer:${broken}`)?.['Status__c'] === 'In Step');
});

test('what Zendesk refuses to export of one kind keeps no other from being polled', async () => {
  refuse({ method: 'GET', path: /search$/ }, { status: 403, times: ALWAYS });
  await waitFor('the health', () => /Oops/.test(bridge.health.parts()['desk poll']?.detail ?? ''));
  const customerId = String(users('Fine')[0]?.id);
  await world.side.people.case({ subject: 'Polled', customerId, status: 'open' });
  await waitFor('the case', () =>
    [...world.org.org.records.rows('Case').values()].some((row) => row['Subject'] === 'Polled'),
  );
  world.side.faults.clear();
  await bridge.ready();
});

test('exports that others have used up hold up nothing: what changes now is told all the same', async () => {
  const spent = () => {
    try {
      for (;;) world.zendesk.limits.take('incrementalExportsPerMinute');
    } catch {
      return true;
    }
  };
  assert.ok(spent());
  await bridge.stop();
  await start();
  await newUser('Unheld');
  await arrives('Unheld');
});

test('a refusal that names a time is waited for as long, and the record is made once', async () => {
  const began = Date.now();
  let again = 0;
  refuse(world.side.requests.creation, {
    status: 429,
    headers: { 'retry-after': '2', 'x-rate-limit-remaining': '0', 'ratelimit-reset': '2' },
    onStrike: () => {
      again = Date.now();
    },
  });
  await newContact('Patient');
  await isMade('Patient');
  assert.ok(again >= began && Date.now() - again >= 2_000, 'it came back too early');
  await atRest();
  assert.equal(users('Patient').length, 1);
});

test('a limit of one record is told on its link with the time, and holds up no other', async () => {
  const [one, other] = [await newUser('Often'), await newUser('Seldom')];
  await arrives('Often');
  await arrives('Seldom');
  await atRest();
  refuse(
    { method: 'PUT', path: new RegExp(`/users/${one}$`) },
    { status: 429, headers: { 'retry-after': '3' } },
    { error: 'APIRateLimitExceeded', description: 'Number of allowed API requests per minute exceeded' },
  );
  const change = (name: string) =>
    world.salesforce.sobject('Contact').update({ Id: contacts(name)[0]?.Id ?? '', Description: 'Again' });
  await Promise.all([change('Often'), change('Seldom')]);
  await waitFor('the other one', () => users('Seldom')[0]?.notes === 'Again');
  assert.ok(linkOf(`customer:${other}`));
  await waitFor('this one', () => users('Often')[0]?.notes === 'Again');
  await atRest();
});

test('a server that fails for a while is tried again, for jobs as for single records', async () => {
  refuse(world.side.requests.creation, { status: 503, times: 2 }, '<html>We will be back</html>');
  await newContacts(['Job1', 'Job2', 'Job3', 'Job4']);
  await Promise.all(['Job1', 'Job2', 'Job3', 'Job4'].map(isMade));
  await atRest();
});

test('the answer to a job that is lost, and one that nobody knows any more, make nothing twice', async () => {
  const names = ['Lost1', 'Lost2', 'Lost3', 'Lost4'];
  const struck: string[] = [];
  world.side.faults.add({
    match: { method: 'POST', path: /create_many$/ },
    action: 'dropAfter',
    onStrike: () => struck.push('answer'),
  });
  await newContacts(names);
  await Promise.all(names.map(isMade));
  refuse({ method: 'GET', path: /job_statuses\// }, { status: 404, onStrike: () => struck.push('status') });
  const more = ['Unknown1', 'Unknown2', 'Unknown3', 'Unknown4'];
  await newContacts(more);
  await Promise.all(more.map(isMade));
  await atRest();
  assert.deepEqual(struck, ['answer', 'status']);
  for (const name of [...names, ...more]) {
    assert.equal(users(name).length, 1, name);
    assert.equal(contacts(name).length, 1, name);
  }
});

test('a comment whose answer is lost is made once', async () => {
  const [found] = [...world.org.org.records.rows('Case').values()].filter(
    (row) => row['Subject'] === 'Polled',
  );
  let struck = false;
  world.side.faults.add({
    match: world.side.requests.note,
    action: 'dropAfter',
    onStrike: () => {
      struck = true;
    },
  });
  await world.salesforce
    .sobject('CaseComment')
    .create({ ParentId: found?.Id, CommentBody: 'Only once.', IsPublished: false });
  await waitFor('the lost answer', () => struck);
  const notes = () => world.side.held.cases().find(({ subject }) => subject === 'Polled')?.notes ?? [];
  await waitFor('the link of the note', () =>
    [...world.org.org.records.rows('Desk_Link__c').values()].some((row) => row['Pair__c'] === 'note'),
  );
  await atRest();
  assert.deepEqual(notes(), ['Only once.']);
});

test('a page of a proxy in place of an answer is no answer: it is asked for again', async () => {
  refuse({ method: 'GET', path: /users\/search$/ }, { status: 200 }, '<html>Sign in first</html>');
  refuse({ method: 'GET', path: /\/tickets$/ }, { status: 200 }, { message: 'Please sign in' });
  await newContact('Captive');
  await newUser('Fellow');
  await arrives('Fellow');
  await isMade('Captive');
  await waitFor('nothing to fail', async () => (await causes()).length === 0);
  await bridge.ready();
});

test('answers that take long delay what they are about, and lose nothing', async () => {
  world.side.faults.add({ match: world.side.requests.creation, action: 'delay', ms: 1_000 });
  await newContact('Slow');
  await newUser('Quick');
  await arrives('Quick');
  await isMade('Slow');
  await atRest();
});

test('a token that Zendesk does not take any more stops the writes and is told, and what waited goes on later', async () => {
  world.zendesk.settings.apiTokenAccess = false;
  await waitFor('the health', () => !bridge.health.ready);
  assert.match(bridge.health.parts()['desk poll']?.detail ?? '', /Couldn't authenticate you|401/);
  const id = await newContact('Locked-out');
  await waitFor('it to wait', async () => {
    const found = await bridge.store.find('customer', 'salesforce', id);
    return found !== null;
  });
  assert.equal(users('Locked-out').length, 0);
  world.zendesk.settings.apiTokenAccess = true;
  await isMade('Locked-out');
  await bridge.ready();
  await atRest();
});

test('a user who is merged away in Zendesk ends the sync of its pair, and says so on the link', async () => {
  const id = await newUser('Merged');
  const contact = await arrives('Merged');
  await atRest();
  const [gone] = users('Merged');
  world.zendesk.state.change(gone ?? assert.fail(), { active: false });
  await world.salesforce.sobject('Contact').update({ Id: contact.Id, Description: 'Nowhere to go' });
  await waitFor('the link to say so', () => linkOf(`customer:${id}`)?.['Status__c'] === 'Unlinked');
  assert.equal(contacts('Merged')[0]?.['IsDeleted'] ?? false, false);
});

test('a user whose address two contacts have is parked with both, and linked once only one has it', async () => {
  await bridge.stop();
  const Email = 'twins@zendesk-faults.test';
  const twins: string[] = [];
  for (const LastName of ['Castor', 'Pollux'])
    twins.push((await world.salesforce.sobject('Contact').create({ LastName, Email })).id ?? '');
  const id = await newUser('Twins');
  await start();
  await waitFor('all three to be parked', async () => (await bridge.store.counts()).failing === 3);
  assert.deepEqual(await causes(), ['ambiguous ambiguous']);
  const [castor = '', pollux = ''] = twins;
  await world.salesforce.sobject('Contact').update({ Id: pollux, Email: 'pollux@zendesk-faults.test' });
  await world.salesforce.sobject('Contact').update({ Id: castor, Description: 'Tamer of horses' });
  await waitFor('the link', () => linkOf(`customer:${id}`)?.['Record_Id__c'] === castor);
  await atRest();
});

test('users without an address are taken for no other', async () => {
  await world.side.people.customer({ lastName: 'Nameless' });
  await world.side.people.customer({ lastName: 'Nameless' });
  await waitFor('two contacts', () => contacts('Nameless').length === 2);
});

test('a bridge that is stopped while it waits for the rate limit parks nothing', async () => {
  // The stream tells of the contacts that the bridge made before: all of that has come when a later one has crossed.
  await newContact('Earlier');
  await isMade('Earlier');
  await atRest();
  world.zendesk.rateLimit.perMinute = 1;
  await waitFor(
    'the limit to be used up',
    () => world.zendesk.rateLimit.headers()['x-rate-limit-remaining'] === '0',
  );
  await newContact('Waiting');
  await waitFor('the engine to wait', async () => {
    const { waiting } = await bridge.store.counts();
    return waiting === 1 && (await bridge.store.nextDue()) === null;
  });
  await bridge.stop();
  world.zendesk.rateLimit.perMinute = 100_000;
  await start();
  await isMade('Waiting');
  assert.deepEqual(world.side.emailed(), []);
});
