import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { DeskChanges } from '../../bridge/src/ports/helpDesk.ts';
import { createZendesk } from '../../bridge/src/zendesk/createZendesk.ts';
import {
  adapterFor,
  again,
  fresh,
  readOne,
  recordIn,
  startZendeskAdapter,
  work,
} from '../support/zendeskAdapter.ts';

const { clock, local, desk, customer, ticket } = await startZendeskAdapter();
after(() => local.close());
const callsSince = (count: number) => local.calls.slice(count).map(({ method, path }) => `${method} ${path}`);

test('a company, a customer and a ticket are made, changed and read', async () => {
  const [made] = await desk.create(
    'company',
    fresh({ name: 'Acme', externalId: '001A', domains: ['acme.test'] }),
  );
  const company = recordIn(made);
  const ada = await customer({
    lastName: 'Ada Lovelace',
    emails: work('ada@acme.test'),
    phones: work('+1 555'),
    background: 'VIP',
    companyId: company.id,
    externalId: '003A',
  });
  assert.deepEqual(
    { ...ada, id: '', updatedAt: '' },
    {
      pair: 'customer',
      id: '',
      updatedAt: '',
      customFields: {},
      externalId: '003A',
      firstName: null,
      lastName: 'Ada Lovelace',
      title: null,
      background: 'VIP',
      emails: work('ada@acme.test'),
      phones: work('+1 555'),
      companyId: company.id,
    },
  );
  const made2 = await ticket({
    subject: 'Printer on fire',
    description: 'It burns.',
    priority: 'urgent',
    status: 'open',
    customerId: ada.id,
    externalId: '500A',
  });
  assert.ok(made2.pair === 'case');
  assert.deepEqual(
    [made2.subject, made2.description, made2.priority, made2.status, made2.customerId, made2.conversation],
    ['Printer on fire', 'It burns.', 'urgent', 'open', ada.id, '1'],
  );
  const [changed] = await desk.update('case', [
    { id: made2.id, changes: { status: 'pending', priority: null } },
  ]);
  const after_ = recordIn(changed);
  assert.ok(after_.pair === 'case');
  assert.deepEqual([after_.status, after_.priority, after_.conversation], ['pending', null, '1']);
  assert.deepEqual(await readOne(desk, 'case', made2.id), after_);
  const [renamed] = await desk.update('customer', [{ id: ada.id, changes: { companyId: null, phones: [] } }]);
  const user = recordIn(renamed);
  assert.deepEqual(user.pair === 'customer' && [user.companyId, user.phones], [null, []]);
});

test('nobody is e-mailed for a user who is made, nor for an address that changes', async () => {
  local.state.notifications.length = 0;
  const { id } = await customer({ lastName: 'Quiet', emails: work('quiet@mail.test') });
  await desk.update('customer', [{ id, changes: { emails: work('quieter@mail.test') } }]);
  assert.deepEqual(local.state.notifications, []);
});

test('what is gone is absent from a read, and a change of it says so', async () => {
  const { id: userId } = await customer({ lastName: 'Leaver' });
  const { id } = await ticket({ subject: 'Gone', customerId: userId });
  assert.deepEqual(await desk.remove([id, '999999']), [{ outcome: 'done' }, { outcome: 'done' }]);
  assert.equal(await readOne(desk, 'case', id), undefined);
  assert.equal((await desk.update('case', [{ id, changes: { subject: 'x' } }]))[0]?.outcome, 'gone');
});

test('many records are made, changed and deleted by jobs, each with an outcome of its own', async () => {
  const count = 150;
  const before_ = local.calls.length;
  const made = await desk.create(
    'customer',
    fresh(
      ...Array.from({ length: count }, (_, n) => ({
        lastName: `Many ${n}`,
        emails: work(`many${n}@mail.test`),
      })),
    ),
  );
  assert.ok(made.every(({ outcome }) => outcome === 'done'));
  assert.ok(local.calls.length - before_ <= 8, callsSince(before_).join('\n'));
  const ids = made.map((one) => recordIn(one).id);
  const updates = ids.slice(0, 5).map((id, n) => ({ id, changes: { background: `Note ${n}` } }));
  const outcomes = await desk.update('customer', [...updates, { id: '12345', changes: { background: 'x' } }]);
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['done', 'done', 'done', 'done', 'done', 'gone'],
  );
  assert.deepEqual(
    outcomes.slice(0, 5).map((one) => {
      const record = recordIn(one);
      return record.pair === 'customer' && record.background;
    }),
    updates.map(({ changes }) => changes.background),
  );
  const tickets = await desk.create(
    'case',
    fresh(...ids.slice(0, 4).map((customerId, n) => ({ subject: `Many ${n}`, customerId }))),
  );
  const ticketIds = tickets.map((one) => recordIn(one).id);
  assert.deepEqual(new Set((await desk.remove(ticketIds)).map(({ outcome }) => outcome)), new Set(['done']));
  assert.equal((await desk.read('case', ticketIds, () => true)).size, 0);
});

test('what is in use is taken, alone and in a job', async () => {
  await customer({ lastName: 'Holder', emails: work('holder@mail.test'), externalId: '003HOLDER' });
  const taken = async (...changes: DeskChanges[]) =>
    (await desk.create('customer', fresh(...changes))).map((one) => one.outcome === 'taken' && one.field);
  const email = { lastName: 'Second', emails: work('holder@mail.test') };
  const externalId = { lastName: 'Third', externalId: '003HOLDER' };
  assert.deepEqual(await taken(email), ['email']);
  assert.deepEqual(await taken(email, externalId, { lastName: 'Free' }), ['email', 'externalId', false]);
  const [first, second] = await desk.create('company', fresh({ name: 'Taken' }, { name: 'taken' }));
  assert.deepEqual([first?.outcome, second?.outcome === 'taken' && second.field], ['done', 'name']);
  assert.ok(
    second?.outcome === 'taken' && !second.failure.message.includes('taken has'),
    'it quotes no value',
  );
});

test('a ticket is made once, though the answer is lost', async () => {
  const { id: customerId } = await customer({ lastName: 'Once' });
  const changes = { subject: 'Once', customerId, externalId: '500ONCE' };
  local.faults.add({ match: { method: 'POST', path: /tickets/ }, action: 'dropAfter' });
  const [lost] = await desk.create('case', fresh(changes));
  assert.equal(lost?.outcome === 'refused' && lost.failure.class, 'network');
  const [taken] = await desk.create('case', again({ ...changes, subject: 'Changed since' }));
  assert.equal(taken?.outcome === 'taken' && taken.field, 'externalId');
  const [repeated] = await desk.create('case', fresh(changes));
  const record = recordIn(repeated);
  assert.deepEqual(
    (await desk.find({ pair: 'case', by: 'externalId', value: '500ONCE' })).map(({ id }) => id),
    [record.id],
  );
  await desk.remove([record.id]);
  const [other] = await desk.create('case', fresh(changes));
  assert.notEqual(recordIn(other).id, record.id, 'what is deleted is not taken');
});

test('while a job is about to make tickets, none is made again', async () => {
  const { id: customerId } = await customer({ lastName: 'Slow' });
  const changes = ['A', 'B', 'C'].map((name) => ({
    subject: name,
    customerId,
    externalId: `500SLOW${name}`,
  }));
  local.jobs.delayMs = 5_000;
  local.faults.add({ match: { method: 'POST', path: /create_many/ }, action: 'dropAfter' });
  await desk.create('case', fresh(...changes));
  const outcomes = await desk.create('case', again(...changes));
  assert.deepEqual(
    outcomes.map((one) => one.outcome === 'refused' && one.failure.class),
    ['busy', 'busy', 'busy'],
  );
  local.jobs.delayMs = 0;
  clock.time += 5_000;
  const later = await desk.create('case', again(...changes));
  assert.deepEqual(
    later.map(({ outcome }) => outcome),
    ['taken', 'taken', 'taken'],
  );
});

test('an e-mail is written over the primary one; one that the user has already becomes primary', async () => {
  const { id } = await customer({ lastName: 'Mail', emails: work('first@mail.test') });
  const write = async (...values: string[]) => {
    const emails = values.map((value) => ({ type: 'work', value }));
    const record = recordIn((await desk.update('customer', [{ id, changes: { emails } }]))[0]);
    return record.pair === 'customer' && record.emails.map(({ value }) => value);
  };
  assert.deepEqual(await write('second@mail.test'), ['second@mail.test']);
  assert.deepEqual(await desk.find({ pair: 'customer', by: 'email', value: 'first@mail.test' }), []);
  assert.deepEqual(await write('third@mail.test', 'second@mail.test'), ['third@mail.test']);
  assert.deepEqual(await write('second@mail.test'), ['second@mail.test']);
  const [found] = await desk.find({ pair: 'customer', by: 'email', value: 'third@mail.test' });
  assert.equal(found?.id, id, 'by an address that is not the primary one');
  assert.deepEqual(await write(), ['third@mail.test'], 'the next one is primary then');
  assert.deepEqual(await write(), []);
});

test("a ticket that is nobody's becomes the caller's when it is solved", async () => {
  const { id: customerId } = await customer({ lastName: 'Solver' });
  const { id } = await ticket({ subject: 'Solve me', customerId });
  const solved = recordIn((await desk.update('case', [{ id, changes: { status: 'solved' } }]))[0]);
  assert.equal(solved.pair === 'case' && solved.status, 'solved');
  const made = await ticket({ subject: 'Solved from the start', customerId, status: 'solved' });
  assert.equal(made.pair === 'case' && made.status, 'solved');
});

test('a closed ticket refuses changes, and it is said what to do', async () => {
  const { id: customerId } = await customer({ lastName: 'Closer' });
  const { id } = await ticket({ subject: 'Close me', customerId, status: 'solved' });
  await desk.update('case', [{ id, changes: { status: 'closed' } }]);
  const [refused] = await desk.update('case', [{ id, changes: { subject: 'x' } }]);
  assert.ok(refused?.outcome === 'refused');
  assert.equal(refused.failure.class, 'validation');
  assert.match(refused.failure.message, /follow-up ticket/);
});

test('an agent who is linked is not changed, and the customers beside him are', async () => {
  const agent = local.state.tables.users.find(({ role }) => role === 'agent');
  const { id } = await customer({ lastName: 'Beside' });
  const changes = { lastName: 'Another name', emails: work('another@mail.test') };
  const [refused, done] = await desk.update('customer', [
    { id: String(agent?.id), changes },
    { id, changes: { lastName: 'Beside him' } },
  ]);
  assert.equal(refused?.outcome === 'refused' && refused.failure.class, 'permission');
  assert.equal(agent?.name, 'Local Agent');
  assert.equal(recordIn(done).id, id);
});

test('where bulk creation of users is off, they are made one by one', async () => {
  local.settings.bulkUserImports = false;
  const fresh_ = adapterFor(local, clock);
  const changes = ['A', 'B', 'C', 'D'].map((name) => ({ lastName: `Single ${name}` }));
  const made = await fresh_.create('customer', fresh(...changes));
  assert.deepEqual(
    made.map((one) => recordIn(one)).map((record) => record.pair === 'customer' && record.lastName),
    changes.map(({ lastName }) => lastName),
  );
  const before_ = local.calls.length;
  await fresh_.create('customer', fresh({ lastName: 'E' }, { lastName: 'F' }, { lastName: 'G' }));
  assert.equal(local.calls.length - before_, 3, 'it is not asked for again');
  local.settings.bulkUserImports = true;
});

test('an OAuth token opens it as well, and a wrong token is a matter of authorization', async () => {
  const { url } = local;
  const byToken = createZendesk({ url, auth: { kind: 'oauth', accessToken: 'local-oauth-token' }, clock });
  assert.deepEqual(await byToken.fields('case'), await desk.fields('case'));
  const wrong = createZendesk({ url, auth: { kind: 'oauth', accessToken: 'nonsense' }, clock });
  const [outcome] = await wrong.create('company', fresh({ name: 'No' }));
  assert.equal(outcome?.outcome === 'refused' && outcome.failure.class, 'auth');
  const reader = createZendesk({
    url,
    auth: { kind: 'oauth', accessToken: 'local-oauth-read-token' },
    clock,
  });
  const [refused] = await reader.create('company', fresh({ name: 'No' }));
  assert.equal(refused?.outcome === 'refused' && refused.failure.class, 'permission');
});
