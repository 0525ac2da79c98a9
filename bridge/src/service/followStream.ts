import { followTopic, forgetPosition, type Topic } from '../capture/orgStream.ts';
import type { Engine } from '../engine/engine.ts';
import type { OrgEvents, StreamEnd } from '../ports/org.ts';
import type { Health } from './health.ts';
import { Wake } from './wake.ts';

const REFUSED_PAUSE_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 60_000;
/** A stream that has failed is taken for well again when it has stood for so long, or when something came. */
const STANDS_MS = 1_000;
/** What breaks sooner, and without anything that came, is tried with growing pauses. */
const STEADY_MS = 60_000;

export type Wakes = { readonly work: Wake; readonly sweep: Wake; readonly live: Set<Topic> };
type Parts = {
  readonly engine: Engine;
  readonly events: OrgEvents;
  readonly health: Health;
  /** Told of records on which somebody asks the bridge itself for something. */
  readonly onAsked: (recordId: string) => void;
};

/**
 * Follows one topic until the signal aborts, over as many streams as it takes. Whatever ends one, an error of
 * the store included, is told by the part's health; a sweep finds what came between two of them.
 */
export async function followStream(
  { engine, events, health, onAsked }: Parts,
  topic: Topic,
  { work, sweep, live }: Wakes,
  signal: AbortSignal,
): Promise<void> {
  const pauses = new Wake();
  const name = `stream ${topic}`;
  let failures = 0;
  let timers: NodeJS.Timeout[] = [];
  const isWell = () => health.set(name, 'up');
  health.set(name, 'starting');
  while (!signal.aborted) {
    const hooks = {
      onDue: () => work.ring(),
      onGap: () => sweep.ring(),
      onAsked,
      onReady: () => {
        live.add(topic);
        health.hear(name);
        // A refusal comes after the headers: a stream that failed before has to stand for a moment.
        if (failures === 0) isWell();
        else timers.push(setTimeout(isWell, STANDS_MS));
        timers.push(setTimeout(() => (failures = 0), STEADY_MS));
        // What changed between the last position and this moment is found by one sweep.
        sweep.ring();
      },
      onBatch: () => {
        failures = 0;
        health.hear(name);
        isWell();
      },
    };
    const end = await endOf(() => followTopic(events, engine.store, topic, hooks, signal));
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    live.delete(topic);
    if (end.reason === 'stopped') return;
    failures += 1;
    // An org without events is served by the sweep alone: that is no fault.
    if (end.reason === 'refused') health.unhear(name);
    health.set(name, end.reason === 'refused' ? 'up' : 'down', `${end.reason}: ${end.message}`);
    if (end.reason === 'positionLost')
      await forgetPosition(engine.store, topic).catch((error: unknown) => failedBy(error));
    sweep.ring();
    await pauses.wait(pauseAfter(end, failures, engine.random()), signal);
  }
}

async function endOf(follow: () => Promise<StreamEnd>): Promise<StreamEnd> {
  try {
    return await follow();
  } catch (error) {
    return failedBy(error);
  }
}

const failedBy = (error: unknown): StreamEnd => ({
  reason: 'failed',
  message: error instanceof Error ? error.message : String(error),
});

function pauseAfter(end: StreamEnd, failures: number, random: number): number {
  if (end.reason === 'refused') return REFUSED_PAUSE_MS;
  const asked = end.reason === 'failed' ? (end.retryAfterMs ?? 0) : 0;
  const backOff = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10));
  // Spread, so that the streams of many bridges do not come back at once after a restart of Salesforce.
  return Math.max(asked, backOff * (0.5 + random / 2));
}
