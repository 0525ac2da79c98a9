import { standardConfig } from '@desk-connect/bridge/core/config/activeConfig.js';
import type { Engine } from '@desk-connect/bridge/engine/engine.js';
import type { HelpDesk } from '@desk-connect/bridge/ports/helpDesk.js';
import { connectOrg } from '@desk-connect/bridge/salesforce/connectOrg.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import { closeEngines } from './stores.ts';
import { createAnyWorld, type AnyWorld } from './world.ts';

/** A world whose bridges run a round only when a test says so, so that a moment can be chosen. */
export type HandRun = {
  readonly world: AnyWorld;
  /** A bridge on that store and clock; `around` stands between its engine and Desk. */
  bridgeOn(store: Store, now: () => number, around?: (desk: HelpDesk) => Partial<HelpDesk>): Engine;
  close(): Promise<void>;
};

export async function createHandRun(): Promise<HandRun> {
  const world = await createAnyWorld();
  const { org, bridgeToken } = world;
  const connection = await connectOrg({
    instanceUrl: org.url,
    pubsubUrl: org.pubsubUrl,
    auth: { kind: 'accessToken', accessToken: bridgeToken },
  });
  return {
    world,
    bridgeOn: (store, now, around = () => ({})) => {
      const desk = world.side.open(AbortSignal.any([]));
      const config = standardConfig(desk.vocabulary);
      return {
        org: connection.org,
        desk: { ...desk, ...around(desk) },
        store,
        active: () => config,
        doubtConfig: () => undefined,
        newCustomers: 'contact',
        now,
        random: () => 1,
      };
    },
    close: async () => {
      connection.close();
      await world.close();
      await closeEngines();
    },
  };
}
