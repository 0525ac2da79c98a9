import { eachOf } from './eachOf.ts';
import type { ActiveConfig } from '../core/config/activeConfig.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../core/pair.ts';
import { columnsOf } from '../core/columns.ts';
import type { Org, OrgPosition } from '../ports/org.ts';
import { PRIORITY, type Priority } from '../core/spending.ts';
import type { Store } from '../store/store.ts';
import { sightingOf } from './orgSighting.ts';

const PAGE = 2_000;
/** Rows that commit late carry an earlier SystemModstamp than rows read before: look back this far each time. */
const OVERLAP_MS = 10 * 60_000;
/** getDeleted reaches back 15 days, and wants a window of at least a minute. */
const LONGEST_WINDOW_MS = 14 * 86_400_000;
const SHORTEST_WINDOW_MS = 60_000;

const cursorName = (pair: PairKind) => `salesforce ${pair}`;

/** True until the capture has begun: the last of its cursors is not there yet. */
export async function isFirstStart(store: Store): Promise<boolean> {
  return (await store.cursor(cursorName('case'))) === null;
}

/** Where reading begins when the bridge starts for the first time: `since` (ISO). */
export async function startOrgSweep(store: Store, since: string): Promise<void> {
  for (const pair of PAIRS) {
    if ((await store.cursor(cursorName(pair))) !== null) continue;
    await store.sight([], 0, [{ name: cursorName(pair), value: since }]);
  }
}

/**
 * Reads by SystemModstamp what changed in the org since the last sweep, and what was deleted, and makes it
 * due. It is the whole capture where there are no streams, and finds what a stream lost where there are.
 * Returns how many pairs became due.
 */
export async function sweepOrg(
  { org, store, active }: Captured,
  priority: Priority,
  signal: AbortSignal,
): Promise<number> {
  const now = await org.now();
  return eachOf([
    () => sweepRequests(org, store),
    ...PAIRS.map((pair) => () => sweepPair(org, store, { pair, now, priority, active: active() }, signal)),
  ]);
}

type Captured = { readonly org: Org; readonly store: Store; readonly active: () => ActiveConfig };
type Sweep = {
  readonly pair: PairKind;
  readonly now: string;
  readonly priority: Priority;
  readonly active: ActiveConfig;
};

async function sweepPair(org: Org, store: Store, sweep: Sweep, signal: AbortSignal): Promise<number> {
  if (signal.aborted) return 0;
  const { pair, now, priority } = sweep;
  const cursor = await store.cursor(cursorName(pair));
  const from = new Date(Date.parse(cursor ?? now) - OVERLAP_MS).toISOString();
  let due = await sweepChanges(org, store, sweep, from, signal);
  due += await sweepDeleted(org, store, pair, from, now, priority);
  if (pair === 'case') due += await sweepComments(org, store, from, priority);
  if (!signal.aborted) await store.sight([], priority, [{ name: cursorName(pair), value: now }]);
  return due;
}

/** Comments have no change events: our flow signals them, and this finds what it did not. */
async function sweepComments(org: Org, store: Store, from: string, priority: Priority): Promise<number> {
  const commented = await org.commentedSince(from);
  return store.sight(
    commented.map(({ caseId, stamp }) => ({
      pair: 'case',
      side: 'salesforce',
      id: caseId,
      commented: { stamp },
    })),
    priority,
  );
}

/** Requests whose signal never came: events are lost, or the org has none. */
async function sweepRequests(org: Org, store: Store): Promise<number> {
  const requests = await org.requestedActions();
  return store.sight(
    requests.map(({ pair, recordId, action }) => ({ pair, side: 'salesforce', id: recordId, asked: action })),
    PRIORITY.live,
  );
}

async function sweepChanges(
  org: Org,
  store: Store,
  { pair, priority, active }: Sweep,
  from: string,
  signal: AbortSignal,
): Promise<number> {
  const fields = columnsOf(active, pair, org.personAccounts !== null);
  let due = 0;
  let position: OrgPosition = { modstamp: from, id: '' };
  for (let full = true; full && !signal.aborted;) {
    const records = await org.changes(OBJECT_OF[pair], fields, position, PAGE);
    due += await store.sight(
      records.map((record) => sightingOf(active, pair, record)),
      priority,
    );
    const last = records.at(-1);
    if (last) position = { modstamp: last.SystemModstamp, id: last.Id };
    full = records.length === PAGE;
  }
  return due;
}

async function sweepDeleted(
  org: Org,
  store: Store,
  pair: PairKind,
  from: string,
  to: string,
  priority: Priority,
): Promise<number> {
  const end = Date.parse(to);
  const start = Math.max(Date.parse(from), end - LONGEST_WINDOW_MS);
  if (end - start < SHORTEST_WINDOW_MS) return 0;
  const { ids } = await org.deleted(OBJECT_OF[pair], new Date(start).toISOString(), to);
  return store.sight(
    ids.map((id) => ({ pair, side: 'salesforce', id, seen: 'deleted' })),
    priority,
  );
}
