import type { ActiveConfig } from '../core/config/activeConfig.ts';
import { PAIRS, type PairKind } from '../core/pair.ts';
import { PRIORITY } from '../core/spending.ts';
import type { FeedPosition, HelpDesk } from '../ports/helpDesk.ts';
import type { Cursor, Sighting, Store } from '../store/store.ts';
import { sightingsIn } from './deskSighting.ts';
import { eachOf } from './eachOf.ts';

type Captured = { readonly desk: HelpDesk; readonly store: Store; readonly active: () => ActiveConfig };

/** As many as a round of the engine takes: a burst that is told in smaller parts costs it more requests. */
const AT_ONCE = 400;

const cursorName = (pair: PairKind) => `desk ${pair}`;
const cursorOf = (pair: PairKind, position: FeedPosition): Cursor => ({
  name: cursorName(pair),
  value: JSON.stringify(position),
});

/** Where the feed of a desk begins when the bridge starts for the first time: at `since`, in ms since 1970. */
export async function startDeskFeed(
  { desk, store }: Pick<Captured, 'desk' | 'store'>,
  since: number,
): Promise<void> {
  for (const pair of PAIRS) {
    if ((await store.cursor(cursorName(pair))) !== null) continue;
    await store.sight([], 0, [cursorOf(pair, desk.startOf(pair, since))]);
  }
}

/**
 * Reads what changed in Desk since the last time, page by page, and makes it due in the transaction that
 * moves the cursor. Returns how many pairs became due. `askAgain` is told where a feed wants to be read again sooner
 * than usual, in milliseconds.
 */
export async function pollDesk(
  captured: Captured,
  signal: AbortSignal,
  askAgain: (inMs: number) => void = () => undefined,
): Promise<number> {
  return eachOf(PAIRS.map((pair) => () => follow(captured, pair, signal, askAgain)));
}

async function follow(
  { desk, store, active }: Captured,
  pair: PairKind,
  signal: AbortSignal,
  askAgain: (inMs: number) => void,
): Promise<number> {
  let due = 0;
  let gathered: Sighting[] = [];
  let position = JSON.parse((await store.cursor(cursorName(pair))) ?? 'null') as FeedPosition;
  for (let more = true; more && !signal.aborted;) {
    const page = await desk.changes(pair, position);
    // A feed repeats what lies in its overlap; the fingerprint tells a repeat from a change.
    gathered.push(...sightingsIn(pair, active().pairs[pair], page));
    ({ position, more } = page);
    if (more && gathered.length < AT_ONCE) continue;
    due += await store.sight(gathered, PRIORITY.live, [cursorOf(pair, position)]);
    gathered = [];
    if (page.soonMs !== undefined) askAgain(page.soonMs);
  }
  return due;
}
