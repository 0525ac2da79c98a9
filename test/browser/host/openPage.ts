import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import type { Org } from '../../org/org.ts';
import { nameFieldOf } from '../../org/schema/schema.ts';
import type { LocalOrg } from '../../org/startOrg.ts';
import { fieldValue } from '../../org/uiapi/fieldValue.ts';
import { servedRecord } from '../../org/uiapi/supported.ts';
import { APP, buildPage } from './buildPage.ts';
import { startHostServer, type HostServer } from './hostServer.ts';
import { readLabels } from './labels.ts';
import { i18nOf, pageHtml, type Look } from './pageHtml.ts';

export type PageOptions = Partial<Look> & {
  /** The session of the user who looks at the page. */
  readonly token: string;
  /** As in `c/deskSyncStatus`. */
  readonly component: string;
  /** What an admin sets where the component is placed; `recordId` and `objectApiName` come of themselves. */
  readonly props?: Readonly<Record<string, unknown>>;
  /** The record of a record page; without one it is an app page. */
  readonly recordId?: string;
  /** Of an app page. */
  readonly title?: string;
  /** In pixels. */
  readonly width?: number;
  /** Prepares the page before it loads: a clock that the test moves, calls that it answers itself. */
  readonly prepare?: (page: Page) => Promise<void>;
};

export type HostPage = {
  readonly page: Page;
  /** Errors and warnings that the page logged. */
  readonly problems: readonly string[];
  close(): Promise<void>;
};

export type Host = {
  open(browser: Browser, options: PageOptions): Promise<HostPage>;
  close(): Promise<void>;
};

/** Fields of a record that its page shows beside our component, as far as the user may see them. */
const SHOWN = [
  'Subject',
  'Status',
  'Priority',
  'Email',
  'Phone',
  'Title',
  'Website',
  'Industry',
  'CreatedDate',
];

/** Builds the page once and serves it in front of a local org. */
export async function startHost(local: LocalOrg): Promise<Host> {
  const server = await startHostServer(local.url, await buildPage());
  return {
    open: (browser, options) => openPage(browser, server, local.org, options),
    close: () => server.close(),
  };
}

async function openPage(
  browser: Browser,
  server: HostServer,
  org: Org,
  options: PageOptions,
): Promise<HostPage> {
  const { token, component, recordId, width = 1_280, language = 'en_US' } = options;
  const userId = org.sessions.userOf(token);
  const record = recordId === undefined ? null : recordOf(org, userId, recordId);
  const title = record?.name ?? options.title ?? 'Desk Connect';
  const place = record ? { recordId, objectApiName: record.object } : {};
  const nonce = randomBytes(16).toString('base64');
  const html = pageHtml(
    title,
    { theme: options.theme ?? 'cosmos', mode: options.mode ?? 'light', language },
    {
      component,
      props: { ...place, ...options.props },
      frame: record ? 'record' : 'app',
      record,
      title,
      userId,
      permissions: permissionsOf(org, userId),
      labels: Object.fromEntries(readLabels(APP, language)),
      i18n: i18nOf(language),
      pageReference: record
        ? { type: 'standard__recordPage', attributes: { ...place, actionName: 'view' }, state: {} }
        : { type: 'standard__navItemPage', attributes: { apiName: component }, state: {} },
      navigated: [],
    },
    nonce,
  );
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: i18nOf(language).locale,
    timezoneId: 'UTC',
  });
  await context.addCookies([{ name: 'sid', value: encodeURIComponent(token), url: server.url }]);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    // That the org refuses something is the component's to show, and no fault of the page.
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isRefusal) problems.push(message.text());
  });
  await options.prepare?.(page);
  await options.prepare?.(page);
  await page.goto(server.serve(html, nonce));
  return { page, problems, close: () => context.close() };
}

/** A record as its page heads it. */
function recordOf(org: Org, userId: string, id: string) {
  const { object, record } = servedRecord(org, userId, id);
  const access = org.accessOf(userId);
  const fields = SHOWN.flatMap((name) => {
    const field = object.fields.get(name);
    if (!field || !access.field(object, field).read) return [];
    const { value, displayValue } = fieldValue(org, userId, object, field, record);
    return value === null ? [] : [[field.label, displayValue ?? String(value)]];
  });
  const name = record[nameFieldOf(object)];
  return { object: object.name, kind: object.label, name: String(name ?? ''), fields };
}

/** User permissions by their names. */
function permissionsOf(org: Org, userId: string): string[] {
  const columns = [...(org.schema.object('PermissionSet')?.fields.keys() ?? [])];
  const names = columns.flatMap((column) => /^Permissions(.+)$/.exec(column)?.[1] ?? []);
  return names.filter((name) => org.accessOf(userId).permission(name));
}
