import { deskFingerprint } from '../core/fieldMap.ts';
import { PAIRS, type PairKind } from '../core/pair.ts';
import { eachOf } from './eachOf.ts';
import { STANDARD_MAPS } from '../core/standardMaps.ts';
import type { FeedPosition, HelpDesk } from '../ports/helpDesk.ts';
import type { Priority, Store } from '../store/store.ts';

const cursorName = (pair: PairKind) => `desk ${pair}`;

/** Where the feed of a desk begins when the bridge starts for the first time: now, or with everything there is. */
export async function startDeskFeed(store: Store, since: string | null): Promise<void> {
  for (const pair of PAIRS) {
    if ((await store.cursor(cursorName(pair))) !== null) continue;
    const position: FeedPosition = since === null ? null : { since, id: '0' };
    await store.sight([], 0, [{ name: cursorName(pair), value: JSON.stringify(position) }]);
  }
}

/**
 * Reads what changed in Desk since the last time, page by page, and makes it due in the transaction that
 * moves the cursor. Returns how many pairs became due.
 */
export async function pollDesk(
  desk: HelpDesk,
  store: Store,
  priority: Priority,
  signal: AbortSignal,
): Promise<number> {
  return eachOf(PAIRS.map((pair) => () => pollPair(desk, store, pair, priority, signal)));
}

async function pollPair(
  desk: HelpDesk,
  store: Store,
  pair: PairKind,
  priority: Priority,
  signal: AbortSignal,
): Promise<number> {
  let due = 0;
  let position = JSON.parse((await store.cursor(cursorName(pair))) ?? 'null') as FeedPosition;
  for (let more = true; more && !signal.aborted;) {
    const page = await desk.changes(pair, position);
    // The feed repeats what lies in its overlap; the fingerprint tells a repeat from a change.
    const sightings = page.records.map((record) => ({
      pair,
      side: 'desk' as const,
      id: record.id,
      seen: deskFingerprint(STANDARD_MAPS[pair], record),
    }));
    // The engine reads such a record itself, and parks it with what is wrong.
    const unreadable = page.unreadable.map(({ id, seen }) => ({ pair, side: 'desk' as const, id, seen }));
    due += await store.sight([...sightings, ...unreadable], priority, [
      { name: cursorName(pair), value: JSON.stringify(page.position) },
    ]);
    position = page.position;
    more = page.more;
  }
  return due;
}
