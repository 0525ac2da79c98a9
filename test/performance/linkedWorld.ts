import { createCase } from '../desk/cases.ts';
import { createCustomer } from '../desk/customers.ts';
import { startBridgeProcess, type BridgeProcess } from '../support/bridgeProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { lengthen } from './longStore.ts';

const LONG = 900_000;
const BATCH = 200;

/** A world whose bridge remembers so many links; the records of some of them exist, and change. */
export type LinkedWorld = {
  readonly links: number;
  readonly world: World;
  /** Gives all cases that subject in Salesforce; returns how many requests that took. */
  change(subject: string): Promise<number>;
  /** How many cases have it in Desk. */
  arrived(subject: string): number;
  /** Starts what was built, and does not wait until it is up. */
  start(): Promise<BridgeProcess>;
};

/** Makes such a world: its cases are synced as usual, and the rest of the links is put into the store. */
export async function createLinkedWorld(links: number, cases: number): Promise<LinkedWorld> {
  const world = await createWorld({ built: true });
  const { salesforce, org, desk, targets } = world;
  const customer = createCustomer(desk.state, { last_name: 'Bench' }, new URLSearchParams());
  const message = { direction: 'in', status: 'received', body: 'B' };
  for (let n = 0; n < cases; n += 1)
    createCase(
      desk.state,
      { type: 'phone', subject: `Case ${n}`, status: 'open', priority: 5, message },
      customer.id,
    );
  const start = () =>
    startBridgeProcess({
      ...targets,
      env: { DESKCONNECT_START: 'everything', DESKCONNECT_POLL_SECONDS: '10' },
    });
  const first = await start();
  try {
    await waitFor('the first sync', async () => (await first.status()).pairs['inStep'] === cases + 1, LONG);
  } finally {
    await first.stop();
  }
  lengthen(world.dataFolder, links);
  const ids = [...org.org.records.rows('Case').keys()];
  return {
    links,
    world,
    start,
    change: async (subject) => {
      for (let at = 0; at < ids.length; at += BATCH) {
        const records = ids
          .slice(at, at + BATCH)
          .map((id) => ({ attributes: { type: 'Case' }, id, Subject: subject }));
        await salesforce.requestPatch('/composite/sobjects', { allOrNone: true, records });
      }
      return Math.ceil(ids.length / BATCH);
    },
    arrived: (subject) => desk.state.tables.cases.filter((one) => one.subject === subject).length,
  };
}

/** Waits until nothing is due any more. */
export const quiet = (bridge: BridgeProcess) =>
  waitFor('quiet', async () => (await bridge.status()).pairs['waiting'] === 0, LONG);
