import { openStore, type StoreLocation } from '../store/openStore.ts';
import type { Store } from '../store/store.ts';

/**
 * Opens the store, and gives the clock that goes with it. Bridges that share a store tell by its times which of
 * them lives, so they go by the clock of the store: one whose own is ahead would take all others for dead.
 * @param own milliseconds since 1970
 */
export async function openWithClock(
  location: StoreLocation,
  own: () => number,
): Promise<{ store: Store; now: () => number }> {
  let ahead = 0;
  const now = () => own() + ahead;
  const store = await openStore(location, now);
  const time = await store.time();
  if (time !== null) ahead = time - own();
  return { store, now };
}
