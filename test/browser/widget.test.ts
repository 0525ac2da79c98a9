import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STYLE } from '@desk-connect/bridge/core/widget/style.js';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import { linkedCase } from '../support/linkedCase.ts';
import { display, letReadForWidget, startWidget, type Widget } from '../support/startWidget.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { findViolations } from './findViolations.ts';
import { keepPicture } from './host/keepPicture.ts';
import { openBrowser, type OpenBrowser } from './openBrowser.ts';

const MARKUP = `</dd></main><script>globalThis.ran = 1</script><img src=x onerror="globalThis.ran = 1"><svg onload=globalThis.ran=1>"'><a href='javascript:globalThis.ran=1'>x</a>`;
const LONG = 'W'.repeat(31_000) + MARKUP;
const RIGHT_TO_LEFT = '\u202eشركة المحركات התחליליות\u2066\u2067 <b>';
const WIDTHS = [240, 320, 480];

let world: World;
let bridge: BridgeInProcess;
let widget: Widget;
let opened: OpenBrowser | undefined;
const cases = { plain: 0, hostile: 0 };

const mappings = [
  ...['Title', 'Email', 'Phone', 'Department', 'Description'].map((name) => display('customer', name)),
  ...['Phone', 'Website', 'Industry', 'BillingCity', 'Description'].map((name) => display('company', name)),
  ...['Status', 'Subject', 'Description'].map((name) => display('case', name)),
];

type Records = {
  readonly name: string;
  readonly contact: object;
  readonly account: object;
  readonly deals: readonly string[];
};

/** A case of Desk that is linked, whose records in Salesforce hold this. */
async function makeCase({ name, contact, account, deals }: Records): Promise<number> {
  const { deskCase, contactId, accountId } = await linkedCase(world, bridge, {
    company: name,
    customer: { last_name: name },
    subject: name,
  });
  // As they are, past what a form of Salesforce would refuse.
  const { records: rows } = world.org.org;
  const put = (object: string, id: string, fields: object) =>
    Object.assign(rows.get(object, id) ?? {}, fields);
  put('Contact', contactId, contact);
  put('Account', accountId, account);
  for (const Name of deals)
    await world.salesforce.sobject('Opportunity').create({
      Name,
      StageName: 'Prospecting',
      CloseDate: '2027-03-01',
      Amount: 1_250_000,
      AccountId: accountId,
    });
  return deskCase;
}

/** A site with a page that frames the widget. */
async function framing(address: () => string): Promise<{ origin: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>Frame</title><iframe src="${address()}" width="300" height="600"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** Where the frame of a page ended up; its content is closed to scripts, those of a test too. */
function framedUrl(page: Page): Promise<string> {
  return waitFor('the frame', () => {
    const [, framed] = page.frames();
    const url = framed?.url() ?? '';
    return url === '' || url === 'about:blank' || url.includes('/widget/open') ? null : url;
  });
}

async function withPage(
  options: BrowserContextOptions,
  use: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  assert.ok(opened);
  const context = await opened.browser.newContext({ viewport: { width: 320, height: 900 }, ...options });
  try {
    await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

before(async () => {
  world = await createWorld();
  await letReadForWidget(world, [
    'Account.Website',
    'Account.Industry',
    'Account.BillingCity',
    'Contact.Department',
  ]);
  bridge = await startBridgeInProcess(world);
  cases.plain = await makeCase({
    name: 'Analytical Engines',
    contact: {
      FirstName: 'Ada',
      LastName: 'Byron',
      Name: 'Ada Byron',
      Title: 'Countess of Lovelace',
      Email: 'ada@engines.example',
      Phone: '+44 20 7946 0000',
    },
    account: {
      Website: 'www.engines.example',
      Industry: 'Banking',
      BillingCity: 'London',
      Phone: '020 7946 0001',
    },
    deals: ['Difference engine no. 2', 'Punched cards'],
  });
  cases.hostile = await makeCase({
    name: 'Hostile',
    contact: {
      Name: MARKUP,
      Title: RIGHT_TO_LEFT,
      Email: 'javascript:globalThis.ran=1',
      Phone: 'javascript:globalThis.ran=1',
      Department: MARKUP,
      Description: LONG,
    },
    account: {
      Name: RIGHT_TO_LEFT + MARKUP,
      Website: 'javascript:globalThis.ran=1',
      Industry: MARKUP,
      Phone: '9'.repeat(40),
      Description: `${MARKUP}\n`.repeat(30),
    },
    deals: [MARKUP.slice(0, 120), 'W'.repeat(120)],
  });
  widget = await startWidget(world, bridge, { mappings });
  opened = await openBrowser();
});
after(async () => {
  await opened?.close();
  await widget.close();
  await bridge.stop();
  await world.close();
});

for (const name of ['plain', 'hostile'] as const) {
  test(`a page with ${name} records fits a narrow column, in light and dark, and axe finds nothing`, async () => {
    await withPage({ bypassCSP: true }, async (page) => {
      await page.goto(widget.opening(cases[name]));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          const isWide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
          assert.ok(!isWide, `${width}`);
          await keepPicture(page, `widget-${name}-${colorScheme}-${width}`);
        }
        assert.deepEqual(await findViolations(page), []);
      }
    });
  });
}

test('nothing that a record holds runs, even where the policy of the page does not stop it', async () => {
  await withPage({ bypassCSP: true }, async (page) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('dialog', (dialog) => void problems.push(dialog.message()));
    await page.goto(widget.opening(cases.hostile));
    await page.getByText('Show all of').first().click();
    assert.equal(await page.evaluate(() => (globalThis as { ran?: number }).ran), undefined);
    assert.deepEqual(problems, []);
    assert.equal(await page.locator('script, img, svg, iframe, form, [onerror], [onload]').count(), 0);
    const hrefs = await page.evaluate<string[]>('[...document.links].map(({ href }) => href)');
    assert.ok(hrefs.length >= 5);
    for (const href of hrefs) assert.match(href, /^(?:http:\/\/127\.0\.0\.1:\d+\/lightning\/r\/|tel:\d+$)/);
    // It stands there as it is, for an agent to read.
    assert.ok((await page.locator('body').innerText()).includes('<script>globalThis.ran = 1</script>'));
  });
});

test('the page has no script, and loads nothing but its stylesheet', async () => {
  await withPage({}, async (page) => {
    const loaded: string[] = [];
    const refused: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(widget.opening(cases.plain));
    assert.deepEqual(loaded, ['/widget/open', `/widget/case/${cases.plain}`, '/widget/style.css']);
    assert.deepEqual(refused, []);
    await keepPicture(page, 'widget-policy');
  });
});

test('its styling hooks are those of SLDS 2', () => {
  const slds = readFileSync(
    fileURLToPath(import.meta.resolve('@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css')),
    'utf8',
  );
  const hooks = STYLE.match(/--slds-g-[\w-]+(?=:)/g) ?? [];
  assert.ok(hooks.length > 10);
  for (const hook of hooks) assert.ok(slds.includes(`${hook}:`), hook);
});

test('it can be read and used with the keyboard alone', async () => {
  await withPage({ bypassCSP: true }, async (page) => {
    await page.goto(widget.opening(cases.hostile));
    const reached: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate<string>('document.activeElement.tagName'));
      if (reached.at(-1) === 'SUMMARY') break;
    }
    assert.equal(reached[0], 'A');
    assert.equal(reached.at(-1), 'SUMMARY');
    const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
    assert.equal(outline, 'solid');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('details[open]').count(), 1);
  });
  await withPage({ bypassCSP: true }, async (page) => {
    await page.goto(widget.opening(cases.plain));
    for (const name of ['Contact', 'Account', 'Case', 'Open opportunities'])
      assert.equal(await page.getByRole('region', { name, exact: true }).count(), 1, name);
    await page.getByRole('link', { name: 'Ada Byron (opens in a new tab)' }).waitFor();
  });
});

test('the browser shows the page in a frame of Desk, and in no other', async () => {
  let address = '';
  const [desk, other] = [await framing(() => address), await framing(() => address)];
  const framed = await startWidget(world, bridge, { site: desk.origin });
  try {
    address = framed.opening(cases.plain);
    await withPage({}, async (page) => {
      await page.goto(desk.origin);
      assert.match(await framedUrl(page), new RegExp(`/widget/case/${cases.plain}\\?`));
      await page.goto(other.origin);
      assert.match(await framedUrl(page), /^chrome-error:/);
    });
  } finally {
    await framed.close();
    for (const { server } of [desk, other]) server.close();
  }
});

test('a page that refuses is as good to read', async () => {
  await withPage({ bypassCSP: true, viewport: { width: 240, height: 400 } }, async (page) => {
    await page.goto(`${widget.url}/widget/case/1?expires=1&signature=0`);
    await page.getByRole('heading', { level: 1, name: 'This link is not valid' }).waitFor();
    assert.deepEqual(await findViolations(page), []);
    await keepPicture(page, 'widget-refused');
  });
});
