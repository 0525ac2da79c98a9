import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { zendeskWidget } from '@desk-connect/bridge/zendesk/widget.js';
import { zendeskPackage } from '@desk-connect/plugin/widget/zendeskPackage.js';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import { callZendesk } from '../support/callZendesk.ts';
import { linkedCase } from '../support/linkedCase.ts';
import { startWidget, type Widget } from '../support/startWidget.ts';
import { createWorld, type World } from '../support/world.ts';
import { callApps, installApp } from '../support/zendeskApp.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

const clock = { ahead: 0 };
let world: World;
let bridge: BridgeInProcess;
let zendesk: LocalZendesk;
let other: LocalZendesk;
let widget: Widget;
let ticketId: number;

const app = (to: LocalZendesk) =>
  zendeskPackage(new URL('https://bridge.test/widget')).then((zip) => installApp(to, zip));

before(async () => {
  world = await createWorld();
  bridge = await startBridgeInProcess(world);
  zendesk = await startZendesk({ now: () => Date.now() + clock.ahead });
  other = await startZendesk();
  const { deskCase } = await linkedCase(world, bridge, {
    company: 'Analytical Engines',
    customer: { first_name: 'Ada', last_name: 'Byron' },
    subject: 'Patterns',
  });
  ticketId = deskCase;
  for (const one of [zendesk, other]) {
    // What the widget reads is the link of this id, by whichever desk it was made.
    one.state.next.ticket = ticketId;
    await callZendesk(one, 'POST', 'tickets', { ticket: { subject: 'Patterns', comment: { body: 'B' } } });
  }
  const installed = await app(zendesk);
  await app(other);
  const entrance = { widget: zendeskWidget, app: installed };
  const now = () => Date.now() + clock.ahead;
  widget = await startWidget(world, bridge, { site: zendesk.url, entrance, now });
});
after(async () => {
  await widget.close();
  await bridge.stop();
  await zendesk.close();
  await other.close();
  await world.close();
});

/** The tokens that Zendesk puts beside a ticket for somebody, one for each app. */
async function tokens(of: LocalZendesk, as = of.agentEmail): Promise<string[]> {
  const credentials = Buffer.from(`${as}/token:${of.apiTokens[0] ?? ''}`).toString('base64');
  const page = await fetch(`${of.url}/agent/tickets/${ticketId}`, {
    headers: { authorization: `Basic ${credentials}` },
  });
  return [...(await page.text()).matchAll(/name="token" value="([^"]+)"/g)].map(([, token = '']) => token);
}
async function post(path: string, form: Readonly<Record<string, string>>) {
  const response = await fetch(`${widget.url}/widget/${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const ticket = () => String(ticketId);
/** Nothing of a record is on a page that refuses. */
const tellsNothing = (text: string) => assert.doesNotMatch(text, /Byron|Engines|lightning|Patterns|0000000/);

test('what Zendesk signs for an agent leads to the record, and is in the body of both requests alone', async () => {
  const [token = ''] = await tokens(zendesk);
  const asking = await post('zendesk', { token });
  assert.equal(asking.status, 200);
  tellsNothing(asking.text);
  assert.match(asking.text, /<form method="post" action="zendesk\/ticket"/);
  const shown = await post('zendesk/ticket', { token, ticket: ticket() });
  assert.equal(shown.status, 200);
  assert.match(shown.text, /Ada Byron/);
  assert.match(shown.text, /<title>Salesforce: ticket \d+<\/title>/);
  assert.ok(!shown.text.includes(token));
  for (const { headers } of [asking, shown]) {
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  }
  assert.ok(!widget.logged.join('').includes(token.slice(0, 40)));
});

test('each page may do what it must, in a frame of this account alone', async () => {
  const [token = ''] = await tokens(zendesk);
  const policyOf = async (path: string, form: Record<string, string>) =>
    (await post(path, form)).headers.get('content-security-policy')?.split('; ') ?? [];
  const bounds = [
    "default-src 'none'",
    "style-src 'self'",
    "base-uri 'none'",
    `frame-ancestors ${zendesk.url}`,
  ];
  assert.deepEqual(await policyOf('zendesk', { token }), [
    ...bounds,
    "script-src 'self'",
    "form-action 'self'",
    'sandbox allow-scripts allow-forms allow-same-origin',
  ]);
  const closed = [...bounds, "form-action 'none'", 'sandbox allow-popups allow-popups-to-escape-sandbox'];
  assert.deepEqual(await policyOf('zendesk/ticket', { token, ticket: ticket() }), closed);
  assert.deepEqual(await policyOf('zendesk', { token: 'x' }), closed);
});

test('a page that Zendesk did not open for this app shows no record, says why, and asks nobody', async () => {
  const [foreign = ''] = await tokens(other);
  const second = await app(zendesk);
  const own = await tokens(zendesk);
  const [token = '', ofSecond = ''] = own;
  await callApps(zendesk, 'DELETE', `/${second.appId}.json`);
  widget.asked.length = 0;
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object;
  const renamed = Buffer.from(JSON.stringify({ ...claims, sub: 'x' })).toString('base64url');
  for (const forged of ['', 'x', foreign, ofSecond, `${header}.${renamed}.${signature}`, 'x'.repeat(9_000)])
    for (const path of ['zendesk', 'zendesk/ticket']) {
      const { status, text } = await post(path, { token: forged, ticket: ticket() });
      assert.equal(status, 403, `${path} ${forged.slice(0, 20)}`);
      assert.match(text, /Zendesk has not opened this page/);
      tellsNothing(text);
    }
  for (const path of ['open', `case/${ticketId}`, 'zendesk', 'zendesk/ticket']) {
    const { status } = await fetch(`${widget.url}/widget/${path}?token=${token}&ticket=${ticketId}`);
    assert.equal(status, 404, path);
  }
  for (const odd of ['', '0', '1 OR 1', '../1', '9'.repeat(19)])
    assert.equal((await post('zendesk/ticket', { token, ticket: odd })).status, 404, odd);
  assert.equal((await post('zendesk', { token: 'x'.repeat(20_000) })).status, 404);
  assert.deepEqual(widget.asked, []);
});

test('what Zendesk signed is worth nothing some minutes later', async () => {
  const [token = ''] = await tokens(zendesk);
  clock.ahead = 6 * 60_000;
  for (const path of ['zendesk', 'zendesk/ticket']) {
    const { status, text } = await post(path, { token, ticket: ticket() });
    assert.equal(status, 403);
    assert.match(text, /This page has expired/);
    tellsNothing(text);
  }
  const [fresh = ''] = await tokens(zendesk);
  assert.equal((await post('zendesk/ticket', { token: fresh, ticket: ticket() })).status, 200);
  clock.ahead = 0;
});

test('Zendesk signs for its agents alone', async () => {
  const user = { name: 'Customer', email: 'customer@mail.test', verified: true, skip_verify_email: true };
  await callZendesk(zendesk, 'POST', 'users', { user });
  assert.deepEqual(await tokens(zendesk, 'customer@mail.test'), []);
  assert.deepEqual(await tokens(zendesk, 'nobody@mail.test'), []);
  assert.equal((await tokens(zendesk)).length, 1);
});
