import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zendeskPackage } from '@desk-connect/plugin/widget/zendeskPackage.js';
import type { LocalZendesk } from '../zendesk/startZendesk.ts';
import type { BridgeProcess } from './bridgeProcess.ts';
import { callZendesk } from './callZendesk.ts';
import { buildApp, installApp } from './zendeskApp.ts';
import type { World } from './world.ts';

export type ZendeskBridge = {
  readonly bridge: BridgeProcess;
  /** Where agents' browsers reach the widget; Zendesk takes plain http of this name alone. */
  readonly widgetUrl: string;
};

const EVENTS = ['organization.created', 'user.created', 'user.name_changed'];
/** Until the bridge listens. */
const NOWHERE = 'http://127.0.0.1:9/';

/**
 * A bridge between the world's org and a Zendesk that calls it by webhooks, and has the app of the widget. No poll
 * finds anything: what crosses has come by a call.
 */
export async function startZendeskBridge(world: World, zendesk: LocalZendesk): Promise<ZendeskBridge> {
  const tickets = await newWebhook(zendesk, ['conditional_ticket_events']);
  const events = EVENTS.map((event) => `zen:event-type:${event}`);
  const records = await newWebhook(zendesk, events);
  await addTrigger(zendesk, tickets.id);
  const app = await installApp(zendesk, await zendeskPackage(new URL('https://bridge.test/widget')));
  const keyFile = join(world.dataFolder, '..', 'zendesk-app.pem');
  writeFileSync(keyFile, app.publicKey);
  const bridge = await world.startBridge({
    DESKCONNECT_DESK: 'zendesk',
    DESKCONNECT_DESK_URL: zendesk.url,
    DESKCONNECT_ZENDESK_EMAIL: zendesk.adminEmail,
    DESKCONNECT_ZENDESK_TOKEN: zendesk.apiTokens[0] ?? '',
    DESKCONNECT_POLL_SECONDS: '3600',
    DESKCONNECT_HOOK_SECRET: `${tickets.secret} ${records.secret}`,
    DESKCONNECT_HOOK_PORT: '0',
    DESKCONNECT_WIDGET_APP: app.installation,
    DESKCONNECT_WIDGET_APP_KEY_FILE: keyFile,
    DESKCONNECT_WIDGET_PORT: '0',
  });
  const portOf = (name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(bridge.output())?.[1]);
  const endpoint = `http://127.0.0.1:${portOf('hookPort')}/hooks/zendesk`;
  for (const { id } of [tickets, records])
    await callZendesk(zendesk, 'PUT', `webhooks/${id}`, { webhook: { endpoint } });
  const widgetUrl = `http://localhost:${portOf('widgetPort')}/widget`;
  const built = await buildApp(zendesk, await zendeskPackage(new URL(widgetUrl)), app.appId);
  if (built.status !== 'completed') throw new Error(built.message);
  return { bridge, widgetUrl };
}

async function newWebhook(
  zendesk: LocalZendesk,
  subscriptions: readonly string[],
): Promise<{ id: string; secret: string }> {
  const how = { http_method: 'POST', request_format: 'json', status: 'active' };
  const webhook = { name: 'Desk Connect', endpoint: NOWHERE, subscriptions, ...how };
  const made = await callZendesk(zendesk, 'POST', 'webhooks', { webhook });
  const { id } = made.body['webhook'] as { id: string };
  const { body } = await callZendesk(zendesk, 'GET', `webhooks/${id}/signing_secret`);
  return { id, secret: (body['signing_secret'] as { secret: string }).secret };
}

/** As the guide says it: for each ticket that is made or changed, but by the bridge. */
async function addTrigger(zendesk: LocalZendesk, webhookId: string): Promise<void> {
  const { body } = await callZendesk(zendesk, 'GET', 'users/me');
  await callZendesk(zendesk, 'POST', 'triggers', {
    trigger: {
      title: 'Tell Desk Connect',
      conditions: {
        all: [{ field: 'role', operator: 'is_not', value: String(body.user.id) }],
        any: ['Create', 'Change'].map((value) => ({ field: 'update_type', operator: 'is', value })),
      },
      actions: [{ field: 'notification_webhook', value: [webhookId, '{"ticket_id": "{{ticket.id}}"}'] }],
    },
  });
}
