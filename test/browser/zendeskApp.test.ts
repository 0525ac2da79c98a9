import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { callZendesk } from '../support/callZendesk.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { startZendeskBridge } from '../support/zendeskBridge.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';
import { findViolations } from './findViolations.ts';
import { keepPicture } from './host/keepPicture.ts';
import { openBrowser, type OpenBrowser } from './openBrowser.ts';

let world: World;
let zendesk: LocalZendesk;
let widgetUrl: string;
let opened: OpenBrowser | undefined;
let ticketId: number;

before(async () => {
  world = await createWorld();
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000 });
  ({ widgetUrl } = await startZendeskBridge(world, zendesk));
  const make = async (path: string, body: object) =>
    (await callZendesk(zendesk, 'POST', path, body, { as: zendesk.agentEmail })).body;
  const sent = { organization: { name: 'Analytical Engines' } };
  const { organization } = (await callZendesk(zendesk, 'POST', 'organizations', sent)).body;
  const person = { name: 'Ada Byron', email: 'ada@engines.test', organization_id: organization.id };
  const { user } = await make('users', { user: { ...person, skip_verify_email: true } });
  const comment = { body: 'They come back torn.' };
  const ticket = { subject: 'Punched cards', priority: 'high', requester_id: user.id, comment };
  ({ id: ticketId } = (await make('tickets', { ticket })).ticket);
  await waitFor('the case', async () => {
    const cases = await world.salesforce.query(
      "SELECT Id FROM Case WHERE Account.Name = 'Analytical Engines'",
    );
    return cases.totalSize === 1;
  });
  opened = await openBrowser();
});
after(async () => {
  await opened?.close();
  await world?.close();
  await zendesk?.close();
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
    await frame.getByText('ada@engines.test').waitFor();
    await frame.getByText('High').waitFor();
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
