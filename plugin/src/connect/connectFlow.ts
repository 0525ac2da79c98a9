import { setTimeout as pause } from 'node:timers/promises';
import { join, resolve } from 'node:path';
import type { DeskSite } from '@desk-connect/bridge/desks/deskType.js';
import { logIn } from '@desk-connect/bridge/salesforce/jwt.js';
import { readSecretFile } from '@desk-connect/bridge/service/secretFile.js';
import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { elementsNamed, parseXml } from '../merge/xml.ts';
import { assign } from '../org/assign.ts';
import { deploy } from '../org/deploy.ts';
import { membersOf } from '../org/manifest.ts';
import type { Files } from '../org/orgView.ts';
import { retrieve } from '../org/retrieve.ts';
import { APP, appFiles, policyFiles } from './appFiles.ts';
import { writeBridgeFiles, type BridgeFiles } from './bridgeFiles.ts';
import { tryDesk } from './deskSite.ts';
import { makeIntegrationUser, userExists } from './integrationUser.ts';
import { newKeyPair } from './keyPair.ts';

export type ConnectStage = 'Desk' | 'User' | 'App' | 'Files' | 'Log in';
export type ConnectOptions = {
  readonly connection: Connection;
  readonly username: string;
  readonly contactEmail: string;
  /** Makes the user where there is none of that name. */
  readonly makeUser: boolean;
  readonly loginUrl: string;
  readonly desk: DeskSite;
  readonly folder: string;
  /** An app that the org has already, and its private key. */
  readonly existing: { readonly clientId: string; readonly keyFile: string } | null;
  readonly timeoutMs: number;
  readonly onStage: (stage: ConnectStage) => void;
};
export type Connected = { readonly deskUser: string; readonly clientId: string; readonly files: BridgeFiles };

const PERMISSION_SET = 'Desk_Connect_Integration';
const RETRY_MS = 10_000;
const FIRST_RETRY_MS = 1_000;

/** Connects the bridge to both sides, tries both, and writes what the bridge reads. Each step may be repeated. */
export async function connectBridge(options: ConnectOptions): Promise<Connected> {
  const { connection, username, desk, folder, existing, onStage } = options;
  onStage('Desk');
  const deskUser = await tryDesk(desk);
  onStage('User');
  if (options.makeUser && !(await userExists(connection, username)))
    await makeIntegrationUser(connection, { username, email: options.contactEmail });
  await assign(connection, PERMISSION_SET, username);
  onStage('App');
  const privateKey = existing ? readSecretFile('--key-file', existing.keyFile) : null;
  const app =
    existing && privateKey !== null ? { clientId: existing.clientId, privateKey } : await makeApp(options);
  onStage('Files');
  const keyFile = resolve(existing?.keyFile ?? join(folder, 'salesforce.key'));
  const files = writeBridgeFiles(folder, {
    settings: {
      DESKCONNECT_SALESFORCE_URL: connection.instanceUrl,
      DESKCONNECT_SALESFORCE_LOGIN_URL: options.loginUrl,
      DESKCONNECT_SALESFORCE_CLIENT_ID: app.clientId,
      DESKCONNECT_SALESFORCE_USERNAME: username,
      DESKCONNECT_SALESFORCE_KEY_FILE: keyFile,
      DESKCONNECT_DESK: desk.kind,
      DESKCONNECT_DESK_URL: desk.url,
      DESKCONNECT_DATA: resolve(folder, 'data'),
    },
    secrets: desk.credentials,
    privateKey: existing ? null : app.privateKey,
  });
  onStage('Log in');
  await tryLogIn(options, app);
  return { deskUser, clientId: app.clientId, files };
}

/** Makes the app, or gives the one that is there a new key. The policies follow: they ask for the app to be there. */
async function makeApp({ connection, contactEmail, timeoutMs }: ConnectOptions) {
  const pair = await newKeyPair(new Date());
  const send = (files: Files) =>
    deploy(connection, { files, members: membersOf(files) }, { checkOnly: false, timeoutMs });
  await send(appFiles({ certificate: pair.certificate, contactEmail }));
  await send(policyFiles(PERMISSION_SET));
  const files = await retrieve(
    connection,
    [{ name: 'ExtlClntAppGlobalOauthSettings', members: [`${APP}_glbloauth`] }],
    timeoutMs,
  );
  const settings = [...files].find(([path]) => path.startsWith('extlClntAppGlobalOauthSets/'))?.[1];
  const [key] = settings === undefined ? [] : elementsNamed(parseXml(settings), 'consumerKey');
  if (!key || key.text.trim() === '') throw failure('AppKeyMissing', [APP]);
  return { clientId: key.text.trim(), privateKey: pair.privateKey };
}

/** Logs in as the bridge will. A new app takes minutes until every server of Salesforce knows it. */
async function tryLogIn(
  { loginUrl, username, timeoutMs }: ConnectOptions,
  app: { clientId: string; privateKey: string },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(RETRY_MS, wait * 2)) {
    try {
      await logIn({ loginUrl, username, ...app }, Date.now);
      return;
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      if (Date.now() + wait > deadline) throw failure('LogInRefused', [username, said]);
      await pause(wait);
    }
  }
}
