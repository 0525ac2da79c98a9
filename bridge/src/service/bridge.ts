import { pollDesk, startDeskFeed } from '../capture/deskFeed.ts';
import { followTopic, forgetPosition, TOPICS, type Topic } from '../capture/orgStream.ts';
import { startOrgSweep, sweepOrg } from '../capture/orgSweep.ts';
import type { Engine } from '../engine/engine.ts';
import { runRound } from '../engine/round.ts';
import type { OrgEvents } from '../ports/org.ts';
import { PRIORITY } from '../store/store.ts';
import { carryLog, oldBefore, type LogOptions } from './carryLog.ts';
import type { Health } from './health.ts';
import { captureWhileElected } from './leadership.ts';
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
} & LogOptions;

/** Before any record that an org can have: where a first start with everything begins. */
const BEGINNING = '2000-01-01T00:00:00.000Z';
/** Entries of the log that are kept: some weeks of a busy desk. */
const LOG_ENTRIES = 100_000;
const REFUSED_PAUSE_MS = 5 * 60_000;

/** How soon a bridge that does not capture sees what another one made due. */
const SHARED_PAUSE_MS = 1_000;

/**
 * Runs the bridge until the signal aborts: the capture, where this bridge is the one that captures, and the
 * rounds of the engine, each in a loop of its own that the others wake.
 */
export async function runBridge(options: BridgeOptions, signal: AbortSignal): Promise<void> {
  const { engine, health, work } = options;
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
        for (;;) {
          const began = engine.now();
          if (signal.aborted || (await runRound(engine)) === 0) break;
          options.onRound((engine.now() - began) / 1_000);
        }
        await engine.store.pruneLog(LOG_ENTRIES, oldBefore(engine.now(), options.logDays));
        const next = await engine.store.nextDue();
        const pause = next === null ? 60_000 : Math.max(0, next - engine.now());
        return engine.store.shared ? Math.min(pause, SHARED_PAUSE_MS) : pause;
      },
    }),
  ]);
}

const CAPTURE_PARTS = [
  ...TOPICS.map((topic) => `stream ${topic}`),
  'salesforce sweep',
  'desk poll',
  'salesforce log',
];

/** The streams and the sweep of the org, and the poll of Desk. */
async function capture(options: BridgeOptions, work: Wake, signal: AbortSignal): Promise<void> {
  const { engine, health } = options;
  const orgNow = await engine.org.now();
  await startOrgSweep(engine.store, options.start === 'everything' ? BEGINNING : orgNow);
  await startDeskFeed(engine.store, options.start === 'everything' ? null : orgNow);
  const sweep = new Wake();
  const poll = new Wake();
  const live = new Set<Topic>();
  await Promise.all([
    ...TOPICS.map((topic) => follow(options, topic, { work, sweep, live }, signal)),
    runLoop({
      name: 'salesforce sweep',
      wake: sweep,
      health,
      signal,
      turn: async () => {
        if ((await sweepOrg(engine.org, engine.store, PRIORITY.live, signal)) > 0) work.ring();
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
        if ((await pollDesk(engine.desk, engine.store, PRIORITY.live, signal)) > 0) work.ring();
        return options.pollMs;
      },
    }),
    ...(options.salesforceLog === 'off'
      ? []
      : [
          runLoop({
            name: 'salesforce log',
            wake: new Wake(),
            health,
            signal,
            turn: () => carryLog(engine, options),
          }),
        ]),
  ]);
}

type Wakes = { readonly work: Wake; readonly sweep: Wake; readonly live: Set<Topic> };

async function follow(
  options: BridgeOptions,
  topic: Topic,
  wakes: Wakes,
  signal: AbortSignal,
): Promise<void> {
  const { engine, events, health } = options;
  const pauses = new Wake();
  const name = `stream ${topic}`;
  let failures = 0;
  health.set(name, 'starting');
  while (!signal.aborted) {
    const hooks = {
      onDue: () => wakes.work.ring(),
      onGap: () => wakes.sweep.ring(),
      onReady: () => {
        failures = 0;
        wakes.live.add(topic);
        health.set(name, 'up');
        // What changed between the last position and this moment is found by one sweep.
        wakes.sweep.ring();
      },
    };
    const end = await followTopic(events, engine.store, topic, hooks, signal);
    wakes.live.delete(topic);
    if (end.reason === 'stopped') return;
    failures += 1;
    // An org without events is served by the sweep alone: that is no fault.
    health.set(name, end.reason === 'refused' ? 'up' : 'down', `${end.reason}: ${end.message}`);
    if (end.reason === 'positionLost') await forgetPosition(engine.store, topic);
    wakes.sweep.ring();
    const asked = end.reason === 'failed' ? (end.retryAfterMs ?? 0) : 0;
    const backOff =
      end.reason === 'refused' ? REFUSED_PAUSE_MS : Math.min(60_000, 250 * 2 ** Math.min(failures - 1, 10));
    await pauses.wait(Math.max(asked, backOff), signal);
  }
}
