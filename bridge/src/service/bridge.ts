import { pollDesk, startDeskFeed } from '../capture/deskFeed.ts';
import { TOPICS, type Topic } from '../capture/orgStream.ts';
import { startOrgSweep, sweepOrg } from '../capture/orgSweep.ts';
import type { Engine } from '../engine/engine.ts';
import { runRound } from '../engine/round.ts';
import type { OrgEvents } from '../ports/org.ts';
import { PRIORITY } from '../store/store.ts';
import type { Health } from './health.ts';
import { followStream } from './followStream.ts';
import { captureWhileElected } from './leadership.ts';
import { patiently } from './patiently.ts';
import { runLoop } from './loops.ts';
import { Wake } from './wake.ts';

export type BridgeOptions = {
  readonly engine: Engine;
  readonly events: OrgEvents;
  readonly health: Health;
  /** Rung when something became due; wakes the engine. */
  readonly work: Wake;
  /** Told how long a round took that had work. */
  readonly onRound: (seconds: number) => void;
  readonly pollMs: number;
  readonly sweepMs: number;
  /** `everything` brings all that exists in step at the first start; `now` only what changes from then on. */
  readonly start: 'now' | 'everything';
};

/** Before any record that an org can have: where a first start with everything begins. */
const BEGINNING = '2000-01-01T00:00:00.000Z';
/** Entries of the log that are kept: some weeks of a busy desk. */
const LOG_ENTRIES = 100_000;

/** How soon a bridge that does not capture sees what another one made due. */
const SHARED_PAUSE_MS = 1_000;

/**
 * Runs the bridge until the signal aborts: the capture, where this bridge is the one that captures, and the
 * rounds of the engine, each in a loop of its own that the others wake.
 */
export async function runBridge(options: BridgeOptions, signal: AbortSignal): Promise<void> {
  const { engine, health, work } = options;
  let isSettled = true;
  await engine.store.releaseLeases();
  await Promise.all([
    captureWhileElected(
      {
        store: engine.store,
        health,
        now: engine.now,
        capture: async (term) => {
          await capture(options, work, term);
          health.forget(CAPTURE_PARTS);
        },
      },
      signal,
    ),
    runLoop({
      name: 'engine',
      wake: work,
      health,
      signal,
      turn: async () => {
        // A round that the store could not record holds its pairs still.
        if (!isSettled) await engine.store.giveBack();
        isSettled = false;
        for (;;) {
          const began = engine.now();
          if (signal.aborted || (await runRound(engine)) === 0) break;
          options.onRound((engine.now() - began) / 1_000);
        }
        isSettled = true;
        await engine.store.pruneLog(LOG_ENTRIES);
        const next = await engine.store.nextDue();
        const pause = next === null ? 60_000 : Math.max(0, next - engine.now());
        return engine.store.shared ? Math.min(pause, SHARED_PAUSE_MS) : pause;
      },
    }),
  ]);
}

const CAPTURE_PARTS = [...TOPICS.map((topic) => `stream ${topic}`), 'salesforce sweep', 'desk poll'];

/** Where the feeds begin at the first start. */
async function begin({ engine, start }: BridgeOptions): Promise<void> {
  const orgNow = await engine.org.now();
  await startOrgSweep(engine.store, start === 'everything' ? BEGINNING : orgNow);
  await startDeskFeed(engine.store, start === 'everything' ? null : orgNow);
}

/** The streams and the sweep of the org, and the poll of Desk. */
async function capture(options: BridgeOptions, work: Wake, signal: AbortSignal): Promise<void> {
  const { engine, health } = options;
  // A bridge that has not begun to capture is not ready, though its engine is up.
  for (const part of CAPTURE_PARTS) health.set(part, 'starting');
  try {
    await patiently(() => begin(options), {
      mayPass: () => true,
      onFailure: (message) => health.set('salesforce sweep', 'down', message),
      signal,
    });
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  const sweep = new Wake();
  const poll = new Wake();
  const live = new Set<Topic>();
  await Promise.all([
    ...TOPICS.map((topic) => followStream(options, topic, { work, sweep, live }, signal)),
    runLoop({
      name: 'salesforce sweep',
      wake: sweep,
      health,
      signal,
      turn: async () => {
        await ringAfter(work, sweepOrg(engine.org, engine.store, PRIORITY.live, signal));
        // Without a stream the sweep is the capture; with one, it only looks for what the stream lost.
        return live.has(TOPICS[0]) ? options.sweepMs : Math.min(options.sweepMs, options.pollMs);
      },
    }),
    runLoop({
      name: 'desk poll',
      wake: poll,
      health,
      signal,
      turn: async () => {
        await ringAfter(work, pollDesk(engine.desk, engine.store, PRIORITY.live, signal));
        return options.pollMs;
      },
    }),
  ]);
}

/** Wakes the engine when something became due; what fails halfway may have made some of it due. */
async function ringAfter(work: Wake, capture: Promise<number>): Promise<void> {
  let due = 1;
  try {
    due = await capture;
  } finally {
    if (due > 0) work.ring();
  }
}
