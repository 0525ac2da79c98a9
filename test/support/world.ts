import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@jsforce/jsforce-node';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';
import type { LocalOrg, OrgOptions } from '../org/startOrg.ts';
import { startBridgeProcess, type BridgeProcess, type BridgeTargets } from './bridgeProcess.ts';
import { printed, secret } from './printed.ts';
import { assign, startPreparedOrg } from './preparedOrg.ts';
import { clientOf } from './clientOf.ts';
import { realOrg } from './realOrg.ts';

/** A prepared org, a Desk and the means to run bridges between them. */
export type World = {
  readonly org: LocalOrg;
  readonly desk: LocalDesk;
  /** The org as an administrator's client sees it. */
  readonly salesforce: Connection;
  /** A request to Desk as an agent's client sends it; the body of the answer comes back. */
  agent<T>(method: string, path: string, body?: object): Promise<T>;
  /** The session of the user that the bridges here act as. */
  readonly bridgeToken: string;
  /** Of the bridges started here; removed at the end. */
  readonly dataFolder: string;
  /** Between what such a bridge stands. */
  readonly targets: BridgeTargets;
  startBridge(env?: NodeJS.ProcessEnv): Promise<BridgeProcess>;
  close(): Promise<void>;
};

/** With DESKCONNECT_ORG, the org is that one, and the bridges act as whoever logged in to it. */
export async function createWorld(options: Pick<OrgOptions, 'state'> = {}): Promise<World> {
  const real = await realOrg();
  const org = real?.org ?? (await startPreparedOrg(options));
  const desk = await startDesk({ rateLimitPerMinute: 100_000 });
  const accessToken = real?.org.accessToken ?? addBridgeUser(org);
  const folder = mkdtempSync(join(tmpdir(), 'bridge-'));
  const dataFolder = join(folder, 'data');
  const { url, pubsubUrl } = org;
  const targets = { org: { url, pubsubUrl, accessToken }, desk, dataFolder };
  const bridges: BridgeProcess[] = [];
  const authorization = `Basic ${Buffer.from(`${desk.email}:${desk.password}`).toString('base64')}`;
  for (const token of [accessToken, org.accessToken]) secret('a session of Salesforce', token);
  secret("Desk's password", desk.password);
  secret("Desk's credentials", `${desk.email}:${desk.password}`);
  return {
    org,
    desk,
    dataFolder,
    targets,
    bridgeToken: accessToken,
    salesforce: clientOf(org),
    agent: async <T>(method: string, path: string, body?: object) => {
      const response = await fetch(`${desk.url}/api/v2/${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    startBridge: async (env = {}) => {
      const bridge = await startBridgeProcess({ ...targets, env });
      bridges.push(bridge);
      await bridge.ready();
      return bridge;
    },
    close: async () => {
      for (const bridge of bridges) await bridge.kill();
      await real?.cleanUp();
      for (const object of real ? [] : ['Desk_Link__c', 'Desk_Log__c'])
        printed(`the rows of ${object}`, JSON.stringify([...org.org.records.rows(object).values()]));
      await desk.close();
      await org.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A user that may do what our permission set says, and nothing else; its session. */
function addBridgeUser(org: LocalOrg): string {
  const accessToken = org.addUser('bridge@local.test', 'Minimum Access - API Only Integrations');
  assign(org.org, 'Desk_Connect_Integration', org.org.userId('bridge@local.test'));
  return accessToken;
}
