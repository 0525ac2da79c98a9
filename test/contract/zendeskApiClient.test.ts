import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import nodeZendesk from 'node-zendesk';
import { createOrganization } from '../zendesk/organizations.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

type Result = Readonly<Record<string, unknown>> & { readonly id: number };
let zendesk: LocalZendesk;
let client: ReturnType<typeof nodeZendesk.createClient>;
before(async () => {
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000 });
  client = nodeZendesk.createClient({
    username: zendesk.adminEmail,
    token: zendesk.apiTokens[0] ?? '',
    endpointUri: `${zendesk.url}/api/v2`,
  });
});
after(() => zendesk.close());

/** The client gives what it read of an answer, beside the answer. */
const result = async <T = Result>(answer: Promise<unknown>) => ((await answer) as { result: T }).result;

test('node-zendesk makes, finds and changes organizations and users', async () => {
  const organization = await result(
    client.organizations.create({ organization: { name: 'Acme', external_id: '001A' } }),
  );
  assert.deepEqual(
    ((await client.organizations.search('001A' as never)) as unknown as Result[]).map((one) => one.id),
    [organization.id],
  );
  const user = await result(
    client.users.create({ user: { name: 'Ada', email: 'ada@acme.test', external_id: '003A' } as never }),
  );
  const changed = await result(client.users.update(user.id, { user: { notes: 'told' } as never }));
  assert.equal(changed['notes'], 'told');
  const again = await result(
    client.users.createOrUpdate({ user: { name: 'Ada L.', external_id: '003A' } as never }),
  );
  assert.equal(again.id, user.id);
  assert.equal((await result(client.users.me()))['role'], 'admin');
});

test('node-zendesk reads every page of a list', async () => {
  for (let index = 0; index < 120; index += 1) createOrganization(zendesk.state, { name: `Filler ${index}` });
  const all = (await client.organizations.list()) as unknown as Result[];
  assert.equal(all.length, zendesk.state.tables.organizations.length);
});

test('node-zendesk makes, comments, and deletes tickets', async () => {
  const ticket = await result(
    client.tickets.create({ ticket: { subject: 'Help', comment: { body: 'It burns.' } } }),
  );
  await client.tickets.update(ticket.id, {
    ticket: { comment: { body: 'Internal', public: false }, priority: 'high' },
  } as never);
  const comments = (await client.tickets.getComments(ticket.id)) as unknown as Result[];
  assert.deepEqual(
    comments.map((one) => one['public']),
    [true, false],
  );
  const audits = (await client.ticketaudits.list(ticket.id)) as unknown as Result[];
  assert.equal(audits.length, 2);
  await client.tickets.delete(ticket.id);
  await assert.rejects(client.tickets.show(ticket.id), /404/);
});

test('node-zendesk waits for a job and gets what became of its items', async () => {
  const { job_status } = await result<{ job_status: { id: string } }>(
    client.users.createMany({ users: [{ name: 'A' }, { name: '' }] } as never),
  );
  const job = (await client.jobstatuses.watch(job_status.id, 20, 5)) as unknown as {
    status: string;
    results: { success: boolean }[];
  };
  assert.deepEqual([job.status, job.results.map(({ success }) => success)], ['completed', [true, false]]);
});

test('node-zendesk searches, and exports what a search finds', async () => {
  await client.users.create({ user: { name: 'Searched', email: 'found@mail.test' } as never });
  const found = (await client.search.queryAll('type:user email:found@mail.test')) as unknown as Result[];
  assert.equal(found.length, 1);
  const exported = (await client.search.exportResults('name:searched', 'user', 1)) as unknown as Result[];
  assert.equal(exported.length, 1);
});

test('node-zendesk reads fields, identities, triggers and webhooks', async () => {
  await client.userfields.create({ user_field: { type: 'text', title: 'Nick', key: 'nick' } });
  const fields = (await client.userfields.list()) as unknown as Result[];
  assert.deepEqual(
    fields.map((one) => one['key']),
    ['nick'],
  );
  assert.ok(((await client.ticketfields.list()) as unknown as Result[]).length >= 8);
  const me = await result(client.users.me());
  const identities = (await client.useridentities.list(me.id)) as unknown as Result[];
  assert.equal(identities[0]?.['value'], zendesk.adminEmail);
  const triggers = (await client.triggers.listActive()) as unknown as Result[];
  assert.ok(triggers.length >= 3);
  const webhook = await result<{ id: string }>(
    client.webhooks.create({
      webhook: {
        name: 'Hook',
        endpoint: 'http://127.0.0.1:9/hook',
        http_method: 'POST',
        request_format: 'json',
        status: 'active',
      },
    }),
  );
  const secret = await result<{ signing_secret: { secret: string } }>(
    client.webhooks.getSigningSecret(webhook.id),
  );
  assert.ok(secret.signing_secret.secret.length > 20);
});

test('node-zendesk tells refusals by their status, and OAuth opens the same doors', async () => {
  await assert.rejects(client.organizations.create({ organization: { name: 'Acme' } }), /422/);
  const stranger = nodeZendesk.createClient({
    username: 'nobody@mail.test',
    token: 'wrong',
    endpointUri: `${zendesk.url}/api/v2`,
  });
  await assert.rejects(stranger.tickets.list(), /401/);
  const oauth = nodeZendesk.createClient({
    token: 'local-oauth-token',
    useOAuth: true,
    endpointUri: `${zendesk.url}/api/v2`,
  });
  assert.equal((await result(oauth.users.me()))['role'], 'admin');
});
