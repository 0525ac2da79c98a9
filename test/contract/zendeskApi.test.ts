import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { callZendesk, type ZendeskCall } from '../support/callZendesk.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

let zendesk: LocalZendesk;
before(async () => {
  zendesk = await startZendesk({
    rateLimitPerMinute: 10_000,
    limits: { userUpdatesPerMinute: 100, organizationUpdatesPerMinute: 100 },
  });
});
after(() => zendesk.close());

const call = (method: string, path: string, body?: object, options?: ZendeskCall) =>
  callZendesk(zendesk, method, path, body, options);
const newUser = async (fields: object) =>
  (await call('POST', 'users', { user: { name: 'Ada', ...fields } })).body.user;

test('an organization has a name of its own, whatever its case and blanks', async () => {
  const made = await call('POST', 'organizations', { organization: { name: ' Acme ', external_id: '001A' } });
  assert.equal(made.status, 201);
  assert.equal(
    made.headers.get('location'),
    `${zendesk.url}/api/v2/organizations/${made.body.organization.id}.json`,
  );
  assert.equal(made.body.organization['name'], 'Acme');
  const again = await call('POST', 'organizations', { organization: { name: 'ACME' } });
  assert.equal(again.status, 422);
  assert.deepEqual(again.body, {
    error: 'RecordInvalid',
    description: 'Record validation errors',
    details: { name: [{ description: 'Name: ACME has already been taken', error: 'DuplicateValue' }] },
  });
  const taken = await call('POST', 'organizations', { organization: { name: 'B', external_id: '001a' } });
  assert.deepEqual(Object.keys(taken.body.details), ['external_id']);
});

test('an organization is found by external id and by name, upserted by external id, and replaces its domains', async () => {
  const sent = { name: 'Globex', external_id: 'X-1', domain_names: ['globex.test'] };
  const { id } = (await call('POST', 'organizations/create_or_update', { organization: sent })).body
    .organization;
  for (const query of ['external_id=x-1', 'name=globex'])
    assert.deepEqual(
      (await call('GET', `organizations/search?${query}`)).body.organizations.map((one) => one.id),
      [id],
    );
  const updated = await call('POST', 'organizations/create_or_update', {
    organization: { external_id: 'X-1', domain_names: ['g.test'], notes: 'n' },
  });
  assert.equal(updated.status, 200);
  const { organization } = updated.body;
  assert.deepEqual([organization.id, organization['domain_names']], [id, ['g.test']]);
  const many = await call('GET', 'organizations/show_many?external_ids=X-1,nobody');
  assert.equal(many.body.organizations.length, 1);
});

test('a deleted organization is gone, and its users are of none', async () => {
  const { id } = (await call('POST', 'organizations', { organization: { name: 'Gone' } })).body.organization;
  const user = await newUser({ organization_id: id });
  assert.equal((await call('DELETE', `organizations/${id}`)).status, 204);
  const shown = await call('GET', `organizations/${id}`);
  assert.deepEqual([shown.status, shown.body['error']], [404, 'RecordNotFound']);
  assert.equal((await call('GET', `users/${user.id}`)).body.user['organization_id'], null);
});

test('a user is made with an e-mail that nobody else has, and joins the organization of its domain', async () => {
  const { id } = (
    await call('POST', 'organizations', {
      organization: { name: 'Initech', domain_names: ['initech.test'] },
    })
  ).body.organization;
  const user = await newUser({ email: 'Grace@initech.test', external_id: '003A' });
  assert.deepEqual([user['email'], user['organization_id']], ['grace@initech.test', id]);
  const taken = await call('POST', 'users', { user: { name: 'B', email: 'GRACE@initech.test' } });
  assert.deepEqual(taken.body.details, {
    email: [
      {
        description: 'Email: GRACE@initech.test is already being used by another user',
        error: 'DuplicateValue',
      },
    ],
  });
  const externalId = await call('POST', 'users', { user: { name: 'B', external_id: '003a' } });
  assert.deepEqual(Object.keys(externalId.body.details), ['external_id']);
  assert.deepEqual(Object.keys((await call('POST', 'users', { user: {} })).body.details), ['name']);
});

test('an e-mail that is written to a user is one more address, until it is made the primary one', async () => {
  const { id } = await newUser({ email: 'one@mail.test' });
  const updated = await call('PUT', `users/${id}`, { user: { email: 'two@mail.test' } });
  assert.equal(updated.body.user['email'], 'one@mail.test');
  const identities = (await call('GET', `users/${id}/identities`)).body['identities'] as { id: number }[];
  assert.equal(identities.length, 2);
  const [first, second] = identities.map((one) => one.id);
  await call('PUT', `users/${id}/identities/${second}/make_primary`);
  assert.equal((await call('GET', `users/${id}`)).body.user['email'], 'two@mail.test');
  assert.equal((await call('DELETE', `users/${id}/identities/${first}`)).status, 204);
  assert.equal((await call('POST', 'users', { user: { name: 'C', email: 'one@mail.test' } })).status, 201);
});

test('create or update knows a user by external id before the e-mail', async () => {
  const first = await call('POST', 'users/create_or_update', {
    user: { name: 'Eve', email: 'eve@mail.test', external_id: 'E-1' },
  });
  assert.equal(first.status, 201);
  const second = await call('POST', 'users/create_or_update', { user: { name: 'Eva', external_id: 'e-1' } });
  assert.deepEqual(
    [second.status, second.body.user.id, second.body.user['name']],
    [200, first.body.user.id, 'Eva'],
  );
});

test('a deleted user is shown as not active, is in no list, and leaves the e-mail to others', async () => {
  const { id } = await newUser({ email: 'gone@mail.test', external_id: 'G-1' });
  assert.equal((await call('DELETE', `users/${id}`)).body.user['active'], false);
  assert.equal((await call('GET', `users/${id}`)).body.user['active'], false);
  assert.equal((await call('PUT', `users/${id}`, { user: { name: 'x' } })).status, 404);
  assert.equal((await call('GET', `users/show_many?ids=${id}`)).body.users.length, 0);
  assert.equal((await newUser({ email: 'gone@mail.test', external_id: 'G-1' }))['active'], true);
});

test('merged users leave one, with the tickets and addresses of both', async () => {
  const loser = await newUser({ email: 'loser@mail.test' });
  const winner = await newUser({ email: 'winner@mail.test' });
  const made = await call('POST', 'tickets', {
    ticket: { requester_id: loser.id, comment: { body: 'Help', public: false } },
  });
  const merged = await call('PUT', `users/${loser.id}/merge`, { user: { id: winner.id } });
  assert.equal(merged.body.user.id, winner.id);
  const ticket = (await call('GET', `tickets/${made.body.ticket.id}`)).body.ticket;
  assert.equal(ticket['requester_id'], winner.id);
  const addresses = (await call('GET', `users/${winner.id}/identities`)).body['identities'];
  assert.deepEqual(
    (addresses as { value: string; primary: boolean }[]).map(({ value, primary }) => [value, primary]),
    [
      ['loser@mail.test', false],
      ['winner@mail.test', true],
    ],
  );
  assert.equal((await call('GET', `users/${loser.id}`)).body.user['active'], false);
  const { user: me } = (await call('GET', 'users/me')).body;
  assert.equal((await call('PUT', `users/${winner.id}/merge`, { user: { id: me.id } })).status, 422);
});

test('custom fields have values by their type, and a drop-down list takes its choices alone', async () => {
  const options = [
    { name: 'Gold', value: 'gold' },
    { name: 'Silver', value: 'silver' },
  ];
  const userField = (user_field: object) => call('POST', 'user_fields', { user_field });
  await userField({ type: 'dropdown', title: 'Level', key: 'level', custom_field_options: options });
  await userField({ type: 'integer', title: 'Seats', key: 'seats' });
  await userField({ type: 'date', title: 'Since', key: 'since' });
  const twice = await userField({ type: 'text', title: 'Level', key: 'level' });
  assert.deepEqual(Object.keys(twice.body.details), ['key']);
  const user = await newUser({ user_fields: { level: 'gold', seats: '7', since: '2016-02-03', other: 1 } });
  assert.deepEqual(user['user_fields'], { level: 'gold', seats: 7, since: '2016-02-03T00:00:00+00:00' });
  const refused = await call('PUT', `users/${user.id}`, { user: { user_fields: { level: 'tin' } } });
  assert.deepEqual(Object.keys(refused.body.details), ['user_fields.level']);
  const { body } = await call('POST', 'ticket_fields', {
    ticket_field: {
      type: 'tagger',
      title: 'Product',
      custom_field_options: [{ name: 'P', value: 'prod_p' }],
    },
  });
  const field = body['ticket_field'] as { id: number };
  const made = await call('POST', 'tickets', {
    ticket: {
      comment: { body: 'Hi' },
      custom_fields: [{ id: field.id, value: 'prod_p' }],
      tags: ['A b', 'a_b'],
    },
  });
  assert.deepEqual(made.body.ticket['custom_fields'], [{ id: field.id, value: 'prod_p' }]);
  assert.deepEqual(made.body.ticket['tags'], ['a_b', 'prod_p']);
  const cleared = await call('PUT', `tickets/${made.body.ticket.id}`, {
    ticket: { custom_fields: [{ id: field.id, value: null }] },
  });
  assert.deepEqual(cleared.body.ticket['tags'], ['a_b']);
});

test('the credentials decide who calls, and the role what one may', async () => {
  const wrong = { authorization: `Basic ${Buffer.from('admin@zendesk.test/token:no').toString('base64')}` };
  const refused = await call('GET', 'tickets', undefined, { headers: wrong });
  assert.deepEqual([refused.status, refused.body], [401, { error: "Couldn't authenticate you" }]);
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  assert.equal((await call('GET', 'tickets', undefined, bearer('local-oauth-token'))).status, 200);
  assert.equal((await call('GET', 'tickets', undefined, bearer('nobody'))).body['error'], 'invalid_token');
  const read = bearer('local-oauth-read-token');
  assert.equal((await call('POST', 'users', { user: { name: 'x' } }, read)).status, 403);

  await newUser({ email: 'end@mail.test', verified: true });
  const end = { as: 'end@mail.test' };
  assert.equal((await call('GET', 'tickets', undefined, end)).status, 403);
  assert.equal((await call('GET', 'users/me', undefined, end)).body.user['role'], 'end-user');
  const agent = { as: zendesk.agentEmail };
  for (const [method, path, body] of [
    ['GET', 'incremental/users/cursor?start_time=0', undefined],
    ['POST', 'organizations', { organization: { name: 'By agent' } }],
    ['POST', 'users', { user: { name: 'Another agent', role: 'agent' } }],
    ['GET', 'webhooks', undefined],
  ] as const)
    assert.equal((await call(method, path, body, agent)).status, 403, path);
  assert.equal((await call('GET', 'triggers', undefined, agent)).status, 200);
  const { id } = (await call('POST', 'organizations', { organization: { name: 'For agents' } })).body
    .organization;
  const write = (organization: object) => call('PUT', `organizations/${id}`, { organization }, agent);
  assert.deepEqual([(await write({ notes: 'n' })).status, (await write({ name: 'x' })).status], [200, 403]);
});

test('without token access the credentials count for nothing, and the caller is anonymous', async () => {
  zendesk.settings.apiTokenAccess = false;
  assert.equal((await call('GET', 'tickets')).status, 401);
  const { user } = (await call('GET', 'users/me')).body;
  assert.deepEqual([user.id, user['email']], [null, 'invalid@example.com']);
  zendesk.settings.apiTokenAccess = true;
  const { settings } = (await call('GET', 'account/settings')).body as unknown as {
    settings: { api: { api_token_access: string } };
  };
  assert.equal(settings.api.api_token_access, 'true');
});

test('a request of the wrong form is told so', async () => {
  assert.equal((await call('POST', 'users', { name: 'not wrapped' })).status, 400);
  assert.equal((await call('GET', 'nowhere')).body['error'], 'InvalidEndpoint');
  assert.equal((await call('GET', 'tickets/show_many?ids=1,x')).status, 200);
  const ids = Array.from({ length: 101 }, (_, index) => index).join(',');
  assert.equal((await call('GET', `users/show_many?ids=${ids}`)).status, 400);
});

test('faults strike on demand, and an answer can be lost after the work', async () => {
  zendesk.faults.add({ action: 'status', status: 503, body: '<h1>Down</h1>', match: { path: /users/ } });
  const down = await call('GET', 'users/me');
  assert.deepEqual([down.status, down.headers.get('content-type')], [503, 'text/html; charset=utf-8']);
  zendesk.faults.add({ action: 'dropAfter', match: { method: 'POST' } });
  await assert.rejects(call('POST', 'users', { user: { name: 'Lost', external_id: 'L-1' } }));
  assert.equal((await call('GET', 'users/show_many?external_ids=L-1')).body.users.length, 1);
});

test('a data folder keeps the account for the next start', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'local-zendesk-'));
  const first = await startZendesk({ dataFolder });
  const { id } = (await callZendesk(first, 'POST', 'users', { user: { name: 'Kept' } })).body.user;
  await first.close();
  const second = await startZendesk({ dataFolder });
  assert.equal((await callZendesk(second, 'GET', `users/${id}`)).body.user['name'], 'Kept');
  const next = await callZendesk(second, 'POST', 'users', { user: { name: 'Next' } });
  assert.ok(next.body.user.id > id);
  await second.close();
  rmSync(dataFolder, { recursive: true });
});
