import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DESK_KINDS, type DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import type { Connection } from '@jsforce/jsforce-node';
import type { LocalDesk } from '../desk/startDesk.ts';
import type { LocalOrg, OrgOptions } from '../org/startOrg.ts';
import type { LocalZendesk, ZendeskOptions } from '../zendesk/startZendesk.ts';
import { startBridgeProcess, type BridgeProcess, type BridgeTargets } from './bridgeProcess.ts';
import { startDeskSide, type Agent } from './desks/desk.ts';
import type { DeskSide } from './desks/side.ts';
import { startZendeskSide } from './desks/zendesk.ts';
import { printed, secret } from './printed.ts';
import { assign, startPreparedOrg } from './preparedOrg.ts';
import { clientOf } from './clientOf.ts';
import { realOrg } from './realOrg.ts';

/** A prepared org, a help desk and the means to run bridges between them. */
export type AnyWorld = {
  readonly org: LocalOrg;
  readonly side: DeskSide;
  /** The org as an administrator's client sees it. */
  readonly salesforce: Connection;
  /** The session of the user that the bridges here act as. */
  readonly bridgeToken: string;
  /** Of the bridges started here; removed at the end. */
  readonly dataFolder: string;
  /** Between what such a bridge stands. */
  readonly targets: BridgeTargets;
  startBridge(env?: NodeJS.ProcessEnv): Promise<BridgeProcess>;
  close(): Promise<void>;
};
/** One whose help desk is Desk. */
export type World = AnyWorld & { readonly desk: LocalDesk; readonly agent: Agent };
/** One whose help desk is Zendesk. */
export type ZendeskWorld = AnyWorld & { readonly zendesk: LocalZendesk };

/** `built`: what `npm run build` has made runs, as it does for users, and not its source. */
type Bridges = { readonly built?: true | undefined };
/** `now`: the clock of both sides. */
type WorldOptions = Pick<OrgOptions, 'state' | 'now'> & Bridges;

/** The desk that a run is with, where it is not said: `npm run test:zendesk` has the same suites with Zendesk. */
export const TEST_DESK = deskCalled(process.env['DESKCONNECT_TEST_DESK'] ?? 'desk');

/** A world for a test that holds for any desk. */
export function createAnyWorld(kind: DeskKind = TEST_DESK): Promise<AnyWorld> {
  return kind === 'zendesk' ? createZendeskWorld() : createWorld();
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const { side, desk, agent } = await startDeskSide(options.now ? { now: options.now } : {});
  return { ...(await worldAround(side, options)), desk, agent };
}

export async function createZendeskWorld({
  built,
  ...options
}: ZendeskOptions & Bridges = {}): Promise<ZendeskWorld> {
  const { side, zendesk } = await startZendeskSide(options);
  return { ...(await worldAround(side, { built })), zendesk };
}

/** With DESKCONNECT_ORG, the org is that one, and the bridges act as whoever logged in to it. */
async function worldAround(side: DeskSide, { built, ...options }: WorldOptions = {}): Promise<AnyWorld> {
  const real = await realOrg();
  const org = real?.org ?? (await startPreparedOrg(options));
  const accessToken = real?.org.accessToken ?? addBridgeUser(org);
  const folder = mkdtempSync(join(tmpdir(), 'bridge-'));
  const dataFolder = join(folder, 'data');
  const { url, pubsubUrl } = org;
  const targets = {
    org: { url, pubsubUrl, accessToken },
    desk: side,
    dataFolder,
    ...(built ? { built } : {}),
  };
  const bridges: BridgeProcess[] = [];
  for (const token of [accessToken, org.accessToken]) secret('a session of Salesforce', token);
  for (const [name, value] of Object.entries(side.secrets)) secret(name, value);
  return {
    org,
    side,
    dataFolder,
    targets,
    bridgeToken: accessToken,
    salesforce: clientOf(org),
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
      await side.close();
      await org.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function deskCalled(name: string): DeskKind {
  const kind = DESK_KINDS.find((one) => one === name);
  if (!kind) throw new Error(`There is no desk "${name}". There are: ${DESK_KINDS.join(', ')}.`);
  return kind;
}

/** A user that may do what our permission set says, and nothing else; its session. */
function addBridgeUser(org: LocalOrg): string {
  const accessToken = org.addUser('bridge@local.test', 'Minimum Access - API Only Integrations');
  assign(org.org, 'Desk_Connect_Integration', org.org.userId('bridge@local.test'));
  return accessToken;
}
