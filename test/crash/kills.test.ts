import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Fault, Faults } from '../support/faults.ts';
import { differences } from '../support/oracle.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let serial = 0;

/** E-mails of Salesforce are found by the sweep. */
const startBridge = () => world.startBridge({ DESKCONNECT_SWEEP_SECONDS: '1' });

before(async () => {
  world = await createWorld();
});
after(() => world.close());

/** New records and changes on both sides, so that every kind of request comes to pass. */
async function work(): Promise<void> {
  serial += 1;
  const n = serial;
  const customer = await world.agent<{ id: number }>('POST', 'customers', {
    first_name: 'C',
    last_name: `Customer ${n}`,
    emails: [{ type: 'work', value: `c${n}@desk.test` }],
  });
  await world.agent('POST', 'cases', {
    type: 'email',
    subject: `Case ${n}`,
    status: 'open',
    priority: 8,
    message: { direction: 'in', status: 'received', subject: 'S', body: 'B' },
    _links: { customer: { href: `/api/v2/customers/${customer.id}`, class: 'customer' } },
  });
  const account = await world.salesforce.sobject('Account').create({ Name: `Account ${n}` });
  const contact = await world.salesforce
    .sobject('Contact')
    .create({ LastName: `Contact ${n}`, Email: `k${n}@org.test`, AccountId: account.id });
  await world.salesforce
    .sobject('Case')
    .create({ Subject: `From Salesforce ${n}`, ContactId: contact.id, Status: 'Open' });
  const { records } = await world.salesforce.query<{ Id: string }>(
    "SELECT Id FROM Case WHERE Subject LIKE 'Case %'",
  );
  for (const { Id } of records.slice(-2))
    await world.salesforce.sobject('Case').update({ Id, Priority: n % 2 ? 'Low' : 'High' });
  for (const { Id } of records.slice(-1))
    await world.salesforce
      .sobject('CaseComment')
      .create({ ParentId: Id, CommentBody: `Comment ${n}`, IsPublished: false });
  const [first] = world.desk.state.tables.cases;
  if (first) await world.agent('POST', `cases/${first.id}/notes`, { body: `Note ${n}` });
  for (const { Id } of records.slice(-1))
    await world.salesforce
      .sobject('EmailMessage')
      .create({ ParentId: Id, Status: '3', TextBody: `E-mail ${n}` });
  if (first) await world.agent('POST', `cases/${first.id}/replies`, { status: 'sent', body: `Reply ${n}` });
  if (first) await world.agent('PATCH', `cases/${first.id}`, { status: n % 2 ? 'pending' : 'open' });
}

const atRest = () =>
  waitFor(
    () => `both systems to be equal:\n${differences(world).join('\n')}`,
    () => differences(world).length === 0,
  );

type Step = { name: string; faults: () => Faults; match: Fault['match']; action: 'dropBefore' | 'dropAfter' };
const steps: Step[] = [
  {
    name: 'before a record is made in Salesforce',
    faults: () => world.org.org.faults,
    match: { method: 'POST', path: /composite\/graph/ },
    action: 'dropBefore',
  },
  {
    name: 'after a record was made in Salesforce',
    faults: () => world.org.org.faults,
    match: { method: 'POST', path: /composite\/graph/ },
    action: 'dropAfter',
  },
  {
    name: 'before a record is changed in Salesforce',
    faults: () => world.org.org.faults,
    match: { method: 'PATCH', path: /composite\/sobjects/, body: /"type":"Case"/ },
    action: 'dropBefore',
  },
  {
    name: 'after a record was changed in Salesforce',
    faults: () => world.org.org.faults,
    match: { method: 'PATCH', path: /composite\/sobjects/, body: /"type":"Case"/ },
    action: 'dropAfter',
  },
  {
    name: 'before a link is made',
    faults: () => world.org.org.faults,
    match: { method: 'POST', path: /composite\/sobjects/, body: /Desk_Link__c/ },
    action: 'dropBefore',
  },
  {
    name: 'after a link was made',
    faults: () => world.org.org.faults,
    match: { method: 'POST', path: /composite\/sobjects/, body: /Desk_Link__c/ },
    action: 'dropAfter',
  },
  {
    name: 'after a link was changed',
    faults: () => world.org.org.faults,
    match: { method: 'PATCH', path: /composite\/sobjects/, body: /Desk_Link__c/ },
    action: 'dropAfter',
  },
  {
    name: 'before a customer is made in Desk',
    faults: () => world.desk.faults,
    match: { method: 'POST', path: /customers$/, body: /external_id/ },
    action: 'dropBefore',
  },
  {
    name: 'after a customer was made in Desk',
    faults: () => world.desk.faults,
    match: { method: 'POST', path: /customers$/, body: /external_id/ },
    action: 'dropAfter',
  },
  {
    name: 'after a company was made in Desk',
    faults: () => world.desk.faults,
    match: { method: 'POST', path: /companies$/ },
    action: 'dropAfter',
  },
  {
    name: 'after a case was made in Desk',
    faults: () => world.desk.faults,
    match: { method: 'POST', path: /cases$/, body: /external_id/ },
    action: 'dropAfter',
  },
  {
    name: 'after a case was changed in Desk',
    faults: () => world.desk.faults,
    match: { method: 'PATCH', path: /cases\/\d+$/, body: /priority/ },
    action: 'dropAfter',
  },
  {
    name: 'after a note was made in Desk',
    faults: () => world.desk.faults,
    match: { method: 'POST', path: /notes$/, body: /Comment/ },
    action: 'dropAfter',
  },
  {
    name: 'after a comment was made in Salesforce',
    faults: () => world.org.org.faults,
    match: { method: 'POST', path: /composite\/graph/, body: /CaseComment/ },
    action: 'dropAfter',
  },
  {
    name: 'after a reply was made in Desk',
    faults: () => world.desk.faults,
    match: { method: 'POST', path: /replies$/, body: /E-mail/ },
    action: 'dropAfter',
  },
  {
    name: 'before an e-mail was made in Salesforce',
    faults: () => world.org.org.faults,
    match: { method: 'POST', path: /composite\/graph/, body: /EmailMessage/ },
    action: 'dropBefore',
  },
  {
    name: 'after an e-mail was made in Salesforce',
    faults: () => world.org.org.faults,
    match: { method: 'POST', path: /composite\/graph/, body: /EmailMessage/ },
    action: 'dropAfter',
  },
];

for (const step of steps) {
  test(`killed ${step.name}: nothing is lost and nothing doubled`, async () => {
    const bridge = await startBridge();
    let struck = false;
    step.faults().add({
      match: step.match,
      action: step.action,
      onStrike: () => {
        struck = true;
        bridge.child.kill('SIGKILL');
      },
    });
    await work();
    await waitFor(`the kill ${step.name}`, () => struck);
    await bridge.kill();
    const next = await startBridge();
    await atRest();
    assert.equal(await next.stop(), 0);
  });
}

test('invariants 1 and 2: killed again and again at any time, nothing is lost and nothing doubled', async () => {
  for (let kill = 0; kill < 5; kill += 1) {
    const bridge = await startBridge();
    const working = work();
    const calls = world.org.org.calls.length + 5 + kill * 4;
    await waitFor('some requests', () => world.org.org.calls.length >= calls);
    await bridge.kill();
    await working;
  }
  const last = await startBridge();
  await atRest();
  assert.equal(await last.stop(), 0);
});
