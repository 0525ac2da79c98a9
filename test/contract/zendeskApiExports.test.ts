import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { callZendesk, type ZendeskRecord } from '../support/callZendesk.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

const BEGIN = Date.parse('2016-05-01T10:00:00Z');
let clock = BEGIN;
let zendesk: LocalZendesk;
before(async () => {
  zendesk = await startZendesk({ now: () => clock, rateLimitPerMinute: 10_000 });
});
after(() => zendesk.close());

const call = (method: string, path: string, body?: object) => callZendesk(zendesk, method, path, body);
const seconds = (ms: number) => Math.floor(ms / 1_000);
const pass = (ms: number) => {
  clock += ms;
};
const newTicket = async (fields: object = {}) =>
  (await call('POST', 'tickets', { ticket: { comment: { body: 'Hi' }, ...fields } })).body.ticket;
const newUser = async (fields: object) => (await call('POST', 'users', { user: fields })).body.user;

type Exported = { tickets: ZendeskRecord[]; after_cursor: string; after_url: string; end_of_stream: boolean };
const exported = async (path: string) => (await call('GET', path)).body as unknown as Exported;

test('the export of tickets leaves out the last minute, and goes on where its cursor ends', async () => {
  pass(3_600_000);
  const start = seconds(clock) - 60;
  const first = await newTicket();
  const tooRecent = await call('GET', `incremental/tickets/cursor?start_time=${seconds(clock)}`);
  assert.deepEqual([tooRecent.status, tooRecent.body['error']], [422, 'StartTimeTooRecent']);
  const empty = await exported(`incremental/tickets/cursor?start_time=${start}`);
  assert.deepEqual([empty.tickets, empty.end_of_stream], [[], true]);
  pass(60_000);
  const page = await exported(`incremental/tickets/cursor.json?cursor=${empty.after_cursor}`);
  assert.deepEqual(
    page.tickets.map((one) => one.id),
    [first.id],
  );
  await call('DELETE', `tickets/${first.id}`);
  pass(61_000);
  const later = await exported(page.after_url);
  assert.deepEqual(
    later.tickets.map((one) => [one.id, one['status']]),
    [[first.id, 'deleted']],
  );
  const without = await exported(`${page.after_url}&exclude_deleted=true`);
  assert.deepEqual([without.tickets, without.end_of_stream], [[], true]);
});

test('tickets of one second are told page by page, each once', async () => {
  pass(60_000);
  const start = seconds(clock);
  const made = [];
  for (let index = 0; index < 5; index += 1) made.push((await newTicket()).id);
  pass(120_000);
  const told: number[] = [];
  let path = `incremental/tickets/cursor?start_time=${start}&per_page=2`;
  for (;;) {
    const page = await exported(path);
    told.push(...page.tickets.map((one) => one.id));
    path = page.after_url;
    if (page.end_of_stream) break;
  }
  assert.deepEqual(told, made);
});

test('a change that the system makes is exported though the ticket was not updated', async () => {
  const { id } = (await call('POST', 'organizations', { organization: { name: 'Moving' } })).body
    .organization;
  const user = await newUser({ name: 'Mover', email: 'mover@mail.test' });
  const ticket = await newTicket({ requester_id: user.id });
  pass(120_000);
  const start = seconds(clock);
  await call('PUT', `users/${user.id}`, { user: { organization_id: id } });
  pass(61_000);
  const [moved] = (await exported(`incremental/tickets/cursor?start_time=${start}`)).tickets;
  assert.deepEqual([moved?.id, moved?.['organization_id']], [ticket.id, id]);
  assert.ok(Date.parse(String(moved?.['updated_at'])) < start * 1_000);
  assert.equal(moved?.['generated_timestamp'], start);
});

test('deleted users are exported as not active', async () => {
  const user = await newUser({ name: 'Leaver' });
  pass(120_000);
  const start = seconds(clock);
  await call('DELETE', `users/${user.id}`);
  pass(61_000);
  const { users } = (await call('GET', `incremental/users/cursor?start_time=${start}`)).body;
  assert.deepEqual(
    users.map((one) => [one.id, one['active']]),
    [[user.id, false]],
  );
});

test('the export of organizations goes by time: a second comes whole, and again with the next page', async () => {
  pass(3_600_000);
  const start = seconds(clock);
  const names = ['One', 'Two', 'Three'];
  for (const name of names) await call('POST', 'organizations', { organization: { name } });
  pass(1_000);
  const last = (await call('POST', 'organizations', { organization: { name: 'Four' } })).body.organization;
  pass(61_000);
  const first = await call('GET', `incremental/organizations?start_time=${start}&per_page=2`);
  assert.deepEqual(
    first.body.organizations.map((one) => one['name']),
    names,
  );
  assert.deepEqual([first.body['end_of_stream'], first.body['end_time']], [false, start]);
  const second = await call('GET', `incremental/organizations?start_time=${start}`);
  assert.deepEqual([second.body['count'], second.body['end_time']], [4, start + 1]);
  await call('DELETE', `organizations/${last.id}`);
  pass(61_000);
  const third = await call('GET', String(second.body['next_page']));
  assert.ok(third.body.organizations.find((one) => one.id === last.id)?.['deleted_at']);
});

test('exports are asked for ten times a minute, and the answer says when again', async () => {
  pass(60_000 - (clock % 60_000));
  const ask = () => call('GET', 'incremental/users/cursor?start_time=0');
  for (let index = 0; index < 10; index += 1) assert.equal((await ask()).status, 200);
  const refused = await ask();
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '60']);
  pass(60_000);
  assert.equal((await ask()).status, 200);
});

test('lists are paged by cursor to the end, without a record twice while others are added', async () => {
  for (const name of ['First', 'Second', 'Third']) await newUser({ name });
  const ids: number[] = [];
  let path: string | null = 'users?page[size]=3';
  while (path !== null) {
    const { body } = await call('GET', path);
    ids.push(...body.users.map((one) => one.id));
    const { links, meta } = body as unknown as {
      links: { next: string | null };
      meta: { has_more: boolean };
    };
    assert.equal(meta.has_more, links.next !== null);
    path = links.next;
    if (ids.length === 3) await newUser({ name: 'Late' });
  }
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(ids.length, zendesk.state.tables.users.filter((one) => one.active).length);
  assert.equal((await call('GET', 'users?page[size]=101')).status, 400);
  assert.equal((await call('GET', 'users?page[after]=nonsense&page[size]=2')).status, 400);
});

test('lists are paged by number up to the hundredth page', async () => {
  const second = await call('GET', 'users?per_page=2&page=2');
  assert.match(String(second.body['previous_page']), /page=1/);
  assert.equal(second.body.users.length, 2);
  const beyond = await call('GET', 'users?per_page=2&page=101');
  assert.deepEqual([beyond.status, beyond.body['error']], [400, 'InvalidPaginationDepth']);
});

test('a search finds by properties, and only what the index has', async () => {
  const user = await newUser({ name: 'Grace Hopper', email: 'grace@navy.test', external_id: 'S-1' });
  await newTicket({ requester_id: user.id, subject: 'Moth in relay', tags: ['bug'], status: 'open' });
  const found = async (query: string) => {
    const { body } = await call('GET', `search?query=${encodeURIComponent(query)}`);
    return (body['results'] as { result_type: string }[]).map((one) => one.result_type);
  };
  assert.deepEqual(await found('type:user email:grace@navy.test'), ['user']);
  assert.deepEqual(await found('type:user external_id:S-1'), ['user']);
  assert.deepEqual(await found('type:ticket requester:grace@navy.test status<solved'), ['ticket']);
  assert.deepEqual(await found('"moth in relay" tags:bug'), ['ticket']);
  assert.deepEqual(await found('type:ticket subject:moth -tags:bug'), []);
  assert.deepEqual(await found(`type:user name:grace updated>${new Date(clock).toISOString()}`), []);
  zendesk.settings.searchLagMs = 120_000;
  assert.deepEqual(await found('type:user email:grace@navy.test'), []);
  // External ids are looked up in the records, not in the index.
  assert.equal((await call('GET', 'users/search?external_id=s-1')).body.users.length, 1);
  assert.equal((await call('GET', 'users/search?query=grace@navy.test')).body.users.length, 0);
  pass(120_000);
  assert.deepEqual(await found('type:user email:grace@navy.test'), ['user']);
  zendesk.settings.searchLagMs = 0;
});

test('a search reaches a thousand results by page, and more by the export of results', async () => {
  const beyond = await call('GET', 'search?query=type:user&page=11');
  assert.equal(beyond.status, 422);
  assert.equal((await call('GET', 'search?query=x&page[size]=5')).status, 400);
  const page = await call('GET', 'search/export?query=moth&filter[type]=ticket&page[size]=1');
  assert.equal((page.body['results'] as unknown[]).length, 1);
  assert.equal((await call('GET', 'search/export?query=type:user&filter[type]=user')).status, 400);
  assert.equal((await call('GET', 'search/count?query=moth')).body['count'], 1);
});
