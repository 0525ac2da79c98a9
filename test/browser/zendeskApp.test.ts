import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { zendeskWidget } from '@desk-connect/bridge/zendesk/widget.js';
import { zendeskPackage } from '@desk-connect/plugin/widget/zendeskPackage.js';
import type { Frame, Page } from 'playwright-core';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import { callZendesk } from '../support/callZendesk.ts';
import { linkedCase } from '../support/linkedCase.ts';
import { display, startWidget, type Widget } from '../support/startWidget.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { buildApp, installApp } from '../support/zendeskApp.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';
import { findViolations } from './findViolations.ts';
import { keepPicture } from './host/keepPicture.ts';
import { openBrowser, type OpenBrowser } from './openBrowser.ts';

let world: World;
let zendesk: LocalZendesk;
let bridge: BridgeInProcess;
let widget: Widget;
/** Where browsers reach it; Zendesk takes plain http of this name alone. */
let widgetUrl: string;
let opened: OpenBrowser | undefined;
let ticketId: number;

before(async () => {
  world = await createWorld();
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000 });
  bridge = await startBridgeInProcess(world);
  const { deskCase, contactId } = await linkedCase(world, bridge, {
    company: 'Analytical Engines',
    customer: { last_name: 'Byron' },
    subject: 'Punched cards',
  });
  const contact = { FirstName: 'Ada', Name: 'Ada Byron', Title: 'Countess of Lovelace' };
  Object.assign(world.org.org.records.get('Contact', contactId) ?? {}, contact);
  // What the widget reads is the link of this id, by whichever desk it was made.
  ticketId = deskCase;
  zendesk.state.next.ticket = ticketId;
  const ticket = { subject: 'Punched cards', comment: { body: 'They come back torn.' } };
  await callZendesk(zendesk, 'POST', 'tickets', { ticket });
  const app = await installApp(zendesk, await zendeskPackage(new URL('https://bridge.test/widget')));
  widget = await startWidget(world, bridge, {
    mappings: [display('customer', 'Title')],
    site: zendesk.url,
    entrance: { widget: zendeskWidget, app },
  });
  widgetUrl = `${widget.url.replace('127.0.0.1', 'localhost')}/widget`;
  const built = await buildApp(zendesk, await zendeskPackage(new URL(widgetUrl)), app.appId);
  assert.equal(built.status, 'completed');
  opened = await openBrowser();
});
after(async () => {
  await opened?.close();
  await widget?.close();
  await bridge?.stop();
  await zendesk?.close();
  await world?.close();
});

const ticketPage = () => `${zendesk.url}/agent/tickets/${ticketId}`;

/** A page of somebody who is logged in to Zendesk, as an agent where nobody else is named. */
async function withPage(
  use: (page: Page, requests: string[]) => Promise<void>,
  { as = zendesk.agentEmail, bypassCSP = false } = {},
): Promise<void> {
  assert.ok(opened);
  const context = await opened.browser.newContext({
    viewport: { width: 900, height: 700 },
    httpCredentials: { username: `${as}/token`, password: zendesk.apiTokens[0] ?? '', origin: zendesk.url },
    bypassCSP,
  });
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  try {
    await use(await context.newPage(), requests);
  } finally {
    await context.close();
  }
}

/** The frame of the app, once it shows something of this. */
const framed = (page: Page, path: string): Promise<Frame> =>
  waitFor(`the frame at ${path}`, () =>
    page.frames().find((frame) => new URL(frame.url()).pathname === path),
  );

/** Another site, whose pages send this form into a frame, to the page of the widget that their path names. */
async function elsewhere(fields: Readonly<Record<string, string>>): Promise<{ url: string; server: Server }> {
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<iframe name="app"></iframe><form method="post" target="app" action="${widgetUrl}${request.url}?app_guid=1">` +
        `${inputs.join('')}</form><script>globalThis.heard = []; addEventListener('message', ({ data }) => heard.push(data));` +
        `document.forms[0].submit()</script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** What Zendesk signed for the page of a ticket. */
async function signed(as = zendesk.agentEmail): Promise<string> {
  const credentials = Buffer.from(`${as}/token:${zendesk.apiTokens[0] ?? ''}`).toString('base64');
  const page = await fetch(ticketPage(), { headers: { authorization: `Basic ${credentials}` } });
  return /name="token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
}

test('an agent sees beside a ticket of Zendesk what Salesforce knows, and nothing is loaded from elsewhere', async () => {
  await withPage(async (page, requests) => {
    const refused: string[] = [];
    page.on('console', (message) => {
      // Of the frame as Zendesk makes it, which lets an app have scripts and its own origin.
      if (!message.text().startsWith('An iframe which has both allow-scripts')) refused.push(message.text());
    });
    await page.goto(ticketPage());
    await framed(page, '/widget/zendesk/ticket');
    const frame = page.frameLocator('iframe');
    await frame.getByText('Ada Byron').first().waitFor();
    await frame.getByText('Countess of Lovelace').waitFor();
    await frame.getByText('Analytical Engines').waitFor();
    assert.equal(await page.evaluate<number>('document.querySelector("iframe").clientHeight'), 480);
    await keepPicture(page, 'zendesk-app');
    const widgetOrigin = new URL(widgetUrl).origin;
    for (const url of requests) {
      assert.ok([zendesk.url, widgetOrigin].includes(new URL(url).origin), url);
      assert.doesNotMatch(url, /token|eyJ/, 'nothing signed is in an address');
    }
    assert.deepEqual(refused, []);
  });
});

test('the page that asks for the ticket is as good to read, and says when Zendesk does not answer', async () => {
  await withPage(
    async (page) => {
      await page.clock.install();
      const form = `<form method="post" action="${widgetUrl}/zendesk"><input name="token" value="${await signed()}"></form>`;
      await page.setContent(form);
      await page.evaluate('document.forms[0].submit()');
      await page.getByText('Asking Zendesk which ticket this is').waitFor();
      await page.clock.fastForward(11_000);
      await page.getByText('Zendesk does not say which ticket this is.').waitFor();
      assert.equal(await page.getByText('Asking Zendesk which ticket this is').isVisible(), false);
      assert.deepEqual(await findViolations(page), []);
    },
    { bypassCSP: true },
  );
});

test('the browser shows neither page in a frame of another site', async () => {
  const other = await elsewhere({ token: await signed(), ticket: String(ticketId) });
  try {
    await withPage(async (page) => {
      for (const path of ['zendesk', 'zendesk/ticket']) {
        await page.goto(`${other.url}/${path}`);
        await waitFor('the refusal', () => page.frames()[1]?.url().startsWith('chrome-error:'));
      }
    });
  } finally {
    other.server.close();
  }
});

test('a window around that is not Zendesk is told nothing, and names no ticket', async () => {
  const other = await elsewhere({ token: await signed() });
  try {
    await withPage(async (page) => {
      // Without the policy that keeps it from standing there.
      await page.route(`${widgetUrl}/zendesk?**`, async (route) => {
        const response = await route.fetch();
        const { 'content-security-policy': _policy, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
      await page.goto(`${other.url}/zendesk`);
      const frame = await framed(page, '/widget/zendesk');
      await frame.getByText('Asking Zendesk').waitFor();
      const heard = await page.evaluate<unknown[]>(`(async () => {
        const send = (message) => frames[0].postMessage(JSON.stringify(message), '*');
        send({ key: 'zaf.app.registered', message: { context: { ticketId: ${ticketId} } } });
        send({ id: 2, result: { 'ticket.id': ${ticketId} } });
        await new Promise((resolve) => setTimeout(resolve, 200));
        return heard;
      })()`);
      assert.deepEqual(heard, []);
      assert.equal(new URL(frame.url()).pathname, '/widget/zendesk');
    });
  } finally {
    other.server.close();
  }
});
