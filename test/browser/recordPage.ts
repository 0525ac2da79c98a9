import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { APP } from './host/buildPage.ts';
import { readLabels } from './host/labels.ts';
import { i18nOf, pageHtml } from './host/pageHtml.ts';

const STYLES = fileURLToPath(
  import.meta.resolve('@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css'),
);
const FAKE_ORG = readFileSync(new URL('fakeOrg.js', import.meta.url), 'utf8');
const ORIGIN = 'https://record.test';
export const RECORD_ID = '500000000000001AAA';

export type LinkFields = Partial<Record<string, string | null>>;

/** What the page's org has and answers; see fakeOrg.js. */
export type PageOrg = {
  links?: Record<string, LinkFields>;
  /** The last entry of the log of each record. */
  logs?: Record<string, LinkFields>;
  mayNotRead?: boolean;
  mayNotUpdate?: boolean;
  readError?: string;
  writeError?: { message: string };
  /** Answers wait until the test lets them go. */
  isHeld?: boolean;
  release?: () => void;
  /** What was asked of it. */
  query?: string;
  looks?: number;
  writes?: LinkFields[];
};

export type RecordPage = {
  readonly page: Page;
  /** Errors and warnings that the page logged. */
  readonly problems: string[];
  readonly org: () => Promise<PageOrg>;
  /** Changes the org behind the page, as the bridge or an admin would. */
  readonly change: (change: PageOrg) => Promise<void>;
  readonly changeLink: (fields: LinkFields) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What the platform gives to the component, besides what the org answers. */
const HOST = {
  component: 'deskSyncStatus',
  props: { recordId: RECORD_ID, objectApiName: 'Case' },
  frame: 'app',
  title: '00001026',
  permissions: [],
  labels: Object.fromEntries(readLabels(APP)),
  i18n: i18nOf('en_US'),
};
const LOOK = { theme: 'cosmos', mode: 'light', language: 'en_US' } as const;
/** The org lets nobody listen, so that the component has to look by itself. */
const NO_STREAM = [{ channel: '/meta/handshake', successful: false, advice: { reconnect: 'none' } }];

/**
 * A page with the component on it, in SLDS 2, with time standing still until the test moves it.
 * `scripts` is the folder that buildPage gave.
 */
export async function openRecordPage(browser: Browser, scripts: string, org: PageOrg): Promise<RecordPage> {
  const context = await browser.newContext({ viewport: { width: 420, height: 700 }, timezoneId: 'UTC' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  // All that the page asks for is answered here: nothing goes to the network.
  await context.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/')
      return route.fulfill({ body: pageHtml(HOST.title, LOOK, HOST, ''), contentType: 'text/html' });
    if (pathname === '/slds2/slds2.cosmos.css') return route.fulfill({ path: STYLES });
    if (pathname.startsWith('/scripts/'))
      return route.fulfill({ path: join(scripts, pathname.slice('/scripts/'.length)) });
    return pathname.startsWith('/cometd/')
      ? route.fulfill({ json: NO_STREAM })
      : route.fulfill({ status: 404 });
  });
  await page.clock.install({ time: new Date('2026-11-26T12:00:00Z') });
  await page.clock.pauseAt(new Date('2026-11-26T13:00:00Z'));
  await page.addInitScript(`globalThis.org = ${JSON.stringify(org)};\n${FAKE_ORG}`);
  await page.goto(ORIGIN);
  return {
    page,
    problems,
    org: () =>
      page.evaluate(() => JSON.parse(JSON.stringify((globalThis as { org?: unknown }).org)) as PageOrg),
    change: (change) =>
      page.evaluate(
        (change) => void Object.assign((globalThis as { org?: PageOrg }).org ?? {}, change),
        change,
      ),
    changeLink: (fields) =>
      page.evaluate(
        ({ id, fields }) =>
          void Object.assign((globalThis as { org?: PageOrg }).org?.links?.[id] ?? {}, fields),
        { id: RECORD_ID, fields },
      ),
    close: () => context.close(),
  };
}
