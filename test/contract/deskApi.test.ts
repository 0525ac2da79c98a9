import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import OAuth from 'oauth-1.0a';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';

type Body = {
  id: number;
  total_entries: number;
  errors?: unknown;
  _links: Record<string, { href: string; count?: number } | null>;
  _embedded: { entries: Body[] };
} & Record<string, unknown>;
let desk: LocalDesk;

before(async () => {
  desk = await startDesk({ rateLimitPerMinute: 10_000 });
});
after(() => desk.close());

async function call(
  method: string,
  path: string,
  body?: object,
  target = desk,
): Promise<{ status: number; headers: Headers; body: Body }> {
  const response = await fetch(`${target.url}/api/v2/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${target.email}:${target.password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}
const customerLink = (id: number) => ({ customer: { href: `/api/v2/customers/${id}`, class: 'customer' } });
const message = {
  direction: 'in',
  status: 'received',
  from: 'a@b.test',
  to: 'support@desk.test',
  subject: 'Help',
  body: 'It burns.',
};

async function newCase(fields: object = {}): Promise<Body> {
  const { body: customer } = await call('POST', 'customers', { first_name: 'Ada' });
  return (
    await call('POST', 'cases', {
      type: 'email',
      subject: 'Help',
      message,
      _links: customerLink(customer.id),
      ...fields,
    })
  ).body;
}

test('a customer is made, found by e-mail and external id, and changed by append or replace', async () => {
  const made = await call('POST', 'customers', {
    first_name: 'Grace',
    emails: [{ type: 'work', value: 'Grace@navy.test' }],
    external_id: '003A',
  });
  assert.equal(made.status, 201);
  assert.match(made.headers.get('location') ?? '', /\/api\/v2\/customers\/\d+$/);
  assert.equal('company' in made.body._links, false);
  for (const search of ['email=grace%40NAVY.test', 'external_id=003A', 'q=grace']) {
    assert.equal(
      (await call('GET', `customers/search?${search}`)).body._embedded.entries[0]?.id,
      made.body.id,
    );
  }
  const appended = await call('PATCH', `customers/${made.body.id}`, {
    emails: [{ type: 'home', value: 'g@home.test' }],
  });
  assert.equal((appended.body['emails'] as unknown[]).length, 2);
  const replaced = await call('PATCH', `customers/${made.body.id}`, {
    emails: [{ type: 'home', value: 'new@home.test' }],
    emails_update_action: 'replace',
  });
  assert.deepEqual(replaced.body['emails'], [{ type: 'home', value: 'new@home.test' }]);
});

test('unique values that are taken are refused by the code taken', async () => {
  await call('POST', 'companies', { name: 'Acme' });
  assert.deepEqual((await call('POST', 'companies', { name: 'ACME ' })).body.errors, { name: ['taken'] });
  await call('POST', 'customers', { emails: [{ type: 'work', value: 'one@one.test' }], external_id: 'X' });
  assert.deepEqual(
    (await call('POST', 'customers', { emails: [{ type: 'work', value: 'ONE@one.test' }] })).body.errors,
    { emails: [{ value: ['taken'] }] },
  );
  assert.deepEqual((await call('POST', 'customers', { external_id: 'X' })).body.errors, {
    external_id: ['taken'],
  });
  await newCase({ external_id: '500A' });
  assert.deepEqual((await newCase({ external_id: '500A' })).errors, { external_id: ['taken'] });
});

test('a case keeps the rules of its status, and cuts its description at 255', async () => {
  const { id } = await newCase({ status: 'new', description: 'x'.repeat(300) });
  const shown = (await call('GET', `cases/${id}?embed=customer,message`)).body;
  assert.equal(String(shown['description']).length, 255);
  assert.deepEqual(Object.keys(shown._embedded), ['customer', 'message']);
  assert.equal((await call('PATCH', `cases/${id}`, { status: 'pending' })).body['status'], 'pending');
  assert.deepEqual((await call('PATCH', `cases/${id}`, { status: 'new' })).body.errors, {
    status: ['invalid'],
  });
  await call('PATCH', `cases/${id}`, { status: 'closed' });
  assert.equal((await call('PATCH', `cases/${id}`, { subject: 'Late' })).status, 422);
});

test('a write that changes nothing does not move the time of the last update', async () => {
  let clock = Date.UTC(2026, 0, 1);
  const other = await startDesk({ now: () => clock });
  const { body } = await call('POST', 'companies', { name: 'Still' }, other);
  clock += 60_000;
  assert.equal(
    (await call('PATCH', `companies/${body.id}`, { name: 'Still' }, other)).body['updated_at'],
    body['updated_at'],
  );
  assert.notEqual(
    (await call('PATCH', `companies/${body.id}`, { name: 'Moved' }, other)).body['updated_at'],
    body['updated_at'],
  );
  await other.close();
});

test('custom fields are defined, shown on every record of their kind, and checked by their type', async () => {
  const define = (name: string, type: string, data: object) =>
    call('POST', 'custom_fields', { name, label: name, type, data });
  await define('tier', 'customer', { type: 'list', choices: ['gold', 'silver'] });
  await define('seats', 'company', { type: 'integer' });
  assert.match(
    String((await define('tier', 'ticket', { type: 'string' })).body['message']),
    /already been taken/,
  );
  const made = await call('POST', 'customers', {
    last_name: 'Tiered',
    custom_fields: { tier: 'gold', unknown: 1 },
  });
  assert.deepEqual(made.body['custom_fields'], { tier: 'gold' });
  const refused = await call('PATCH', `customers/${made.body.id}`, { custom_fields: { tier: 'bronze' } });
  assert.deepEqual([refused.status, refused.body.errors], [422, { custom_fields: { tier: ['inclusion'] } }]);
  const company = await call('POST', 'companies', { name: 'Seated', custom_fields: { seats: 12 } });
  assert.deepEqual(company.body['custom_fields'], { seats: '12' });
  assert.deepEqual((await call('POST', 'companies', { name: 'Standing' })).body['custom_fields'], {
    seats: null,
  });
});

test('replies and notes are kept with their case, and only a pending reply is sent', async () => {
  const { id } = await newCase();
  await call('POST', `cases/${id}/notes`, { body: 'Internal' });
  await call('POST', `cases/${id}/replies`, { body: 'Imported', direction: 'out', status: 'sent' });
  assert.equal(desk.state.emailsSent.length, 0);
  await call('POST', `cases/${id}/replies`, { body: 'Hello', status: 'pending' });
  assert.equal(desk.state.emailsSent.length, 1);
  const shown = (await call('GET', `cases/${id}`)).body;
  assert.deepEqual([shown._links['replies']?.count, shown._links['notes']?.count], [2, 1]);
});

test('lists come in pages with links, and searches since a time', async () => {
  const first = (await call('GET', 'customers?per_page=2&sort_field=id')).body;
  assert.equal(first._embedded.entries.length, 2);
  assert.match(first._links['next']?.href ?? '', /^\/api\/v2\/customers\?sort_field=id&page=2&per_page=2$/);
  assert.equal(first._links['previous'], null);
  const all = (await call('GET', 'customers/search?since_updated_at=0&sort_field=updated_at')).body;
  assert.equal(all.total_entries, first.total_entries);
  assert.equal(
    (await call('GET', `customers/search?since_updated_at=${Math.floor(Date.now() / 1_000) + 60}`)).body
      .total_entries,
    0,
  );
  assert.equal((await call('GET', 'cases?page=501')).status, 422);
});

test('who is not known is refused, and OAuth 1.0a counts its signature and each nonce once', async () => {
  assert.equal((await fetch(`${desk.url}/api/v2/users/me`)).status, 401);
  const oauth = new OAuth({
    consumer: { key: desk.oauth.consumerKey, secret: desk.oauth.consumerSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });
  const url = `${desk.url}/api/v2/customers?per_page=1`;
  const { Authorization: authorization } = oauth.toHeader(
    oauth.authorize({ url, method: 'GET' }, { key: desk.oauth.token, secret: desk.oauth.tokenSecret }),
  );
  assert.equal((await fetch(url, { headers: { authorization } })).status, 200);
  assert.equal((await fetch(url, { headers: { authorization } })).status, 401, 'a nonce is good once');
  const forged = authorization
    .replace(/oauth_signature="[^"]+"/, 'oauth_signature="AAAA"')
    .replace(/oauth_nonce="\w/, 'oauth_nonce="Z');
  assert.equal((await fetch(url, { headers: { authorization: forged } })).status, 401);
});

test('the rate limit is told on each answer and kept', async () => {
  const limited = await startDesk({ rateLimitPerMinute: 2, now: () => Date.UTC(2026, 0, 1) });
  const first = await call('GET', 'users/me', undefined, limited);
  assert.deepEqual(
    [
      first.headers.get('x-rate-limit-limit'),
      first.headers.get('x-rate-limit-remaining'),
      first.headers.get('x-rate-limit-reset'),
    ],
    ['2', '1', '60'],
  );
  await call('GET', 'users/me', undefined, limited);
  const refused = await call('GET', 'users/me', undefined, limited);
  assert.deepEqual([refused.status, refused.body['message']], [429, 'Too Many Requests']);
  await limited.close();
});

test('a site with a folder has its records after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-'));
  const first = await startDesk({ dataFolder: folder });
  const { body } = await call('POST', 'companies', { name: 'Kept' }, first);
  await first.close();
  const second = await startDesk({ dataFolder: folder });
  assert.equal((await call('GET', `companies/${body.id}`, undefined, second)).body['name'], 'Kept');
  assert.notEqual((await call('POST', 'companies', { name: 'Next' }, second)).body.id, body.id);
  await second.close();
  rmSync(folder, { recursive: true });
});

test('the agent page shows what the customers wrote, and never runs it', async () => {
  const { id } = await newCase({ subject: '<script>alert(1)</script>' });
  const page = await (await fetch(`${desk.url}/agent?case=${id}`)).text();
  assert.doesNotMatch(page, /<script>/);
  assert.match(page, /&#60;script&#62;/);
});
