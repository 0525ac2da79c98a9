import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Health } from '@desk-connect/bridge/service/health.js';
import { startHookServer, type HookOutcome } from '@desk-connect/bridge/service/hookServer.js';
import { openStore } from '@desk-connect/bridge/store/openStore.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import { zendeskHook } from '@desk-connect/bridge/zendesk/hook.js';
import { callZendesk } from '../support/callZendesk.ts';
import { waitFor } from '../support/waitFor.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

const EVENTS = ['user.created', 'user.name_changed', 'organization.created', 'organization.deleted'];
const folder = mkdtempSync(join(tmpdir(), 'zendesk-hook-'));
const clock = { ahead: 0 };
const now = () => Date.now() + clock.ahead;
const outcomes: HookOutcome[] = [];
const given: { secret: string; previousSecret: string | null } = { secret: '', previousSecret: null };
let zendesk: LocalZendesk;
let store: Store;
let hook: Awaited<ReturnType<typeof startHookServer>>;
let triggered: string;

before(async () => {
  store = await openStore({ kind: 'sqlite', folder }, Date.now);
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000, limits: { userUpdatesPerMinute: 100 } });
  await startHook();
  triggered = await newWebhook(['conditional_ticket_events']);
  const subscribed = await newWebhook(EVENTS.map((event) => `zen:event-type:${event}`));
  await call('POST', 'triggers', {
    trigger: {
      title: 'Tell Desk Connect',
      conditions: {
        all: [{ field: 'role', operator: 'is_not', value: String(await idOf(zendesk.agentEmail)) }],
        any: [
          { field: 'update_type', operator: 'is', value: 'Create' },
          { field: 'update_type', operator: 'is', value: 'Change' },
        ],
      },
      actions: [{ field: 'notification_webhook', value: [triggered, '{"ticket_id": "{{ticket.id}}"}'] }],
    },
  });
  given.secret = `${await secretOf(triggered)} ${await secretOf(subscribed)}`;
  await startHook();
});
after(async () => {
  await zendesk.close();
  await hook.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Serves anew, with the secrets that are given, at the same address. */
async function startHook(): Promise<void> {
  const port = hook === undefined ? 0 : hook.port;
  await hook?.close();
  const health = new Health(now, () => undefined);
  const onCall = (outcome: HookOutcome) => void outcomes.push(outcome);
  const onDue = () => undefined;
  const served = { host: '127.0.0.1', port, hook: zendeskHook, store, health, now, onDue, onCall };
  hook = await startHookServer({ ...served, ...given });
}
const call = (method: string, path: string, body?: object, as?: string) =>
  callZendesk(zendesk, method, path, body, as === undefined ? {} : { as });
const idOf = async (as: string) => (await call('GET', 'users/me', undefined, as)).body.user.id;
async function newWebhook(subscriptions: readonly string[]): Promise<string> {
  const endpoint = `http://127.0.0.1:${hook.port}${zendeskHook.path}`;
  const how = { http_method: 'POST', request_format: 'json', status: 'active' };
  const webhook = { name: 'Desk Connect', endpoint, subscriptions, ...how };
  return ((await call('POST', 'webhooks', { webhook })).body['webhook'] as { id: string }).id;
}
async function secretOf(webhook: string, method: 'GET' | 'POST' = 'GET'): Promise<string> {
  const { body } = await call(method, `webhooks/${webhook}/signing_secret`);
  return (body['signing_secret'] as { secret: string }).secret;
}
const newTicket = async (as?: string) =>
  (await call('POST', 'tickets', { ticket: { comment: { body: 'Help' } } }, as)).body.ticket.id;
const pairOf = async (kind: 'case' | 'customer' | 'company', id: number) =>
  (await store.find(kind, 'desk', String(id)))?.pair;
const sighted = (what: 'case' | 'customer' | 'company', id: number) =>
  waitFor(`the sighting of a ${what}`, async () => (await pairOf(what, id)) !== undefined);
/** The last call of Zendesk, byte for byte. */
const sent = () => zendesk.webhooks.invocations.at(-1) ?? assert.fail('nothing was sent');
const send = async ({ body, headers }: { body: string; headers: Readonly<Record<string, string>> }) => {
  const url = `http://127.0.0.1:${hook.port}${zendeskHook.path}`;
  return (await fetch(url, { method: 'POST', body, headers })).status;
};

test('a trigger brings a new ticket and its changes to the store at once', async () => {
  const began = Date.now();
  const id = await newTicket();
  await sighted('case', id);
  // Calls of one second are the same one, byte for byte: what they name is read when it is over.
  assert.ok(((await store.nextDue()) ?? 0) >= began + 1_000);
  await call('PUT', `tickets/${id}`, { ticket: { subject: 'Changed' } });
  await waitFor('the second call', () => outcomes.length === 2);
  assert.ok(outcomes.every((outcome) => outcome === 'taken' || outcome === 'repeated'));
});

test('a trigger leaves out what the agent of the bridge writes', async () => {
  const before = zendesk.webhooks.invocations.length;
  await newTicket(zendesk.agentEmail);
  assert.equal(zendesk.webhooks.invocations.length, before);
});

test('events bring users and organizations, new, changed and deleted', async () => {
  const user = (await call('POST', 'users', { user: { name: 'Ada', skip_verify_email: true } })).body.user;
  await sighted('customer', user.id);
  const { organization } = (await call('POST', 'organizations', { organization: { name: 'Acme' } })).body;
  await sighted('company', organization.id);
  const versions = [await pairOf('customer', user.id), await pairOf('company', organization.id)];
  await call('PUT', `users/${user.id}`, { user: { name: 'Ada L' } });
  await call('DELETE', `organizations/${organization.id}`);
  await waitFor('both again', async () => {
    const now = [await pairOf('customer', user.id), await pairOf('company', organization.id)];
    return now.every((one, index) => (one?.version ?? 0) > (versions[index]?.version ?? 0));
  });
});

test('a call that is recorded counts once, not for another record, and not for long', async () => {
  const id = await newTicket();
  await sighted('case', id);
  const recorded = sent();
  const version = (await pairOf('case', id))?.version;
  assert.equal(await send(recorded), 200);
  assert.equal(outcomes.at(-1), 'repeated');
  assert.equal(await send({ ...recorded, body: recorded.body.replace(String(id), String(id - 1)) }), 401);
  const timestamp = new Date(Date.now() + 1_000).toISOString();
  const dated = { ...recorded.headers, 'x-zendesk-webhook-signature-timestamp': timestamp };
  assert.equal(await send({ ...recorded, headers: dated }), 401);
  clock.ahead = 310_000;
  assert.equal(await send(recorded), 401);
  clock.ahead = 0;
  assert.equal((await pairOf('case', id))?.version, version);
  assert.deepEqual(outcomes.slice(-3), ['refused', 'refused', 'refused']);
});

test('while the secret of a webhook is changed, the old one and the new one count', async () => {
  given.previousSecret = given.secret;
  given.secret = `${await secretOf(triggered, 'POST')} ${given.secret.split(' ')[1]}`;
  await startHook();
  await sighted('case', await newTicket());
  assert.equal(outcomes.at(-1), 'taken');
});
