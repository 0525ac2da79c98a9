import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DeskSite } from '@desk-connect/bridge/desks/deskType.js';
import { setSettings } from '../connect/bridgeFiles.ts';
import { builtApp, callApps } from './zendeskApi.ts';
import { APP, locationOf, versionOf, zendeskPackage } from './zendeskPackage.ts';
import type { Put, WidgetAt, WidgetPlace } from './widgetPlace.ts';

const PACKAGE = 'zendesk-app.zip';
const KEY = 'zendesk-app.pem';

type App = { readonly id: number; readonly version: string };
type Installation = { readonly id: number; readonly enabled: boolean };

/** In Zendesk: a private app, beside tickets. */
export const zendeskApp: WidgetPlace = {
  name: APP.name,
  prepare: async ({ widgetUrl, folder }) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, PACKAGE);
    writeFileSync(file, await zendeskPackage(widgetUrl));
    return { markup: locationOf(widgetUrl), file };
  },
  put: async (at, { file }) => {
    const { site } = at;
    const known = await ownApp(site);
    const isCurrent = known?.version === versionOf(at.widgetUrl);
    const appId = known && isCurrent ? known.id : await build(site, readFileSync(file ?? ''), known);
    const installed = await installationOf(site, appId);
    const id = installed?.enabled ? installed.id : await install(site, appId, installed);
    const { text: publicKey } = await callApps(site, 'GET', `/${appId}/public_key.pem`);
    const isKept = keep(at, String(id), publicKey);
    return { id: String(id), outcome: outcomeOf(known, isCurrent && installed?.enabled === true && isKept) };
  },
};

const outcomeOf = (known: App | null, isSame: boolean): Put['outcome'] =>
  known === null ? 'made' : isSame ? 'unchanged' : 'changed';

async function ownApp(site: DeskSite): Promise<App | null> {
  const { body } = await callApps(site, 'GET', '/owned.json');
  type Owned = App & { readonly author_name?: string };
  const apps = (body['apps'] ?? []) as readonly Owned[];
  return apps.find(({ author_name: by }) => by === APP.author) ?? null;
}

async function build(site: DeskSite, zip: Buffer, known: App | null): Promise<number> {
  const form = new FormData();
  form.append('uploaded_data', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), PACKAGE);
  const upload = await callApps(site, 'POST', '/uploads.json', form);
  const upload_id = upload.body['id'];
  const { body } = known
    ? await callApps(site, 'PUT', `/${known.id}.json`, { upload_id })
    : await callApps(site, 'POST', '.json', { name: APP.name, upload_id });
  return builtApp(site, body['job_id']);
}

async function installationOf(site: DeskSite, appId: number): Promise<Installation | null> {
  const { body } = await callApps(site, 'GET', '/installations.json');
  const all = (body['installations'] ?? []) as readonly (Installation & { readonly app_id?: number })[];
  return all.find((one) => one.app_id === appId) ?? null;
}

async function install(site: DeskSite, appId: number, known: Installation | null): Promise<number> {
  const settings = { name: APP.name };
  const { body } = known
    ? await callApps(site, 'PUT', `/installations/${known.id}.json`, { enabled: true, settings })
    : await callApps(site, 'POST', '/installations.json', { app_id: appId, settings });
  return Number(body['id']);
}

/** Writes down for the bridge what Zendesk signs with. Returns whether it stood there already. */
function keep({ served, folder }: WidgetAt, installation: string, publicKey: string): boolean {
  const file = resolve(folder, KEY);
  const isKept =
    existsSync(file) && served?.app?.installation === installation && served.app.publicKey === publicKey;
  if (isKept) return true;
  writeFileSync(file, publicKey);
  setSettings(folder, { DESKCONNECT_WIDGET_APP: installation, DESKCONNECT_WIDGET_APP_KEY_FILE: file });
  return false;
}
