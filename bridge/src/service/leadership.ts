import type { Store } from '../store/store.ts';
import type { Health } from './health.ts';
import { runLoop } from './loops.ts';
import { Wake } from './wake.ts';

/** A bridge that was silent for so long is taken for dead; it beats several times in it. */
const DEAD_AFTER_MS = 10_000;
/**
 * So much silence is enough where its connection is lost as well: the process is gone. One that is only slow keeps its
 * connection, and one whose connection broke goes on to beat.
 */
const LOST_AFTER_MS = 3_000;
const BEAT_MS = 1_000;

export type Leadership = {
  readonly store: Store;
  readonly health: Health;
  readonly now: () => number;
  /** Told how many bridges live, at each beat. */
  readonly onMembers: (members: number) => void;
  /** What only one of the bridges does at a time; it ends when its signal aborts. */
  readonly capture: (signal: AbortSignal) => Promise<void>;
};

/**
 * Captures while this bridge is the one that does: always where it has the store for itself, and where bridges
 * share one, from the beat that elects it until one that it misses. Two that both took themselves for the
 * elected one for a moment would see each change twice, which changes nothing.
 */
export async function captureWhileElected(options: Leadership, signal: AbortSignal): Promise<void> {
  const { store, health, now, onMembers, capture } = options;
  if (!store.shared) return capture(signal);
  let term: AbortController | null = null;
  /** The end of the last term. A capture takes its time to end, and who waits for it must not fall silent. */
  let over = Promise.resolve();
  let heard = now();
  /** Since when each beat has succeeded: a database that was away has lost the connections of all, and of the living too. */
  let steadySince: number | null = null;
  const endTerm = () => {
    term?.abort();
    term = null;
  };
  const failure = new AbortController();
  let cause: unknown;
  const stop = AbortSignal.any([signal, failure.signal]);
  try {
    await runLoop({
      name: 'membership',
      wake: new Wake(),
      health,
      signal: stop,
      longestPauseMs: BEAT_MS,
      turn: async () => {
        let elected = false;
        try {
          const isSteady = steadySince !== null && now() - steadySince >= LOST_AFTER_MS;
          const membership = await store.beat(DEAD_AFTER_MS, isSteady ? LOST_AFTER_MS : null);
          ({ elected } = membership);
          onMembers(membership.members);
          heard = now();
          steadySince ??= heard;
        } catch (error) {
          steadySince = null;
          if (now() - heard > DEAD_AFTER_MS) endTerm();
          throw error;
        }
        if (!elected) endTerm();
        if (elected && term === null) {
          term = new AbortController();
          const end = AbortSignal.any([stop, term.signal]);
          over = over
            .then(() => (end.aborted ? undefined : capture(end)))
            .catch((error: unknown) => {
              cause = error;
              failure.abort();
            });
        }
        health.set('capture', 'up', elected ? 'this bridge captures' : 'another bridge captures');
        return BEAT_MS;
      },
    });
  } finally {
    endTerm();
    await over;
  }
  if (cause !== undefined) throw cause;
}
