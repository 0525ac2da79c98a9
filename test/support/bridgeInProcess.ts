import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '@desk-connect/bridge/engine/engine.js';
import { connectOrg } from '@desk-connect/bridge/salesforce/connectOrg.js';
import { standardConfig } from '@desk-connect/bridge/core/config/activeConfig.js';
import { runBridge } from '@desk-connect/bridge/service/bridge.js';
import { Health, type Part } from '@desk-connect/bridge/service/health.js';
import type { StatusPace } from '@desk-connect/bridge/service/statusRow.js';
import { Wake } from '@desk-connect/bridge/service/wake.js';
import { openStore } from '@desk-connect/bridge/store/openStore.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import { printed } from './printed.ts';
import { waitFor } from './waitFor.ts';
import type { AnyWorld } from './world.ts';

export type BridgeInProcess = {
  readonly engine: Engine;
  readonly store: Store;
  readonly health: Health;
  /** What its log says of its parts: each change of a state, in order. */
  readonly told: ({ readonly name: string } & Part)[];
  /** Resolves once all its parts are up. */
  ready(): Promise<unknown>;
  /** Whether it runs still: an error that nothing caught ends it. */
  readonly running: () => boolean;
  /** Wakes the engine, as a capture does. */
  readonly ring: () => void;
  /** Stops it as SIGTERM does, and leaves the data folder. */
  stop(): Promise<void>;
};

export type InProcessOptions = {
  readonly sweepMs?: number;
  readonly pollMs?: number;
  readonly statusPace?: StatusPace;
  readonly silenceMs?: number;
  readonly pubsubUrl?: string;
  readonly deskUrl?: string;
  readonly dataFolder?: string;
  /** 0 to 1; spreads pauses. */
  readonly random?: () => number;
  /** Milliseconds since 1970, for the engine and the store. */
  readonly now?: () => number;
  /** Stands between the engine and the real store. */
  readonly store?: (store: Store) => Store;
};

/** The bridge without a process of its own: faster to start, and with its parts at hand. */
export async function startBridgeInProcess(
  world: AnyWorld,
  options: InProcessOptions = {},
): Promise<BridgeInProcess> {
  const folder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'bridge-in-process-'));
  const stop = new AbortController();
  const now = options.now ?? Date.now;
  const work = new Wake();
  const { org, side } = world;
  const connection = await connectOrg({
    instanceUrl: org.url,
    auth: {
      kind: 'accessToken',
      accessToken: org.org.sessions.open(org.org.userId('bridge@local.test')),
    },
    pubsubUrl: options.pubsubUrl ?? org.pubsubUrl,
    ...(options.silenceMs === undefined ? {} : { silenceMs: options.silenceMs }),
  });
  const opened = await openStore({ kind: 'sqlite', folder }, now);
  const store = options.store?.(opened) ?? opened;
  const helpDesk = side.open(stop.signal, options.deskUrl);
  const config = standardConfig(helpDesk.vocabulary);
  const engine: Engine = {
    org: connection.org,
    desk: helpDesk,
    store,
    active: () => config,
    doubtConfig: () => undefined,
    newCustomers: 'contact',
    now,
    random: options.random ?? Math.random,
  };
  const told: BridgeInProcess['told'] = [];
  const health = new Health(Date.now, (name, part) => told.push({ name, ...part }));
  let running = true;
  const done = runBridge(
    {
      engine,
      captures: true,
      salesforceLog: 'problems',
      logDays: 30,
      events: connection.events,
      health,
      work,
      fullSync: new Wake(),
      settings: null,
      configured: new Wake(),
      onRound: () => undefined,
      pollMs: options.pollMs ?? 100,
      sweepMs: options.sweepMs ?? 300_000,
      start: 'now',
      ...(options.statusPace ? { statusPace: options.statusPace } : {}),
    },
    stop.signal,
  ).finally(() => {
    running = false;
  });
  // A test that waits for it hears of it at the end.
  done.catch(() => undefined);
  return {
    engine,
    store,
    health,
    told,
    ready: () => waitFor('the bridge to be ready', () => health.ready),
    running: () => running,
    ring: () => work.ring(),
    stop: async () => {
      stop.abort();
      try {
        await done;
      } finally {
        printed('the log of a bridge', JSON.stringify([told, await opened.log(1_000).catch(() => null)]));
        connection.close();
        await opened.close();
        if (options.dataFolder === undefined) rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
