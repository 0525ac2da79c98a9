import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import JSZip from 'jszip';
import { readConfig } from '@desk-connect/bridge/service/config.js';
import { callApps } from '../support/zendeskApp.ts';
import { createSf, type Sf } from '../support/sf.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

const WIDGET_URL = 'https://bridge.test/below/widget';
let zendesk: LocalZendesk;
let sf: Sf;
let folder: string;
let env: Record<string, string>;

type Result = { name: string; markup: string; file: string; id: string | null; outcome: string };

before(async () => {
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000 });
  sf = createSf();
  await sf.linkPlugin();
  folder = join(sf.home, 'desk-connect');
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
  sf.close();
  await zendesk.close();
});

async function widget(more: readonly string[] = [], own: Record<string, string> = {}, url = WIDGET_URL) {
  const flags = ['--widget-url', url, '--config-dir', folder, '--json', ...more];
  const answer = await sf.run(['deskconnect', 'widget', ...flags], { env: { ...env, ...own } });
  return { ...answer, result: () => answer.json().result as Result };
}
const create = (url?: string) => widget(['--create', '--no-prompt'], {}, url);
const settings = () => readFileSync(join(folder, 'bridge.env'), 'utf8');

test('without --create the app is written, for an administrator to upload, and Zendesk is asked nothing', async () => {
  const { markup, file, id, outcome } = (await widget()).result();
  assert.deepEqual([markup, id, outcome], ['https://bridge.test/below/widget/zendesk', null, 'printed']);
  const zip = await JSZip.loadAsync(readFileSync(file));
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

test('with --create the app is installed, the bridge is told what it is known by, and again nothing is to be done', async () => {
  const made = (await create()).result();
  assert.equal(made.outcome, 'made');
  const { apps, installations } = zendesk.state.tables;
  assert.deepEqual(
    [apps.map(({ name }) => name), installations.map(({ id }) => String(id))],
    [['Salesforce'], [made.id]],
  );
  const lines = Object.fromEntries(
    settings()
      .trim()
      .split('\n')
      .map((line) => line.split('=', 2) as [string, string]),
  );
  const { widget: served } = readConfig({ ...env, ...lines });
  assert.deepEqual(served?.app, { installation: made.id, publicKey: apps[0]?.publicKey });
  zendesk.calls.length = 0;
  assert.equal((await create()).result().outcome, 'unchanged');
  assert.ok(zendesk.calls.every(({ method }) => method === 'GET'));
});

test('another address is another build of the same app, and an app that was switched off is on again', async () => {
  const [before] = zendesk.state.tables.installations;
  await callApps(zendesk, 'PUT', `/installations/${before?.id}.json`, { enabled: false });
  const changed = (await create('https://elsewhere.test/widget')).result();
  assert.deepEqual([changed.outcome, changed.id], ['changed', String(before?.id)]);
  const { apps, installations } = zendesk.state.tables;
  assert.deepEqual(
    [apps.map(({ manifest }) => manifest.ticketSidebar), installations.map(({ enabled }) => enabled)],
    [['https://elsewhere.test/widget/zendesk'], [true]],
  );
});

test('an app that was uploaded by hand is found, and one of another author is left alone', async () => {
  const [app] = zendesk.state.tables.apps;
  assert.ok(app);
  Object.assign(app.manifest.author, { name: 'Somebody else' });
  assert.equal((await create()).result().outcome, 'made');
  assert.deepEqual(
    zendesk.state.tables.apps.map(({ manifest }) => manifest.author.name),
    ['Somebody else', 'Desk Connect'],
  );
});

test('what Zendesk refuses is told with its words', async () => {
  const { code, json } = await widget(['--create', '--no-prompt'], {
    DESKCONNECT_ZENDESK_EMAIL: zendesk.agentEmail,
  });
  assert.equal(code, 1);
  assert.equal(json().name, 'DeskRefusedError');
  assert.match(json().message ?? '', /403 You do not have access/);
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
