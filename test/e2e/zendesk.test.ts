import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { differences } from '../support/oracle.ts';
import { waitFor } from '../support/waitFor.ts';
import { createZendeskWorld, type ZendeskWorld } from '../support/world.ts';
import { mergeUsers } from '../zendesk/users.ts';

/** Zendesk's clock is ahead of ours by that: exports tell of what happened a minute ago there. */
let ahead = 0;
let world: ZendeskWorld;
let bridge: BridgeProcess;

before(async () => {
  world = await createZendeskWorld({ now: () => Date.now() + ahead });
});
after(() => world.close());

type Row = Readonly<Record<string, unknown>> & { readonly Id: string };
const live = (object: string): Row[] =>
  [...world.org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
const row = (object: string, field: string, value: string) =>
  live(object).find((one) => one[field] === value);
const arrives = (object: string, field: string, value: string) =>
  waitFor(`${object} ${value}`, () => row(object, field, value));
const ticket = (subject: string) => world.side.held.cases().find((one) => one.subject === subject);
const user = (email: string) => world.side.held.customers().find((one) => one.email === email);
const link = (key: string) => row('Desk_Link__c', 'Desk_Key__c', key);
const create = async (object: string, fields: object) =>
  (await world.salesforce.sobject(object).create(fields)).id ?? '';
const update = (object: string, fields: Record<string, unknown> & { Id: string }) =>
  world.salesforce.sobject(object).update(fields);
const atRest = () =>
  waitFor(
    () => `both sides to be equal:\n${differences(world).join('\n')}\n${bridge.output()}`,
    () => differences(world).length === 0,
  );
async function newTicket(subject: string, fields: object = {}): Promise<{ id: string; caseId: string }> {
  const customerId = user('ada@byron.test')?.id ?? assert.fail();
  const id = await world.side.people.case({ subject, customerId, status: 'open', ...fields });
  const { Id } = await arrives('Case', 'Subject', subject);
  await waitFor('its link', () => link(`case:${id}`));
  return { id, caseId: Id };
}

test('the first sync takes over what is on either side, with its company, its customer and its words', async () => {
  const { people } = world.side;
  const companyId = await people.company('Analytical Engines');
  const customerId = await people.customer({
    firstName: 'Ada Augusta',
    lastName: 'Byron',
    email: 'ada@byron.test',
    companyId,
  });
  await people.case({ subject: 'It waits', customerId, status: 'hold', priority: 'urgent' });
  await people.case({ subject: 'It is nothing', customerId, status: 'open' });
  const closed = await people.case({
    subject: 'It is over',
    customerId,
    status: 'solved',
    priority: 'low',
  });
  await people.changeCase(closed, { status: 'closed' });
  await people.customer({ firstName: 'Hedy', lastName: 'Lamarr', email: 'hedy@film.test' });
  const AccountId = await create('Account', { Name: 'Radio Works' });
  await create('Contact', { FirstName: 'Hedy', LastName: 'Lamarr', Email: 'hedy@film.test', AccountId });
  const ContactId = await create('Contact', { LastName: 'Marconi', Email: 'g@radio.test', AccountId });
  await create('Case', { Subject: 'No signal', Description: 'Noise.', ContactId, Status: 'New' });
  bridge = await world.startBridge({ DESKCONNECT_START: 'everything' });
  await atRest();
  const words = (subject: string) => {
    const found = row('Case', 'Subject', subject);
    return [found?.['Status'], found?.['Priority']];
  };
  assert.deepEqual(words('It waits'), ['Pending', 'High']);
  assert.deepEqual(words('It is nothing'), ['Open', 'Medium']);
  assert.deepEqual(words('It is over'), ['Closed', 'Low']);
  const ada = row('Contact', 'Email', 'ada@byron.test');
  assert.deepEqual([ada?.['FirstName'], ada?.['LastName']], ['Ada Augusta', 'Byron']);
  assert.equal(live('Contact').length, 3, 'who is on both sides is one');
  const { status, first, priority } = ticket('No signal') ?? assert.fail();
  assert.deepEqual([status, first.direction, first.body, priority], ['new', 'in', 'Noise.', 'normal']);
  const radio = world.side.held.companies().find(({ name }) => name === 'Radio Works');
  assert.equal(radio?.externalId, AccountId);
});

test('what Zendesk says of a ticket more exactly than Salesforce can stays until it is said otherwise', async () => {
  const { id, caseId } = await newTicket('Words', { status: 'hold', priority: 'urgent' });
  const now = () => {
    const { status, priority, subject } =
      world.side.held.cases().find((one) => one.id === id) ?? assert.fail();
    return [status, priority, subject];
  };
  const becomes = (expected: unknown[]) =>
    waitFor(
      () => `${String(expected)}, not ${String(now())}`,
      () => now().join() === expected.join(),
    );
  await update('Case', { Id: caseId, Subject: 'More words' });
  await becomes(['hold', 'urgent', 'More words']);
  await update('Case', { Id: caseId, Status: 'Open', Priority: 'Low' });
  await becomes(['open', 'low', 'More words']);
  await update('Case', { Id: caseId, Status: 'Closed' });
  await becomes(['solved', 'low', 'More words']);
  await world.side.people.changeCase(id, { priority: 'normal' });
  await waitFor('the priority', () => world.org.org.records.get('Case', caseId)?.['Priority'] === 'Medium');
  assert.equal(world.org.org.records.get('Case', caseId)?.['Status'], 'Closed', 'solved is no news');
  await update('Case', { Id: caseId, Status: 'Open' });
  await becomes(['open', 'normal', 'More words']);
});

test('what is closed in Zendesk is closed in Salesforce, and what changes there later is kept, and said', async () => {
  const { id, caseId } = await newTicket('For good');
  await world.side.people.changeCase(id, { status: 'closed' });
  await waitFor('it to be closed', () => row('Case', 'Subject', 'For good')?.['Status'] === 'Closed');
  await update('Case', { Id: caseId, Subject: 'For good?' });
  await waitFor('the link to say so', () => /closed/.test(String(link(`case:${id}`)?.['Last_Error__c'])));
  assert.equal(ticket('For good?'), undefined);
  // Both sides are to be compared later on.
  await update('Case', { Id: caseId, Subject: 'For good' });
});

test('internal and public comments go both ways, each once, and are said by whom they were said', async () => {
  const { people } = world.side;
  const { id, caseId: ParentId } = await newTicket('Talk', { message: 'It burns.' });
  await people.note(id, 'Looks bad.');
  await people.reply(id, 'out', 'We look into it.');
  await people.reply(id, 'in', 'Hurry.');
  await create('CaseComment', { ParentId, CommentBody: 'It is bad.', IsPublished: false });
  await create('EmailMessage', { ParentId, Status: '3', Subject: 'Fire', TextBody: 'It is out.' });
  await create('EmailMessage', { ParentId, Status: '0', Incoming: true, TextBody: 'Thanks.' });
  await waitFor('all of it', () => ticket('Talk')?.replies.length === 4);
  await atRest();
  const { notes, replies } = ticket('Talk') ?? assert.fail();
  assert.deepEqual(notes, ['Looks bad.', 'It is bad.']);
  assert.deepEqual(
    replies.map(({ direction, body }) => `${direction} ${body}`),
    ['out We look into it.', 'in Hurry.', 'out It is out.', 'in Thanks.'],
  );
  assert.equal(live('EmailMessage').filter((one) => one['ParentId'] === ParentId).length, 5);
});

test('name, e-mail and company of a customer cross both ways', async () => {
  const { people } = world.side;
  const { Id } = await arrives('Contact', 'Email', 'hedy@film.test');
  const id = user('hedy@film.test')?.id ?? assert.fail();
  await update('Contact', { Id, FirstName: 'Hedwig Eva', LastName: 'Kiesler', Email: 'h@kiesler.test' });
  await waitFor('the user', () => user('h@kiesler.test')?.firstName === 'Hedwig Eva');
  await people.changeCustomer(id, { firstName: 'Hedy', lastName: 'Mandl', email: 'hedy@mandl.test' });
  const contact = await arrives('Contact', 'Email', 'hedy@mandl.test');
  assert.deepEqual([contact.Id, contact['FirstName'], contact['LastName']], [Id, 'Hedy', 'Mandl']);
  const companyId = await people.company('Film Inc');
  await people.changeCustomer(id, { companyId });
  const account = await arrives('Account', 'Name', 'Film Inc');
  await waitFor('its account', () => world.org.org.records.get('Contact', Id)?.['AccountId'] === account.Id);
  await people.changeCompany(companyId, 'Film Limited');
  await waitFor('its name', () => row('Account', 'Name', 'Film Limited')?.Id === account.Id);
  await update('Account', { Id: account.Id, Name: 'Film Group' });
  await waitFor('its name again', () =>
    world.side.held.companies().some(({ name }) => name === 'Film Group'),
  );
});

test('an organization and a ticket whose answers are lost are found by our ids, though their names are others by then', async () => {
  const { organizations, tickets } = world.zendesk.state.tables;
  const lose = (path: RegExp, rename: () => void) =>
    world.side.faults.add({
      match: { method: 'POST', path },
      action: 'dropAfter',
      // Once it is made, and before anybody knows of it.
      onStrike: () => void setImmediate(rename),
    });
  const last = <T>(table: readonly T[]): T => table.at(-1) ?? assert.fail();
  lose(/organizations$/, () => world.zendesk.state.change(last(organizations), { name: 'Lost and found' }));
  const accountId = await create('Account', { Name: 'Lost' });
  await waitFor('its link', () => row('Desk_Link__c', 'Record_Id__c', accountId));
  assert.equal(organizations.filter(({ external_id }) => external_id === accountId).length, 1);
  lose(/tickets$/, () => world.zendesk.state.change(last(tickets), { subject: 'Found' }));
  const ContactId = row('Contact', 'Email', 'g@radio.test')?.Id;
  const caseId = await create('Case', { Subject: 'Lost', ContactId, Status: 'Open' });
  await waitFor('its link', () => row('Desk_Link__c', 'Record_Id__c', caseId));
  assert.equal(tickets.filter(({ external_id }) => external_id === caseId).length, 1);
  await atRest();
});

test('a bridge that is killed in the middle of much goes on where it was, and doubles nothing', async () => {
  const { people } = world.side;
  for (let n = 0; n < 20; n += 1) {
    await people.customer({ lastName: `Of-Zendesk-${n}`, email: `z${n}@many.test` });
    await create('Contact', { LastName: `Of-Salesforce-${n}`, Email: `s${n}@many.test` });
  }
  await waitFor('the first of them', () => user('s0@many.test') ?? row('Contact', 'Email', 'z0@many.test'));
  await bridge.kill();
  const customerId = user('z1@many.test')?.id ?? assert.fail();
  await people.case({ subject: 'Meanwhile', customerId, status: 'open' });
  bridge = await world.startBridge();
  await atRest();
  assert.equal(live('Contact').filter((one) => /@many/.test(String(one['Email']))).length, 40);
  assert.equal(world.side.held.customers().filter(({ email }) => /@many/.test(email ?? '')).length, 40);
});

test('a ticket of a call has tasks for its messages, and an e-mail of Salesforce comes to it as a note', async () => {
  const { caseId: ParentId } = await newTicket('She rang', { channel: 'phone', message: 'Call back.' });
  const task = await arrives('Task', 'Description', 'Call back.');
  assert.deepEqual([task['WhatId'], task['Status']], [ParentId, 'Completed']);
  await create('EmailMessage', { ParentId, Status: '3', Subject: 'Your call', TextBody: 'Done.' });
  await waitFor('the note', () => ticket('She rang')?.notes.some((note) => note.endsWith('Done.')));
  assert.deepEqual(ticket('She rang')?.replies, []);
});

test('what is deleted or merged away in Zendesk ends the sync of its pair, which its link says', async () => {
  const { id, caseId } = await newTicket('To be deleted');
  const { users } = world.zendesk.state.tables;
  const [loser, winner] = ['s1@many.test', 's2@many.test'].map((email) => user(email)?.id ?? assert.fail());
  const byId = (wanted: string | undefined) =>
    users.find((one) => String(one.id) === wanted) ?? assert.fail();
  await world.side.people.deleteCase(id);
  mergeUsers(world.zendesk.state, byId(loser), byId(winner));
  // The exports alone tell of them, a minute later, which has passed in Zendesk; a bridge that starts reads them at once.
  ahead += 70_000;
  await bridge.kill();
  bridge = await world.startBridge();
  for (const key of [`case:${id}`, `customer:${loser}`])
    await waitFor(
      () => `${key} to be unlinked:\n${bridge.output()}`,
      () => link(key)?.['Status__c'] === 'Unlinked',
    );
  assert.ok(world.org.org.records.get('Case', caseId), 'Salesforce keeps its own');
  assert.equal(link(`customer:${winner}`)?.['Status__c'], 'In Step');
});

test('a case that is deleted in Salesforce ends the sync of its pair, and Zendesk keeps its ticket', async () => {
  const { id, caseId } = await newTicket('Deleted in Salesforce');
  await world.salesforce.sobject('Case').destroy(caseId);
  await waitFor('the link to say so', () => link(`case:${id}`)?.['Status__c'] === 'Unlinked');
  assert.equal(ticket('Deleted in Salesforce')?.status, 'open');
});

test('nobody was e-mailed by any of it, and Zendesk had to refuse no request for its limit', async () => {
  assert.deepEqual(world.side.emailed(), []);
  assert.equal(world.side.refused(), 0);
  assert.equal(await bridge.stop(), 0);
});
