import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { PairKind } from '../../bridge/src/core/pair.ts';
import type { FeedPosition, HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { callZendesk, type ZendeskRecord } from '../support/callZendesk.ts';
import { adapterFor, jumpingClock, type JumpingClock } from '../support/zendeskAdapter.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

let clock: JumpingClock;
let local: LocalZendesk;
let desk: HelpDesk;
beforeEach(async () => {
  clock = jumpingClock(Date.parse('2026-05-01T10:00:00Z'));
  local = await startZendesk({ now: clock.now, rateLimitPerMinute: 100_000 });
  desk = adapterFor(local, clock);
});
afterEach(() => local.close());

const call = async (method: string, path: string, body?: object) =>
  (await callZendesk(local, method, path, body)).body;
const newUser = async (name: string) => (await call('POST', 'users', { user: { name } })).user;
const newTicket = async (subject: string, more: object = {}) =>
  (await call('POST', 'tickets', { ticket: { subject, comment: { body: subject }, ...more } })).ticket;
const idOf = ({ id }: ZendeskRecord) => String(id);
const seconds = (count: number) => {
  clock.time += count * 1_000;
};

type Told = { readonly records: string[]; readonly gone: string[]; readonly position: FeedPosition };
/** Reads the feed to its end. */
async function poll(pair: PairKind, from: FeedPosition): Promise<Told> {
  const records: string[] = [];
  const gone: string[] = [];
  let position = from;
  for (let more = true; more;) {
    const page = await desk.changes(pair, position);
    records.push(...page.records.map(({ id }) => id));
    gone.push(...page.gone);
    ({ position, more } = page);
  }
  return { records, gone, position };
}
const exports_ = () => local.calls.filter(({ path }) => path.includes('/incremental/')).length;

test('a change is told by the next poll, though the export leaves out the last minute', async () => {
  let { position } = await poll('case', desk.startOf('case', clock.time));
  seconds(5);
  const ticket = await newTicket('Just now');
  const first = await poll('case', position);
  assert.ok(first.records.includes(idOf(ticket)));
  ({ position } = first);
  seconds(5);
  await call('PUT', `tickets/${ticket.id}`, { ticket: { subject: 'Changed' } });
  const page = await desk.changes('case', position);
  assert.deepEqual(
    page.records.map((one) => one.pair === 'case' && one.subject),
    ['Changed'],
  );
});

test('all that agents change in one go is told by the next poll', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 600; n += 1) ids.push(idOf(await newTicket(`Burst ${n}`)));
  const { records } = await poll('case', desk.startOf('case', clock.time));
  assert.deepEqual(new Set(records), new Set(ids));
});

test('what the search does not know yet comes with the export, a minute later', async () => {
  local.settings.searchLagMs = 300_000;
  let { position } = await poll('customer', desk.startOf('customer', clock.time));
  const user = await newUser('Not in the index');
  const company = (await call('POST', 'organizations', { organization: { name: 'Neither' } })).organization;
  const companies = await poll('company', desk.startOf('company', clock.time));
  assert.deepEqual(companies.records, []);
  const told: string[] = [];
  for (let waited = 0; waited <= 90; waited += 10) {
    seconds(10);
    const page = await poll('customer', position);
    told.push(...page.records);
    ({ position } = page);
  }
  assert.ok(told.includes(idOf(user)));
  assert.ok((await poll('company', companies.position)).records.includes(idOf(company)));
});

test('however often it is polled, the exports stay within ten a minute and tell of all', async () => {
  local.limits.limits.incrementalExportsPerMinute = 10;
  const positions = new Map<PairKind, FeedPosition>();
  for (const pair of ['company', 'customer', 'case'] as const)
    positions.set(pair, desk.startOf(pair, clock.time));
  const made = new Set<string>();
  const told = new Set<string>();
  for (let second = 0; second < 240; second += 2) {
    seconds(2);
    if (second < 120) made.add(idOf(await newTicket(`Ticket ${second}`)));
    const before = exports_();
    for (const pair of ['company', 'customer', 'case'] as const) {
      const page = await poll(pair, positions.get(pair) ?? null);
      positions.set(pair, page.position);
      if (pair === 'case') for (const id of page.records) told.add(id);
    }
    assert.ok(exports_() - before <= 3);
  }
  assert.deepEqual(
    [...made].filter((id) => !told.has(id)),
    [],
  );
  assert.ok(exports_() <= 40 && exports_() > 20, String(exports_()));
  assert.equal(local.rateLimit.refused, 0);
});

test('a change of the system is told though the ticket was not updated', async () => {
  const { organization } = await call('POST', 'organizations', { organization: { name: 'Moving' } });
  const user = await newUser('Mover');
  const ticket = await newTicket('Moved', { requester_id: user.id });
  seconds(200);
  const { position } = await poll('case', desk.startOf('case', clock.time));
  await call('PUT', `users/${user.id}`, { user: { organization_id: organization.id } });
  seconds(62);
  assert.ok((await poll('case', position)).records.includes(idOf(ticket)));
});

test('what is deleted or merged is told as gone', async () => {
  const [winner, loser] = [await newUser('Winner'), await newUser('Loser')];
  const { organization } = await call('POST', 'organizations', { organization: { name: 'Closing' } });
  const ticket = await newTicket('To be deleted');
  const began = clock.time;
  await call('PUT', `users/${loser.id}/merge`, { user: { id: winner.id } });
  await call('DELETE', `organizations/${organization.id}`);
  await call('DELETE', `tickets/${ticket.id}`);
  seconds(90);
  assert.deepEqual((await poll('customer', desk.startOf('customer', began))).gone, [idOf(loser)]);
  assert.deepEqual((await poll('company', desk.startOf('company', began))).gone, [idOf(organization)]);
  assert.deepEqual((await poll('case', desk.startOf('case', began))).gone, [idOf(ticket)]);
  assert.equal((await desk.read('customer', [idOf(loser)], () => true)).size, 0);
});

test('tickets of one second are told, each of them, over pages', async () => {
  const made = [];
  for (let n = 0; n < 1_100; n += 1) made.push(idOf(await newTicket(`Burst ${n}`)));
  seconds(120);
  const told = new Set((await poll('case', null)).records);
  assert.deepEqual(
    made.filter((id) => !told.has(id)),
    [],
  );
});

test('organizations of one second are told over pages, and the feed goes on behind them', async () => {
  const made = [];
  for (let n = 0; n < 1_001; n += 1) {
    if (n === 500) seconds(1);
    made.push(
      idOf((await call('POST', 'organizations', { organization: { name: `Burst ${n}` } })).organization),
    );
  }
  seconds(120);
  const { records, position } = await poll('company', null);
  assert.deepEqual(
    made.filter((id) => !records.includes(id)),
    [],
  );
  const late = (await call('POST', 'organizations', { organization: { name: 'Late' } })).organization;
  seconds(70);
  assert.ok((await poll('company', position)).records.includes(idOf(late)));
});

test('a full read has all that is there, also of the last minute, and leaves exports to the changes', async () => {
  for (let n = 0; n < 5; n += 1) await newTicket(`Old ${n}`);
  seconds(300);
  await newTicket('Of this minute');
  const { records, position } = await poll('case', null);
  assert.equal(new Set(records).size, local.state.tables.tickets.length);
  for (let n = 0; n < 20; n += 1) await poll('case', null);
  const began = clock.time;
  await desk.changes('case', position);
  assert.equal(clock.time, began, 'the changes need not wait');
  assert.equal(local.calls.at(-2)?.path.includes('/incremental/'), true);
});

test('agents are not among the customers, and those who asked for a ticket can be read', async () => {
  const agent = local.state.tables.users.find(({ role }) => role === 'agent');
  const user = await newUser('A customer');
  seconds(90);
  assert.deepEqual((await poll('customer', null)).records, [idOf(user)]);
  assert.equal((await desk.read('customer', [String(agent?.id)], () => true)).size, 1);
});

test('a customer who becomes an agent is changed no more', async () => {
  const user = await newUser('Promoted');
  const { position } = await poll('customer', desk.startOf('customer', clock.time));
  const write = async (lastName: string) =>
    (await desk.update('customer', [{ id: idOf(user), changes: { lastName } }]))[0]?.outcome;
  assert.equal(await write('Before'), 'done');
  await call('PUT', `users/${user.id}`, { user: { role: 'agent' } });
  seconds(5);
  await poll('customer', position);
  assert.equal(await write('After'), 'refused');
});

test('an export that is refused is never begun at another time than the one asked for', async () => {
  await newTicket('Old');
  seconds(300);
  local.faults.add({ match: { path: /incremental/ }, action: 'status', status: 422, body: { error: 'No' } });
  await assert.rejects(desk.changes('case', null));
  assert.equal((await poll('case', null)).records.length, 1);
});

test('it is told up to a minute ago, and not before it was read to its end', async () => {
  assert.equal(desk.toldUpTo('case'), null);
  await poll('case', null);
  assert.equal(desk.toldUpTo('case'), null, 'a full read is no news');
  await poll('case', desk.startOf('case', clock.time));
  assert.equal(desk.toldUpTo('case'), clock.time - 61_000);
});

test('exports that others have used up hold up no change that can be seen', async () => {
  const { position } = await poll('case', desk.startOf('case', clock.time));
  seconds(20);
  for (let n = 0; n < 10; n += 1) await call('GET', 'incremental/users/cursor?start_time=0');
  const ticket = await newTicket('Meanwhile');
  const page = await poll('case', position);
  assert.deepEqual([page.records, page.position], [[idOf(ticket)], position]);
});

test('a search that does not work holds up no export', async () => {
  const user = await newUser('Exported');
  seconds(90);
  local.faults.add({ match: { path: /search/ }, action: 'status', status: 503, body: {}, times: 1 });
  assert.deepEqual((await poll('customer', desk.startOf('customer', clock.time - 120_000))).records, [
    idOf(user),
  ]);
});
