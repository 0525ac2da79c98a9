import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { zendeskPackage } from '@desk-connect/plugin/widget/zendeskPackage.js';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { callZendesk } from '../support/callZendesk.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { installApp } from '../support/zendeskApp.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

let world: World;
let zendesk: LocalZendesk;
let bridge: BridgeProcess;
let userId: number;
let ticketId: number;

const call = async (method: string, path: string, body?: object, as?: string) =>
  (await callZendesk(zendesk, method, path, body, as === undefined ? {} : { as })).body;
const portIn = (name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(bridge.output())?.[1]);
const rows = async (soql: string) =>
  (await world.salesforce.query<Record<string, string>>(soql)).records.map((row) => row);

/** A webhook of Zendesk, and its signing secret. It leads nowhere until the bridge has a port. */
async function newWebhook(subscriptions: readonly string[]): Promise<{ id: string; secret: string }> {
  const how = { http_method: 'POST', request_format: 'json', status: 'active' };
  const webhook = { name: 'Desk Connect', endpoint: 'http://127.0.0.1:9/', subscriptions, ...how };
  const { id } = (await call('POST', 'webhooks', { webhook }))['webhook'] as { id: string };
  const { signing_secret: signing } = await call('GET', `webhooks/${id}/signing_secret`);
  return { id, secret: (signing as { secret: string }).secret };
}

before(async () => {
  world = await createWorld();
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000 });
  const me = await call('GET', 'users/me');
  const tickets = await newWebhook(['conditional_ticket_events']);
  const users = await newWebhook(['zen:event-type:user.created', 'zen:event-type:user.name_changed']);
  await call('POST', 'triggers', {
    trigger: {
      title: 'Tell Desk Connect',
      conditions: {
        all: [{ field: 'role', operator: 'is_not', value: String(me.user.id) }],
        any: ['Create', 'Change'].map((value) => ({ field: 'update_type', operator: 'is', value })),
      },
      actions: [{ field: 'notification_webhook', value: [tickets.id, '{"ticket_id": "{{ticket.id}}"}'] }],
    },
  });
  const { installation, publicKey } = await installApp(
    zendesk,
    await zendeskPackage(new URL('https://bridge.test/widget')),
  );
  const keyFile = join(world.dataFolder, '..', 'zendesk-app.pem');
  writeFileSync(keyFile, publicKey);
  // Neither a poll nor a look back finds anything: what crosses has come by a call.
  bridge = await world.startBridge({
    DESKCONNECT_DESK: 'zendesk',
    DESKCONNECT_DESK_URL: zendesk.url,
    DESKCONNECT_ZENDESK_EMAIL: zendesk.adminEmail,
    DESKCONNECT_ZENDESK_TOKEN: zendesk.apiTokens[0] ?? '',
    DESKCONNECT_POLL_SECONDS: '3600',
    DESKCONNECT_HOOK_SECRET: `${tickets.secret} ${users.secret}`,
    DESKCONNECT_HOOK_PORT: '0',
    DESKCONNECT_WIDGET_APP: installation,
    DESKCONNECT_WIDGET_APP_KEY_FILE: keyFile,
    DESKCONNECT_WIDGET_PORT: '0',
  });
  const endpoint = `http://127.0.0.1:${portIn('hookPort')}/hooks/zendesk`;
  for (const { id } of [tickets, users]) await call('PUT', `webhooks/${id}`, { webhook: { endpoint } });
});
after(async () => {
  await world.close();
  await zendesk.close();
});

test('webhooks of Zendesk bring a new user and his name to Salesforce, with no poll', async () => {
  const user = { name: 'Ada Byron', email: 'ada@mail.test', skip_verify_email: true };
  userId = (await call('POST', 'users', { user }, zendesk.adminEmail)).user.id;
  const names = async () => (await rows('SELECT Name FROM Contact')).map(({ Name }) => Name);
  await waitFor('the contact', async () => (await names()).includes('Ada Byron'));
  await call('PUT', `users/${userId}`, { user: { name: 'Ada Lovelace' } });
  await waitFor('the name', async () => (await names()).includes('Ada Lovelace'));
});

test('a trigger of Zendesk brings a new ticket and its changes to Salesforce, with no poll', async () => {
  const ticket = { subject: 'By a trigger', requester_id: userId, comment: { body: 'Help' } };
  ticketId = (await call('POST', 'tickets', { ticket }, zendesk.agentEmail)).ticket.id;
  const cases = async () =>
    (await rows('SELECT Subject, Priority FROM Case')).map(
      ({ Subject, Priority }) => `${Subject} ${Priority}`,
    );
  await waitFor('the case', async () => (await cases()).some((one) => one.startsWith('By a trigger')));
  const changed = { ticket: { subject: 'Changed by an agent', priority: 'high' } };
  await call('PUT', `tickets/${ticketId}`, changed, zendesk.agentEmail);
  await waitFor('the change', async () => (await cases()).includes('Changed by an agent High'));
  await waitFor('rest', async () => (await bridge.status()).pairs['waiting'] === 0);
});

test('an agent sees beside the ticket what Salesforce knows of it', async () => {
  const credentials = Buffer.from(`${zendesk.agentEmail}/token:${zendesk.apiTokens[0]}`).toString('base64');
  const page = await fetch(`${zendesk.url}/agent/tickets/${ticketId}`, {
    headers: { authorization: `Basic ${credentials}` },
  });
  const token = /name="token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const shown = await fetch(`http://127.0.0.1:${portIn('widgetPort')}/widget/zendesk/ticket`, {
    method: 'POST',
    body: new URLSearchParams({ token, ticket: String(ticketId) }),
  });
  assert.equal(shown.status, 200);
  assert.match(await shown.text(), /Ada Lovelace[\s\S]*High/);
});
