import type { Store } from '../store/store.ts';
import type { Health } from './health.ts';
import { runLoop } from './loops.ts';
import { Wake } from './wake.ts';

/** A bridge that was silent for so long is taken for dead; it beats several times in it. */
export const DEAD_AFTER_MS = 10_000;
const BEAT_MS = 2_000;

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
  let term: { readonly end: AbortController; readonly done: Promise<void> } | null = null;
  let heard = now();
  const endTerm = async () => {
    term?.end.abort();
    await term?.done;
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
      turn: async () => {
        let elected = false;
        try {
          const membership = await store.beat(DEAD_AFTER_MS);
          ({ elected } = membership);
          onMembers(membership.members);
          heard = now();
        } catch (error) {
          if (now() - heard > DEAD_AFTER_MS) await endTerm();
          throw error;
        }
        if (!elected) await endTerm();
        if (elected && term === null) {
          const end = new AbortController();
          const done = capture(AbortSignal.any([stop, end.signal])).catch((error: unknown) => {
            cause = error;
            failure.abort();
          });
          term = { end, done };
        }
        health.set('capture', 'up', elected ? 'this bridge captures' : 'another bridge captures');
        return BEAT_MS;
      },
    });
  } finally {
    await endTerm();
  }
  if (cause !== undefined) throw cause;
}
