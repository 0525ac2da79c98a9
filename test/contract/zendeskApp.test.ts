import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseEnv } from 'node:util';
import JSZip from 'jszip';
import { readConfig } from '@desk-connect/bridge/service/config.js';
import type { WidgetAt } from '@desk-connect/plugin/widget/widgetPlace.js';
import { zendeskApp } from '@desk-connect/plugin/widget/zendeskApp.js';
import { callApps } from '../support/zendeskApp.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

const WIDGET_URL = 'https://bridge.test/below/widget';
const folder = join(mkdtempSync(join(tmpdir(), 'zendesk-app-')), 'desk-connect');
let zendesk: LocalZendesk;
let env: Record<string, string>;

before(async () => {
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000 });
  env = {
    DESKCONNECT_SALESFORCE_URL: 'https://acme.my.salesforce.com',
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: 'a-session-that-nobody-asks-for',
    DESKCONNECT_DESK: 'zendesk',
    DESKCONNECT_DESK_URL: zendesk.url,
    DESKCONNECT_ZENDESK_EMAIL: zendesk.adminEmail,
    DESKCONNECT_ZENDESK_TOKEN: zendesk.apiTokens[0] ?? '',
  };
});
after(async () => {
  await zendesk.close();
  rmSync(join(folder, '..'), { recursive: true });
});

/** What the files of the bridge say now, as lines of its environment. */
function written(): Record<string, string> {
  const path = join(folder, 'bridge.env');
  return existsSync(path) ? (parseEnv(readFileSync(path, 'utf8')) as Record<string, string>) : {};
}
function at(url = WIDGET_URL, own: Record<string, string> = {}): WidgetAt {
  const { desk: site, widget: served } = readConfig({ ...env, ...written(), ...own });
  return { site, served, widgetUrl: new URL(url), folder };
}
async function put(url?: string, own?: Record<string, string>) {
  const to = at(url, own);
  return zendeskApp.put(to, await zendeskApp.prepare(to));
}

test('the app is made ready as a file, without a word to Zendesk', async () => {
  const { markup, file } = await zendeskApp.prepare(at());
  assert.equal(markup, 'https://bridge.test/below/widget/zendesk');
  const zip = await JSZip.loadAsync(readFileSync(file ?? ''));
  const manifest = JSON.parse((await zip.file('manifest.json')?.async('text')) ?? '') as object;
  assert.deepEqual(manifest, {
    name: 'Salesforce',
    author: { name: 'Desk Connect', email: 'desk-connect@example.com' },
    defaultLocale: 'en',
    private: true,
    location: { support: { ticket_sidebar: { url: markup, flexible: true } } },
    signedUrls: true,
    frameworkVersion: '2.0',
    version: (manifest as { version: string }).version,
  });
  for (const logo of ['assets/logo.png', 'assets/logo-small.png'])
    assert.equal((await zip.file(logo)?.async('nodebuffer'))?.subarray(1, 4).toString(), 'PNG');
  assert.deepEqual(zendesk.calls, []);
});

test('it is installed, the bridge is told what it is known by, and again nothing is to be done', async () => {
  const first = at();
  const stale = "DESKCONNECT_DATA='a folder'\nDESKCONNECT_WIDGET_APP=1\n";
  writeFileSync(join(folder, 'bridge.env'), stale);
  const made = await zendeskApp.put(first, await zendeskApp.prepare(first));
  assert.equal(made.outcome, 'made');
  const { apps, installations } = zendesk.state.tables;
  assert.deepEqual(
    [apps.map(({ name }) => name), installations.map(({ id }) => String(id))],
    [['Salesforce'], [made.id]],
  );
  assert.equal(written()['DESKCONNECT_DATA'], 'a folder');
  assert.deepEqual(at().served?.app, { installation: made.id, publicKey: apps[0]?.publicKey });
  zendesk.calls.length = 0;
  assert.equal((await put()).outcome, 'unchanged');
  assert.ok(zendesk.calls.every(({ method }) => method === 'GET'));
});

test('another address is another build of the same app, and an app that was switched off is on again', async () => {
  const [before] = zendesk.state.tables.installations;
  // An administrator may name it as he likes.
  Object.assign(zendesk.state.tables.apps[0] ?? {}, { name: 'What Salesforce knows' });
  await callApps(zendesk, 'PUT', `/installations/${before?.id}.json`, { enabled: false });
  const changed = await put('https://elsewhere.test/widget');
  assert.deepEqual(changed, { outcome: 'changed', id: String(before?.id) });
  const { apps, installations } = zendesk.state.tables;
  assert.deepEqual(
    [apps.map(({ manifest }) => manifest.ticketSidebar), installations.map(({ enabled }) => enabled)],
    [['https://elsewhere.test/widget/zendesk'], [true]],
  );
});

test('an app of another author is left alone', async () => {
  const [app] = zendesk.state.tables.apps;
  assert.ok(app);
  Object.assign(app.manifest.author, { name: 'Somebody else' });
  assert.equal((await put()).outcome, 'made');
  assert.deepEqual(
    zendesk.state.tables.apps.map(({ manifest }) => manifest.author.name),
    ['Somebody else', 'Desk Connect'],
  );
});

test('what Zendesk refuses, of a request or of the app, is told with its words', async () => {
  await assert.rejects(put(WIDGET_URL, { DESKCONNECT_ZENDESK_EMAIL: zendesk.agentEmail }), (error: Error) => {
    assert.equal(error.name, 'DeskRefusedError');
    assert.match(error.message, /403 You do not have access/);
    return true;
  });
  await assert.rejects(put('http://bridge.test/widget'), /is an invalid location URI/);
});

test('an app and its key belong together, and a private key is no such key', () => {
  const read = (own: Record<string, string>) => () => readConfig({ ...env, ...own });
  const key = join(folder, 'zendesk-app.pem');
  assert.throws(read({ DESKCONNECT_WIDGET_APP: '7' }), /needs DESKCONNECT_WIDGET_APP and/);
  assert.throws(read({ DESKCONNECT_WIDGET_APP_KEY_FILE: key }), /needs DESKCONNECT_WIDGET_APP and/);
  const both = { DESKCONNECT_WIDGET_APP: '7', DESKCONNECT_WIDGET_APP_KEY_FILE: join(folder, 'bridge.env') };
  assert.throws(read(both), /is no public RSA key in PEM/);
  assert.throws(
    read({ ...both, DESKCONNECT_WIDGET_APP: '7/..', DESKCONNECT_WIDGET_APP_KEY_FILE: key }),
    /DESKCONNECT_WIDGET_APP: must be the id of an installation/,
  );
  assert.equal(readConfig({ ...env, DESKCONNECT_WIDGET_SECRET: 'a secret of Desk alone' }).widget, null);
});
