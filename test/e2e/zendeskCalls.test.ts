import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { callZendesk } from '../support/callZendesk.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { startZendeskBridge, type ZendeskBridge } from '../support/zendeskBridge.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

let world: World;
let zendesk: LocalZendesk;
let started: ZendeskBridge;
let userId: number;
let ticketId: number;

const call = async (method: string, path: string, body?: object, as?: string) =>
  (await callZendesk(zendesk, method, path, body, as === undefined ? {} : { as })).body;
const rows = async (soql: string) =>
  (await world.salesforce.query<Record<string, string>>(soql)).records.map((row) => row);

before(async () => {
  world = await createWorld();
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000 });
  started = await startZendeskBridge(world, zendesk);
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
  await waitFor('rest', async () => (await started.bridge.status()).pairs['waiting'] === 0);
});

test('an agent sees beside the ticket what Salesforce knows of it', async () => {
  const credentials = Buffer.from(`${zendesk.agentEmail}/token:${zendesk.apiTokens[0]}`).toString('base64');
  const page = await fetch(`${zendesk.url}/agent/tickets/${ticketId}`, {
    headers: { authorization: `Basic ${credentials}` },
  });
  const token = /name="token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const shown = await fetch(`${started.widgetUrl}/zendesk/ticket`, {
    method: 'POST',
    body: new URLSearchParams({ token, ticket: String(ticketId) }),
  });
  assert.equal(shown.status, 200);
  assert.match(await shown.text(), /Ada Lovelace[\s\S]*High/);
});
