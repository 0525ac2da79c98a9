import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const read = (url: string) => readFileSync(fileURLToPath(url), 'utf8');
const STYLES = read(import.meta.resolve('@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css'));
const HTML = read(new URL('page/page.html', import.meta.url).href);
const ORIGIN = 'https://record.test';
export const RECORD_ID = '500000000000001AAA';

export type LinkFields = Partial<Record<string, string | null>>;

/** What the page's org has and answers; see page/org.js. */
export type PageOrg = {
  links?: Record<string, LinkFields>;
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

/** A page with the component on it, in SLDS 2, with time standing still until the test moves it. */
export async function openRecordPage(browser: Browser, script: string, org: PageOrg): Promise<RecordPage> {
  const context = await browser.newContext({ viewport: { width: 420, height: 700 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  const files: Record<string, { body: string; contentType: string }> = {
    '/': { body: HTML, contentType: 'text/html' },
    '/slds.css': { body: STYLES, contentType: 'text/css' },
    '/main.js': { body: script, contentType: 'text/javascript' },
  };
  // All that the page asks for is answered here: nothing goes to the network.
  await context.route('**/*', (route) =>
    route.fulfill(files[new URL(route.request().url()).pathname] ?? { status: 404, body: '' }),
  );
  await page.clock.install({ time: new Date('2026-11-26T12:00:00Z') });
  await page.clock.pauseAt(new Date('2026-11-26T13:00:00Z'));
  await page.addInitScript(`globalThis.org = ${JSON.stringify(org)}`);
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
