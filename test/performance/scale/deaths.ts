import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { connectPostgres } from '@desk-connect/bridge/store/postgres.js';
import type { PairRow, Schema } from '@desk-connect/bridge/store/schema.js';
import { startLoad } from '../../crash/load.ts';
import { checkStore } from '../../crash/storeState.ts';
import type { BridgeProcess } from '../../support/bridgeProcess.ts';
import { differences } from '../../support/oracle.ts';
import { randomFrom } from '../../support/random.ts';
import { waitFor } from '../../support/waitFor.ts';
import { createWorld } from '../../support/world.ts';
import { slowDesk } from './slowDesk.ts';

const LONG_MS = 180_000;
/** How long people pause between two deeds. */
const DEED_EVERY_MS = 100;
/** How long a bridge is waited for to have something in hand before one without is killed. */
const IN_HAND_MS = 5_000;

export type Death = {
  readonly victim: 'leader' | 'worker';
  /** Until another one captured, in milliseconds; null where the dead one did not capture. */
  readonly capturedAfter: number | null;
  /** Pairs that it had in hand, and the times until others could take them, and had brought all of them in step. */
  readonly held: number;
  readonly freedAfter: number | null;
  readonly workedAfter: number | null;
};
export type Deaths = {
  readonly deaths: readonly Death[];
  /** What people did meanwhile. */
  readonly deeds: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** What the two systems do not agree on at the end. */
  readonly unequal: readonly string[];
  readonly emails: number;
};

type Options = {
  readonly bridges: number;
  readonly kills: number;
  readonly store: string;
  readonly seed: number;
};

/** Kills bridges of one store while people work on both sides: by turns the one that captures and another one. */
export async function measureDeaths({ bridges, kills, store, seed }: Options): Promise<Deaths> {
  const random = randomFrom(seed);
  const world = await createWorld({ built: true });
  const db = connectPostgres(store);
  const load = startLoad(world, random);
  let running: BridgeProcess[] = [];
  const judge = () => ({ ...load.ledger.judge(world), unequal: differences(world) });
  const left = () => Object.values(judge()).flat();
  const equal = () =>
    waitFor(
      () => `both sides to be equal (seed ${seed}):\n${left().join('\n')}`,
      () => left().length === 0,
      LONG_MS,
    );
  const start = async () => {
    while (running.length < bridges)
      running.push(
        await world.startBridge({ DESKCONNECT_STORE: store, DESKCONNECT_SALESFORCE_LOG: 'everything' }),
      );
  };
  try {
    await load.begin();
    await start();
    await equal();
    slowDesk(world.desk);
    let deeds = 0;
    const over = new AbortController();
    const people = (async () => {
      for (; !over.signal.aborted; deeds += 1) {
        await load.some(1);
        await pause(DEED_EVERY_MS);
      }
    })();
    const deaths: Death[] = [];
    while (deaths.length < kills) {
      const victim = deaths.length % 2 === 0 ? 'leader' : 'worker';
      const dying = await choose(db, running, victim, random());
      running = running.filter((bridge) => bridge !== dying);
      await dying.kill();
      deaths.push(await follow(db, running, victim, dying));
      await start();
    }
    over.abort();
    await people;
    await equal().catch(() => undefined);
    const { lost, doubled, unequal } = judge();
    await waitFor(
      'nothing that waits',
      async () => (await running[0]?.status())?.pairs['waiting'] === 0,
      LONG_MS,
    );
    for (const bridge of running) await bridge.stop();
    if (left().length === 0) await checkStore(world, { kind: 'postgres', url: store });
    return { deaths, deeds, lost, doubled, unequal, emails: world.desk.state.emailsSent.length };
  } finally {
    await db.destroy();
    await world.close();
  }
}

async function captures({ port }: BridgeProcess): Promise<boolean> {
  const page = await fetch(`http://127.0.0.1:${port}/health/ready`);
  const { parts } = (await page.json()) as { parts: Record<string, { detail: string } | undefined> };
  return parts['capture']?.detail === 'this bridge captures';
}

/** The rows that a bridge has in hand; its name in the store has its process in it. */
async function heldBy(db: Kysely<Schema>, { child }: BridgeProcess): Promise<number[]> {
  const rows = await db
    .selectFrom('pair')
    .select('id')
    .where('lease_by', 'like', `% ${child.pid} %`)
    .execute();
  return rows.map(({ id }) => id);
}

/** The one that captures, or another one, which has something in hand if it can be had. */
async function choose(
  db: Kysely<Schema>,
  running: readonly BridgeProcess[],
  victim: Death['victim'],
  which: number,
): Promise<BridgeProcess> {
  const leader = await waitFor('one that captures', async () => {
    for (const bridge of running) if (await captures(bridge)) return bridge;
    return null;
  });
  const others = running.filter((bridge) => bridge !== leader);
  const candidates = victim === 'leader' ? [leader] : others;
  const until = Date.now() + IN_HAND_MS;
  while (Date.now() < until)
    for (const bridge of candidates) if ((await heldBy(db, bridge)).length > 0) return bridge;
  return candidates[Math.floor(which * candidates.length)] ?? leader;
}

/** What comes of the death, from now on. */
async function follow(
  db: Kysely<Schema>,
  running: readonly BridgeProcess[],
  victim: Death['victim'],
  dead: BridgeProcess,
): Promise<Death> {
  const started = performance.now();
  const since = Date.now();
  const held = await heldBy(db, dead);
  const elapsed = () => performance.now() - started;
  const captured = async () => {
    if (victim === 'worker') return null;
    await waitFor('another one to capture', async () => {
      for (const bridge of running) if (await captures(bridge)) return true;
      return false;
    });
    return elapsed();
  };
  const freed = async () => {
    if (held.length === 0) return null;
    await waitFor('what the dead one held to be free', async () => (await heldBy(db, dead)).length === 0);
    return elapsed();
  };
  const worked = async () => {
    if (held.length === 0) return null;
    let open: Pick<PairRow, 'pair' | 'state' | 'failure'>[] = [];
    await waitFor(
      () => `what the dead one held to be worked: ${JSON.stringify(open)}`,
      async () => {
        open = await db
          .selectFrom('pair')
          .select(['pair', 'state', 'failure', 'attempts', 'due_at', 'lease_by'])
          .where('id', 'in', held)
          .where((eb) => eb.or([eb('synced_at', 'is', null), eb('synced_at', '<', since)]))
          .where('state', 'not in', ['unlinked', 'excluded'])
          .execute();
        return open.length === 0;
      },
      LONG_MS,
    );
    return elapsed();
  };
  const [capturedAfter, freedAfter, workedAfter] = await Promise.all([captured(), freed(), worked()]);
  return { victim, capturedAfter, held: held.length, freedAfter, workedAfter };
}
