import type { Server } from 'node:http';
import { oauthRoutes } from './auth/oauth.ts';
import { cometdRoutes } from './cometd/index.ts';
import { EventBus } from './events/eventBus.ts';
import { startPubSub } from './events/index.ts';
import { startFlows } from './flows/index.ts';
import { startHttpServer } from './http/httpServer.ts';
import type { Route } from './http/routes.ts';
import { metadataRoutes } from './metadata/index.ts';
import { Org } from './org.ts';
import { keepSaved, loadOrg } from './savedOrg.ts';
import { collectionRoutes } from './rest/collections.ts';
import { compositeRoutes } from './rest/composite.ts';
import { queryRoutes } from './rest/query.ts';
import { serviceRoutes } from './rest/service.ts';
import { sobjectRoutes } from './rest/sobjects.ts';
import { ADMIN } from './seed.ts';
import { uiApiRoutes } from './uiapi/index.ts';
import { putIntoState, type StateName } from './states.ts';

export type OrgOptions = {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Keeps records and metadata there, from one start to the next. */
  readonly dataFolder?: string;
  readonly now?: () => number;
  readonly dailyApiRequests?: number;
  /** Which state the new org is in; a saved org keeps the one that it has. */
  readonly state?: StateName;
};

export type LocalOrg = {
  readonly url: string;
  readonly pubsubUrl: string;
  readonly username: string;
  readonly accessToken: string;
  readonly org: Org;
  readonly pubsub: Awaited<ReturnType<typeof startPubSub>>;
  /** A session of another user, made with that profile. */
  addUser(username: string, profile: string): string;
  close(): Promise<void>;
};

const routes: readonly Route[] = [
  ...serviceRoutes,
  ...oauthRoutes,
  ...metadataRoutes,
  ...collectionRoutes,
  ...queryRoutes,
  ...compositeRoutes(() => routes),
  ...sobjectRoutes,
  ...uiApiRoutes,
];

/** Starts a local org that real clients can't tell from Salesforce for the calls that they make. */
export async function startOrg(options: OrgOptions = {}): Promise<LocalOrg> {
  const org = new Org(options);
  startFlows(org);
  putIntoState(org, options.state ?? 'enterprise');
  const folder = options.dataFolder;
  if (folder !== undefined) await loadOrg(org, folder);
  const flush = folder === undefined ? () => Promise.resolve() : keepSaved(org, folder);
  const bus = new EventBus(org);
  const { server, url } = await startHttpServer(org, [...cometdRoutes(bus), ...routes], options.port ?? 0);
  org.url = url;
  const pubsub = await startPubSub(org, bus);
  return {
    url,
    pubsubUrl: pubsub.url,
    username: ADMIN,
    accessToken: org.sessions.open(org.userId(ADMIN)),
    org,
    pubsub,
    addUser: (username, profile) => addUser(org, username, profile),
    close: async () => {
      await pubsub.close();
      await closeServer(server);
      await flush();
    },
  };
}

function addUser(org: Org, username: string, profile: string): string {
  const object = org.schema.object('User');
  const row = [...org.records.rows('Profile').values()].find((one) => one['Name'] === profile);
  if (!object || !row) throw new Error(`No profile ${profile}`);
  const id = org.records.transact(org.userId(ADMIN), null, () =>
    org.records.insert(object, {
      Username: username,
      LastName: username,
      Email: username,
      Alias: 'user',
      ProfileId: row.Id,
    }),
  );
  return org.sessions.open(id);
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}
