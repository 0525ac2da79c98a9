import { pollDesk, startDeskFeed } from '../capture/deskFeed.ts';
import { TOPICS, type Topic } from '../capture/orgStream.ts';
import { startFullSync } from '../capture/fullSync.ts';
import { isFirstStart, startOrgSweep, sweepOrg } from '../capture/orgSweep.ts';
import type { Engine } from '../engine/engine.ts';
import { timeOf } from '../core/timeOf.ts';
import { affordable, PRIORITY, sweepPause } from '../core/spending.ts';
import { runRound } from '../engine/round.ts';
import type { OrgEvents } from '../ports/org.ts';
import { watchSpending } from './budgets.ts';
import { carryLog, oldBefore, type LogOptions } from './carryLog.ts';
import type { Health } from './health.ts';
import { turnFullSync } from './fullSyncTurn.ts';
import { followStream } from './followStream.ts';
import { captureWhileElected } from './leadership.ts';
import type { Settings } from './settings.ts';
import { STATUS_PACE, STATUS_PART, StatusRow, type StatusPace } from './statusRow.ts';
import { patiently } from './patiently.ts';
import { runLoop } from './loops.ts';
import { together } from './together.ts';
import { Wake } from './wake.ts';

export type BridgeOptions = {
  readonly engine: Engine;
  /** False: nothing is looked for but what a full sync reads. */
  readonly captures: boolean;
  readonly events: OrgEvents;
  readonly health: Health;
  /** Rung when something became due; wakes the engine. */
  readonly work: Wake;
  /** What an admin has set; null where it never changes. */
  readonly settings: Settings | null;
  /** Rung when the config is to be looked at. */
  readonly configured: Wake;
  /** Rung when a full sync was asked for. */
  readonly fullSync: Wake;
  /** Told how long a round took that had work. */
  readonly onRound: (seconds: number) => void;
  readonly pollMs: number;
  readonly sweepMs: number;
  /** `everything` brings all that exists in step at the first start; `now` only what changes from then on. */
  readonly start: 'now' | 'everything';
  /** How often the bridge's row in Salesforce is written; STATUS_PACE where it is left out. */
  readonly statusPace?: StatusPace;
} & LogOptions;

/** Entries of the log that are kept: some weeks of a busy desk. */
const LOG_ENTRIES = 100_000;
const LONGEST_PAUSE_MS = 60_000;
/** So long a sweep waits at the start for what was left to do. */
const FIRST_ROUND_MS = 2_000;

/** How soon a bridge sees what another one made due where it was not told: a notice is lost with its connection. */
const SHARED_PAUSE_MS = 5_000;

/**
 * Runs the bridge until the signal aborts: the capture, where this bridge is the one that captures, and the
 * rounds of the engine, each in a loop of its own that the others wake.
 * @throws StoreIsNewer once a newer bridge has changed the store in a way that this one does not understand
 */
export async function runBridge(options: BridgeOptions, signal: AbortSignal): Promise<void> {
  const { engine, health, work } = options;
  const status = new Wake();
  health.listen(() => status.ring());
  let isSettled = true;
  const firstRound = new Wake();
  engine.store.hearDue(() => work.ring());
  await engine.store.releaseLeases();
  await together(signal, (end) => [
    captureWhileElected(
      {
        store: engine.store,
        health,
        now: engine.now,
        onMembers: (members) => engine.desk.shareAmong(members),
        capture: async (term) => {
          await together(term, (end) => [
            followFullSync(options, end),
            ...(options.captures ? [capture(options, { status, firstRound }, end)] : []),
          ]);
          health.forget(CAPTURE_PARTS);
        },
      },
      end,
    ),
    ...(options.settings ? [followConfig(options.settings, options, end)] : []),
    watchSpending({ engine, health, work }, end),
    runLoop({
      name: 'engine',
      wake: work,
      health,
      signal: end,
      turn: async () => {
        // A round that the store could not record holds its pairs still.
        if (!isSettled) await engine.store.giveBack();
        isSettled = false;
        for (;;) {
          const began = engine.now();
          if (end.aborted || !engine.active().enabled) break;
          const handled = await runRound(engine);
          firstRound.ring();
          if (handled === 0) break;
          options.onRound((engine.now() - began) / 1_000);
          status.ring();
        }
        isSettled = true;
        await engine.store.pruneLog(LOG_ENTRIES, oldBefore(engine.now(), options.logDays));
        return engine.active().enabled ? untilNext(engine) : LONGEST_PAUSE_MS;
      },
    }),
  ]);
}

/** Looks for another config; one that is not good is told by the health, and the last good one stays. */
function followConfig(
  settings: Settings,
  { configured, health }: BridgeOptions,
  signal: AbortSignal,
): Promise<void> {
  return runLoop({
    name: 'config',
    wake: configured,
    health,
    signal,
    turn: async () => {
      await settings.refresh();
      return {
        pauseMs: settings.pauseMs,
        detail: settings.active().enabled ? '' : 'the sync is switched off',
      };
    },
  });
}

/** Milliseconds until there is something to do that the day's calls leave room for. */
async function untilNext({ store, org, now }: Engine): Promise<number> {
  const next = await store.nextDue(affordable(org.usage()));
  const pause = next === null ? LONGEST_PAUSE_MS : Math.max(0, next - now());
  return store.shared ? Math.min(pause, SHARED_PAUSE_MS) : pause;
}

const LOG_PART = 'salesforce log';
const CAPTURE_PARTS = [
  ...TOPICS.map((topic) => `stream ${topic}`),
  'salesforce sweep',
  'desk poll',
  'full sync',
  LOG_PART,
  STATUS_PART,
];

/** Reads what a full sync has still to read. */
function followFullSync(
  { engine, health, work, fullSync }: BridgeOptions,
  signal: AbortSignal,
): Promise<void> {
  return runLoop({
    name: 'full sync',
    wake: fullSync,
    health,
    signal,
    turn: () => turnFullSync(engine, work, signal),
  });
}

/** Where the feeds begin at the first start. */
async function begin({ engine, start, fullSync }: BridgeOptions): Promise<void> {
  if (!(await isFirstStart(engine.store))) return;
  const orgNow = await engine.org.now();
  // Before the feeds begin: a bridge that dies in between is still one that starts for the first time.
  if (start === 'everything') {
    await startFullSync(engine.store, engine.active(), engine.now());
    fullSync.ring();
  }
  await startDeskFeed(engine, timeOf(orgNow));
  await startOrgSweep(engine.store, orgNow);
}

type Moments = {
  /** Rings when what is told in Salesforce changes. */
  readonly status: Wake;
  /** Rings once the engine has done a first round, or has none to do. */
  readonly firstRound: Wake;
};

/** The streams and the sweep of the org, the poll of Desk, and what is told in Salesforce. */
async function capture(
  options: BridgeOptions,
  { status, firstRound }: Moments,
  signal: AbortSignal,
): Promise<void> {
  const { engine, health, work } = options;
  // A bridge that has not begun to capture is not ready, though its engine is up.
  const carriesLog = options.salesforceLog !== 'off';
  for (const part of CAPTURE_PARTS) if (carriesLog || part !== LOG_PART) health.set(part, 'starting');
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
  const row = new StatusRow({ ...options, changed: status, pace: options.statusPace ?? STATUS_PACE });
  const onAsked = (recordId: string) => row.asked(recordId);
  await together(signal, (end) => [
    ...TOPICS.map((topic) => followStream({ ...options, onAsked }, topic, { work, sweep, live }, end)),
    // What a killed bridge had in hand goes before what the last minutes may hold besides.
    firstRound.wait(FIRST_ROUND_MS, end).then(() =>
      runLoop({
        name: 'salesforce sweep',
        wake: sweep,
        health,
        signal: end,
        turn: async () => {
          await ringAfter(work, sweepOrg(engine, PRIORITY.live, end));
          health.hear('salesforce sweep');
          // Without a stream the sweep is the capture; with one, it only looks for what the stream lost.
          if (live.has(TOPICS[0])) return options.sweepMs;
          return sweepPause(options.pollMs, options.sweepMs, engine.org.usage()?.max ?? null);
        },
      }),
    ),
    runLoop({
      name: 'desk poll',
      wake: poll,
      health,
      signal: end,
      turn: async () => {
        let pauseMs = options.pollMs;
        const askAgain = (inMs: number) => {
          pauseMs = Math.min(pauseMs, inMs);
        };
        await ringAfter(work, pollDesk(engine, end, askAgain));
        health.hear('desk poll');
        return pauseMs;
      },
    }),
    runLoop({ name: STATUS_PART, wake: status, health, signal: end, turn: () => row.turn() }),
    ...(carriesLog
      ? [
          runLoop({
            name: LOG_PART,
            wake: new Wake(),
            health,
            signal: end,
            turn: () => carryLog(engine, options),
          }),
        ]
      : []),
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
