import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import type { StoreLocation } from '@desk-connect/bridge/store/openStore.js';
import { ageStore, VERSIONS } from '../support/olderStore.ts';
import { differences } from '../support/oracle.ts';
import { randomFrom } from '../support/random.ts';
import { waitFor } from '../support/waitFor.ts';
import { createAnyWorld } from '../support/world.ts';
import { startHerd } from './herd.ts';
import { startLoad } from './load.ts';
import type { Order, Place, StepName } from './steps.ts';
import { checkStore, waitingIn } from './storeState.ts';

/** One kill, and what came of it. */
export type Kill = {
  readonly step: StepName | 'any time';
  readonly place: Place | null;
  /** From the death until both sides were equal again, in milliseconds; null where the next kill came before. */
  readonly ms: number | null;
  readonly lost: number;
  readonly doubled: number;
};

export type KillRun = {
  readonly kills: readonly Kill[];
  /** Kills a bridge at that place; the next one starts at once. */
  killAt(step: StepName, place: Place): Promise<void>;
  /** Kills one at a random time. */
  killAnyTime(): Promise<void>;
  /** Waits until both sides are equal. @throws with what is not, and the seed */
  rest(): Promise<void>;
  /** Rests, stops, and compares what the bridges remember with what both systems hold. */
  finish(): Promise<void>;
  close(): Promise<void>;
};

export type KillRunOptions = {
  readonly seed: number;
  /** A PostgreSQL that two bridges share; the embedded store of one where it is not said. */
  readonly postgres?: string;
  /** What the bridge stands before; where it is not said, what the whole run is with. */
  readonly desk?: DeskKind;
};

/** A step that comes so seldom by itself, or so early, that a bridge is started with the order. */
const AT_START: ReadonlySet<StepName> = new Set(['migration', 'log carried to Salesforce']);
const LONGEST_LIFE_MS = 700;
/** Many runs side by side have little of the machine each. */
const PATIENCE_MS = 180_000;
/** How often a herd is stopped until it was at rest as it stopped; after the last time the check says what was not. */
const MOST_STOPS = 3;

/** A world whose bridge is killed again and again while people work on both sides. */
export async function startKillRun({ seed, postgres, desk }: KillRunOptions): Promise<KillRun> {
  const random = randomFrom(seed);
  const world = await createAnyWorld(desk);
  const load = startLoad(world, random);
  const herd = startHerd(world, postgres ? 2 : 1, postgres ? { DESKCONNECT_STORE: postgres } : {});
  const kills: Kill[] = [];
  /** Those since both sides were last equal. */
  let open: { step: Kill['step']; place: Kill['place']; at: number }[] = [];
  const left = () => [...Object.values(load.ledger.judge(world)).flat(), ...differences(world)];
  const where = () => `${open.map(({ step, place }) => `${step} ${place ?? ''}`).join('; ')} (seed ${seed})`;
  const died = (step: Kill['step'], place: Kill['place']) => open.push({ step, place, at: Date.now() });

  const rest = async () => {
    try {
      await waitFor(
        () => `both sides to be equal after: ${where()}\n${left().join('\n')}\n${herd.output()}`,
        () => left().length === 0,
        PATIENCE_MS,
      );
    } finally {
      const { lost, doubled } = load.ledger.judge(world);
      open.forEach(({ step, place, at }, index) => {
        const ms = index === open.length - 1 ? Date.now() - at : null;
        kills.push({ step, place, ms, lost: lost.length, doubled: doubled.length });
      });
      open = [];
    }
  };
  /** Equal, and nothing left to be done. */
  const quiet = async () => {
    await rest();
    await waitFor(
      () => `nothing to wait (seed ${seed})\n${herd.output()}`,
      () => herd.isIdle(),
      PATIENCE_MS,
    );
    await rest();
  };
  /** What provokes the step is done again where it came to nothing. */
  const struck = async ({ step, place }: Order) => {
    let again = 0;
    await waitFor(
      () => `a bridge to die at: ${step}, ${place} (seed ${seed})\n${herd.output()}`,
      async () => {
        if (await herd.bury()) return true;
        if (Date.now() < again) return false;
        again = Date.now() + 1_500;
        await load.provoke(step);
        if (step === 'full-sync page') await herd.askFullSync();
        return false;
      },
      PATIENCE_MS,
    );
  };

  await load.begin();
  herd.start(null);
  await waitFor(
    () => `the first rest (seed ${seed})\n${left().join('\n')}\n${herd.output()}`,
    () => left().length === 0,
    PATIENCE_MS,
  );
  return {
    kills,
    killAt: async (step, place) => {
      const order = { step, place, skip: AT_START.has(step) ? 0 : Math.floor(random() * 2) };
      if (AT_START.has(step)) {
        // An older bridge would have left no intents behind.
        if (step === 'migration') await quiet();
        else await load.some(2);
        await herd.killAll();
        const older = VERSIONS[Math.floor(random() * (VERSIONS.length - 1))];
        if (step === 'migration' && older) await ageStore(world.dataFolder, older);
        herd.start(order);
      } else herd.tell(order);
      await struck(order);
      died(step, place);
      herd.tell(null);
      herd.start(null);
    },
    killAnyTime: async () => {
      const working = load.some(3);
      await pause(random() * LONGEST_LIFE_MS);
      await herd.killOne(random());
      died('any time', null);
      herd.start(null);
      await working;
    },
    rest,
    finish: async () => {
      const location: StoreLocation = postgres
        ? { kind: 'postgres', url: postgres }
        : { kind: 'sqlite', folder: world.dataFolder };
      for (let stops = 1; ; stops += 1) {
        await quiet();
        assert.deepEqual([...new Set(await herd.stop())], [0]);
        // What a poll sees between the last look and the end, such as our own echo, waits for the next bridge.
        if (stops === MOST_STOPS || (await waitingIn(location)) === 0) break;
        herd.start(null);
      }
      assert.deepEqual(world.side.emailed(), []);
      await checkStore(world, location);
    },
    close: async () => {
      await herd.close();
      await world.close();
    },
  };
}
