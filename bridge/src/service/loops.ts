import { RequestFailed } from '../core/failure.ts';
import { StoreIsNewer } from '../store/floor.ts';
import type { Health } from './health.ts';
import type { Wake } from './wake.ts';

/** How long to pause until the next turn, and what is worth to be told of a part that is up. */
export type Turn = number | { readonly pauseMs: number; readonly detail: string };

type Loop = {
  readonly name: string;
  /** One turn; returns the milliseconds until the next. */
  readonly turn: () => Promise<Turn>;
  readonly wake: Wake;
  readonly health: Health;
  readonly signal: AbortSignal;
  /** The longest pause after a failure, in milliseconds; a minute where it is left out. */
  readonly longestPauseMs?: number;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Turns until the service ends. A failed turn is told by the part's health and repeated with growing pauses.
 * @throws StoreIsNewer, which no repetition helps
 */
export async function runLoop(loop: Loop): Promise<void> {
  const { name, turn, wake, health, signal, longestPauseMs = LONGEST_PAUSE_MS } = loop;
  let failures = 0;
  health.set(name, 'starting');
  while (!signal.aborted) {
    let pause: number;
    try {
      const next = await turn();
      const { pauseMs, detail } = typeof next === 'number' ? { pauseMs: next, detail: '' } : next;
      pause = pauseMs;
      failures = 0;
      health.set(name, 'up', detail);
    } catch (error) {
      if (error instanceof StoreIsNewer) throw error;
      failures += 1;
      health.set(name, 'down', error instanceof Error ? error.message : String(error));
      const asked = error instanceof RequestFailed ? (error.failure.retryAfterMs ?? 0) : 0;
      pause = Math.max(asked, Math.min(longestPauseMs, FIRST_PAUSE_MS * 2 ** (failures - 1)));
    }
    await wake.wait(pause, signal);
  }
}
