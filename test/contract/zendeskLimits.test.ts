import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { callZendesk } from '../support/callZendesk.ts';
import { adapterFor, fresh, made, recordIn, startZendeskAdapter } from '../support/zendeskAdapter.ts';

const { clock, local, desk, customer, ticket } = await startZendeskAdapter();
after(() => local.close());

const minutes = (count: number) => {
  clock.time += count * 60_000;
};

test('one ticket that was changed too often waits, and no other one', async () => {
  const { id: customerId } = await customer({ lastName: 'Often' });
  const { id } = await ticket({ subject: 'Often', customerId });
  const { id: otherId } = await ticket({ subject: 'Seldom', customerId });
  const write = async (ticketId: string, subject: string) =>
    (await desk.update('case', [{ id: ticketId, changes: { subject } }]))[0];
  for (let n = 0; n < 30; n += 1) assert.equal((await write(id, `Often ${n}`))?.outcome, 'done');
  const before_ = local.calls.length;
  const refused = await write(id, 'Too often');
  assert.ok(refused?.outcome === 'refused' && refused.failure.class === 'rateLimit');
  assert.ok((refused.failure.retryAfterMs ?? 0) > 9 * 60_000);
  assert.equal(local.calls.length, before_, 'it is not even asked for');
  assert.equal((await write(otherId, 'Seldom, changed'))?.outcome, 'done');
  minutes(10);
  assert.equal((await write(id, 'Often again'))?.outcome, 'done');
});

test('users and organizations beyond five single updates a minute go by jobs', async () => {
  const { id } = await made(desk, 'company', { name: 'Busy' });
  for (let n = 0; n < 12; n += 1) {
    const [outcome] = await desk.update('company', [{ id, changes: { name: `Busy ${n}` } }]);
    assert.equal(outcome?.outcome, 'done', JSON.stringify(outcome));
  }
});

test('single updates that others have used up are told with the time to come back at', async () => {
  const { id } = await customer({ lastName: 'Popular' });
  minutes(1);
  for (let n = 0; n < 5; n += 1)
    await callZendesk(local, 'PUT', `users/${id}`, { user: { notes: `Theirs ${n}` } });
  const [refused] = await desk.update('customer', [{ id, changes: { background: 'Ours' } }]);
  assert.ok(refused?.outcome === 'refused' && refused.failure.class === 'rateLimit');
  clock.time += refused.failure.retryAfterMs ?? 0;
  recordIn((await desk.update('customer', [{ id, changes: { background: 'Ours' } }]))[0]);
});

test('a job that finds no place waits for one', async () => {
  local.jobs.delayMs = 20_000;
  const fresh_ = adapterFor(local, clock);
  for (let n = 0; n < 30; n += 1) local.jobs.start('Somebody else', []);
  const [first, second, third] = await fresh_.create(
    'company',
    fresh({ name: 'Patient A' }, { name: 'Patient B' }, { name: 'Patient C' }),
  );
  local.jobs.delayMs = 0;
  for (const one of [first, second, third]) recordIn(one);
});
