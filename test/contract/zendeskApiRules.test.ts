import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { callZendesk, type ZendeskCall, type ZendeskRecord } from '../support/callZendesk.ts';
import { waitFor } from '../support/waitFor.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

type Delivery = { readonly headers: IncomingHttpHeaders; readonly body: string };
const deliveries: Delivery[] = [];
const answers: number[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
  request.on('end', () => {
    deliveries.push({ headers: request.headers, body });
    response.writeHead(answers.shift() ?? 200).end();
  });
});
let zendesk: LocalZendesk;
let requester: ZendeskRecord;
let agentId: number;
let endpoint: string;

before(async () => {
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000, limits: { userUpdatesPerMinute: 100 } });
  const sent = { name: 'Ada', email: 'ada@mail.test', skip_verify_email: true };
  requester = (await call('POST', 'users', { user: sent })).body.user;
  agentId = (await call('GET', 'users/me', undefined, { as: zendesk.agentEmail })).body.user.id;
});
after(async () => {
  await zendesk.close();
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(() => {
  deliveries.length = 0;
  zendesk.state.notifications.length = 0;
});

const call = (method: string, path: string, body?: object, options?: ZendeskCall) =>
  callZendesk(zendesk, method, path, body, options);
const newTicket = async (fields: object) =>
  (await call('POST', 'tickets', { ticket: { subject: 'Help', ...fields } })).body.ticket;
const mailedTo = (address: string) =>
  zendesk.state.notifications.filter(({ to }) => to === address).map(({ because }) => because);
const newWebhook = async (fields: object = {}) => {
  const webhook = { name: 'Hook', endpoint, http_method: 'POST', request_format: 'json', status: 'active' };
  const { body } = await call('POST', 'webhooks', { webhook: { ...webhook, ...fields } });
  return body['webhook'] as { id: string };
};

test('the standard triggers write to the requester of a public ticket, and of public comments', async () => {
  const { id } = await newTicket({ requester_id: requester.id, comment: { body: 'Hi' } });
  assert.deepEqual(mailedTo('ada@mail.test'), ['Notify requester of new proactive ticket']);
  await call('PUT', `tickets/${id}`, { ticket: { comment: { body: 'Told' }, assignee_id: agentId } });
  assert.deepEqual(mailedTo('ada@mail.test').slice(1), ['Notify requester and CCs of comment update']);
  assert.deepEqual(mailedTo('agent@zendesk.test'), [
    'Notify all agents of received request',
    'Notify assignee of comment update',
  ]);
  const { body } = await call('GET', `tickets/${id}/audits`);
  const events = (body['audits'] as { events: { type: string }[] }[]).flatMap((one) => one.events);
  assert.equal(events.filter(({ type }) => type === 'Notification').length, 4);
});

test('nobody but agents is written to about internal comments', async () => {
  const { id } = await newTicket({ requester_id: requester.id, comment: { body: 'Hi', public: false } });
  await call('PUT', `tickets/${id}`, { ticket: { comment: { body: 'Note', public: false } } });
  assert.deepEqual(mailedTo('ada@mail.test'), []);
});

test('an imported ticket is seen by no trigger', async () => {
  const comments = [{ value: 'Old', author_id: requester.id }];
  await call('POST', 'imports/tickets', {
    ticket: { subject: 'Old', requester_id: requester.id, comments },
  });
  assert.deepEqual(zendesk.state.notifications, []);
});

test('somebody new with an e-mail is asked to verify it, unless the write says not to', async () => {
  await call('POST', 'users', { user: { name: 'A', email: 'a@mail.test' } });
  await call('POST', 'users', { user: { name: 'B', email: 'b@mail.test', skip_verify_email: true } });
  await call('POST', 'users', { user: { name: 'C', email: 'c@mail.test', verified: true } });
  assert.deepEqual(
    zendesk.state.notifications.map(({ to, because }) => [to, because]),
    [['a@mail.test', 'verification']],
  );
});

test('a trigger with a condition on tags leaves out the tickets that carry one', async () => {
  const { body } = await call('GET', 'triggers/active');
  const proactive = (body['triggers'] as { id: number; title: string; conditions: { all: object[] } }[]).find(
    ({ title }) => title === 'Notify requester of new proactive ticket',
  );
  assert.ok(proactive);
  const { all } = proactive.conditions;
  const excluded = { field: 'current_tags', operator: 'not_includes', value: 'synced' };
  await call('PUT', `triggers/${proactive.id}`, {
    trigger: { conditions: { all: [...all, excluded], any: [] } },
  });
  await newTicket({ requester_id: requester.id, comment: { body: 'Hi' }, tags: ['synced'] });
  assert.deepEqual(mailedTo('ada@mail.test'), []);
  await newTicket({ requester_id: requester.id, comment: { body: 'Hi' } });
  assert.equal(mailedTo('ada@mail.test').length, 1);
});

test('a trigger sends a signed request for each ticket that it is about', async () => {
  const webhook = await newWebhook();
  const { body } = await call('GET', `webhooks/${webhook.id}/signing_secret`);
  const { secret } = body['signing_secret'] as { secret: string };
  await call('POST', 'triggers', {
    trigger: {
      title: 'Tell',
      conditions: {
        all: [],
        any: [
          { field: 'status', operator: 'changed', value: null },
          { field: 'update_type', operator: 'is', value: 'Create' },
        ],
      },
      actions: [{ field: 'notification_webhook', value: [webhook.id, '{"ticket":"{{ticket.id}}"}'] }],
    },
  });
  const { id } = await newTicket({ comment: { body: 'Hi' } });
  await waitFor('the delivery', () => deliveries.length === 1);
  const [delivery] = deliveries;
  assert.ok(delivery);
  assert.deepEqual(JSON.parse(delivery.body), { ticket: String(id) });
  const timestamp = String(delivery.headers['x-zendesk-webhook-signature-timestamp']);
  const expected = createHmac('sha256', secret).update(`${timestamp}${delivery.body}`).digest('base64');
  assert.equal(delivery.headers['x-zendesk-webhook-signature'], expected);
  await call('PUT', `tickets/${id}`, { ticket: { subject: 'Same status' } });
  await call('PUT', `tickets/${id}`, { ticket: { status: 'pending' } });
  await waitFor('the second delivery', () => deliveries.length === 2);
  await call('PUT', `webhooks/${webhook.id}`, { webhook: { status: 'inactive' } });
});

test('a subscribed webhook is told what happens to users and organizations', async () => {
  const webhook = await newWebhook({
    subscriptions: ['zen:event-type:user.created', 'zen:event-type:user.name_changed'],
  });
  const { id } = (await call('POST', 'users', { user: { name: 'First' } })).body.user;
  await call('PUT', `users/${id}`, { user: { notes: 'not subscribed' } });
  await call('PUT', `users/${id}`, { user: { name: 'Second' } });
  await waitFor('both deliveries', () => deliveries.length === 2);
  const told = deliveries.map((one) => JSON.parse(one.body) as { type: string; event: object });
  // They are on their way at the same time, and may come in either order.
  assert.deepEqual(Object.fromEntries(told.map(({ type, event }) => [type, event])), {
    'zen:event-type:user.created': {},
    'zen:event-type:user.name_changed': { current: 'Second', previous: 'First' },
  });
  const trigger = {
    title: 'x',
    conditions: { all: [{ field: 'update_type', operator: 'is', value: 'Create' }], any: [] },
    actions: [{ field: 'notification_webhook', value: [webhook.id, '{}'] }],
  };
  const connected = await call('POST', 'triggers', { trigger });
  assert.equal(connected.status, 422, 'what is told of events is called by no trigger');
  assert.equal((await call('DELETE', `webhooks/${webhook.id}`)).status, 204);
  const get = { name: 'x', endpoint, http_method: 'GET', request_format: 'json', status: 'active' };
  const refused = await call('POST', 'webhooks', {
    webhook: { ...get, subscriptions: ['zen:event-type:user.created'] },
  });
  assert.equal(refused.status, 400);
});

test('a delivery that meets a conflict is tried again', async () => {
  answers.push(409);
  const webhook = await newWebhook({ subscriptions: ['zen:event-type:organization.created'] });
  await call('POST', 'organizations', { organization: { name: 'Told twice' } });
  await waitFor('both attempts', () => deliveries.length === 2);
  await waitFor('the answer', () => zendesk.webhooks.invocations.at(-1)?.answers.length === 2);
  assert.deepEqual(zendesk.webhooks.invocations.at(-1)?.answers, [409, 200]);
  await call('DELETE', `webhooks/${webhook.id}`);
});

test('a trigger changes what it may, and what it may not stays as it is', async () => {
  const { body } = await call('POST', 'triggers', {
    trigger: {
      title: 'Solve and tag',
      conditions: { all: [{ field: 'current_tags', operator: 'includes', value: 'done' }], any: [] },
      actions: [
        { field: 'status', value: 'solved' },
        { field: 'current_tags', value: 'seen' },
      ],
    },
  });
  const made = await call('POST', 'tickets', { ticket: { comment: { body: 'Hi' }, tags: ['done'] } });
  // Nobody is assigned, so it can't be solved.
  assert.deepEqual(
    [made.status, made.body.ticket['status'], made.body.ticket['tags']],
    [201, 'new', ['done', 'seen']],
  );
  await call('DELETE', `triggers/${(body['trigger'] as { id: number }).id}`);
});

test('a condition or an action that is not known is refused', async () => {
  const trigger = {
    title: 'x',
    conditions: { all: [{ field: 'weather', operator: 'is', value: 'fine' }], any: [] },
    actions: [{ field: 'status', value: 'open' }],
  };
  assert.equal((await call('POST', 'triggers', { trigger })).status, 422);
});
