import type { ActiveConfig } from '../core/config/activeConfig.ts';
import { deskFingerprint } from '../core/fieldMap.ts';
import { PAIRS, type PairKind } from '../core/pair.ts';
import { eachOf } from './eachOf.ts';
import type { FeedPage, FeedPosition, HelpDesk } from '../ports/helpDesk.ts';
import { PRIORITY } from '../core/spending.ts';
import type { Store } from '../store/store.ts';

type Captured = { readonly desk: HelpDesk; readonly store: Store; readonly active: () => ActiveConfig };

const cursorName = (pair: PairKind) => `desk ${pair}`;
const lookBackName = (pair: PairKind) => `desk ${pair} looked back`;

/** Where the feed of a desk begins when the bridge starts for the first time: at `since` (ISO). */
export async function startDeskFeed(store: Store, since: string): Promise<void> {
  for (const pair of PAIRS) {
    if ((await store.cursor(cursorName(pair))) !== null) continue;
    const position: FeedPosition = { since, id: '0' };
    await store.sight([], 0, [{ name: cursorName(pair), value: JSON.stringify(position) }]);
  }
}

/**
 * Reads what changed in Desk since the last time, page by page, and makes it due in the transaction that
 * moves the cursor. Returns how many pairs became due.
 */
export async function pollDesk({ desk, store, active }: Captured, signal: AbortSignal): Promise<number> {
  return eachOf(
    PAIRS.map(
      (pair) => () =>
        follow({ store, active }, pair, cursorName(pair), (position) => desk.changes(pair, position), signal),
    ),
  );
}

/** Reads what the index of Desk, which lags, shows since the last look back: it finds what a poll has missed. */
export async function lookBackInDesk(
  { desk, store, active }: Captured,
  signal: AbortSignal,
): Promise<number> {
  let due = 0;
  for (const pair of PAIRS) {
    const name = lookBackName(pair);
    const start = await store.cursor(cursorName(pair));
    if ((await store.cursor(name)) === null && start !== null)
      await store.sight([], PRIORITY.live, [{ name, value: start }]);
    due += await follow(
      { store, active },
      pair,
      name,
      (position) => position && desk.lookBack(pair, position),
      signal,
    );
  }
  return due;
}

async function follow(
  { store, active }: Omit<Captured, 'desk'>,
  pair: PairKind,
  name: string,
  next: (position: FeedPosition) => Promise<FeedPage> | null,
  signal: AbortSignal,
): Promise<number> {
  let due = 0;
  let position = JSON.parse((await store.cursor(name)) ?? 'null') as FeedPosition;
  for (let more = true; more && !signal.aborted;) {
    const page = await next(position);
    if (!page) return due;
    // A feed repeats what lies in its overlap; the fingerprint tells a repeat from a change.
    const sightings = page.records.map((record) => ({
      pair,
      side: 'desk' as const,
      id: record.id,
      seen: deskFingerprint(active().pairs[pair].maps, record),
    }));
    // The engine reads such a record itself, and parks it with what is wrong.
    const unreadable = page.unreadable.map(({ id, seen }) => ({ pair, side: 'desk' as const, id, seen }));
    const cursor = { name, value: JSON.stringify(page.position) };
    due += await store.sight([...sightings, ...unreadable], PRIORITY.live, [cursor]);
    ({ position, more } = page);
  }
  return due;
}
