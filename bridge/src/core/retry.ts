import { canRetry, type Failure } from './failure.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 15 * 60_000;
/** A parent is made in the same round or the next; waiting for it starts short. */
const FIRST_FOR_PARENT_MS = 100;
/** An answer that nobody understands may be a moment's, such as a page of a proxy: so many tries, then it is parked. */
const TRIES_OF_A_BUG = 5;

/**
 * Milliseconds until a failed pair is tried again, or null when trying again cannot help.
 * @param attempts tries so far, this one included
 * @param random 0 to 1; spreads the tries, so that pairs that failed together do not come back together
 */
export function retryDelay(failure: Failure, attempts: number, random: number): number | null {
  // Rights come back without a change of the record: what lacks them is tried again, though seldom.
  if (failure.class === 'permission') return LONGEST_MS;
  const isFresh = failure.class === 'bug' && attempts < TRIES_OF_A_BUG;
  if (!canRetry(failure) && !isFresh) return null;
  const first = failure.class === 'missingParent' ? FIRST_FOR_PARENT_MS : FIRST_MS;
  const backOff = Math.min(LONGEST_MS, first * 2 ** Math.min(attempts - 1, 20));
  return Math.max(failure.retryAfterMs ?? 0, backOff * (0.5 + random / 2));
}
