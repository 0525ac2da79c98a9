import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { callZendesk } from '../support/callZendesk.ts';
import { startZendesk, type LocalZendesk, type ZendeskOptions } from '../zendesk/startZendesk.ts';

let clock = Date.parse('2016-05-01T10:00:30Z');
let zendesk: LocalZendesk;
const open = async (options: ZendeskOptions) => {
  await zendesk.close();
  zendesk = await startZendesk({ now: () => clock, ...options });
};
beforeEach(async () => {
  clock = Date.parse('2016-05-01T10:00:30Z');
  zendesk = await startZendesk({ now: () => clock });
});
afterEach(() => zendesk.close());

const call = (method: string, path: string, body?: object) => callZendesk(zendesk, method, path, body);
const newTicket = async () =>
  (await call('POST', 'tickets', { ticket: { comment: { body: 'Hi', public: false } } })).body.ticket;

test('the account has so many requests a minute, told on every answer, and 429 says how long to wait', async () => {
  await open({ rateLimitPerMinute: 2 });
  const first = await call('GET', 'users/me');
  assert.deepEqual(
    [
      'x-rate-limit',
      'x-rate-limit-remaining',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
    ].map((name) => first.headers.get(name)),
    ['2', '1', '2', '1', '30'],
  );
  await call('GET', 'users/me');
  const refused = await call('GET', 'users/me');
  assert.deepEqual(
    [refused.status, refused.headers.get('retry-after'), refused.headers.get('x-rate-limit-remaining')],
    [429, '30', '0'],
  );
  assert.equal(zendesk.rateLimit.refused, 1);
  clock += 30_000;
  assert.equal((await call('GET', 'users/me')).status, 200);
});

test('one user updates one ticket thirty times in ten minutes', async () => {
  const [first, second] = [await newTicket(), await newTicket()];
  const update = (id: number, subject: string) => call('PUT', `tickets/${id}`, { ticket: { subject } });
  for (let index = 0; index < 30; index += 1)
    assert.equal((await update(first.id, `change ${index}`)).status, 200);
  const refused = await update(first.id, 'one more');
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '570']);
  assert.equal((await update(second.id, 'another ticket')).status, 200);
  const agent = { as: zendesk.agentEmail };
  const body = { ticket: { subject: 'by another user' } };
  assert.equal((await callZendesk(zendesk, 'PUT', `tickets/${first.id}`, body, agent)).status, 200);
  clock += 570_000;
  assert.equal((await update(first.id, 'ten minutes later')).status, 200);
});

test('one record of users and of organizations is updated five times a minute', async () => {
  const { user } = (await call('POST', 'users', { user: { name: 'Ada' } })).body;
  const { organization } = (await call('POST', 'organizations', { organization: { name: 'Acme' } })).body;
  const statuses: number[] = [];
  for (let index = 0; index < 6; index += 1) {
    statuses.push((await call('PUT', `users/${user.id}`, { user: { notes: String(index) } })).status);
    const sent = { organization: { notes: String(index) } };
    statuses.push((await call('PUT', `organizations/${organization.id}`, sent)).status);
  }
  assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 200), 429, 429]);
  const { user: other } = (await call('POST', 'users', { user: { name: 'Bob' } })).body;
  assert.equal((await call('PUT', `users/${other.id}`, { user: { notes: 'x' } })).status, 200);
});

test('the limits of endpoints can be others', async () => {
  await open({ limits: { updateManyPerMinute: 1 } });
  const { id } = await newTicket();
  const many = () => call('PUT', `tickets/update_many?ids=${id}`, { ticket: { subject: 'x' } });
  assert.deepEqual([(await many()).status, (await many()).status], [200, 429]);
});
