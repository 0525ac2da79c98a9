import type { ActiveConfig } from '../core/config/activeConfig.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../core/pair.ts';
import { columnsOf } from '../core/columns.ts';
import { PRIORITY } from '../core/spending.ts';
import type { FeedPosition, HelpDesk } from '../ports/helpDesk.ts';
import type { Org, OrgPosition } from '../ports/org.ts';
import type { Cursor, Sighting, Store } from '../store/store.ts';
import { sightingsIn } from './deskSighting.ts';
import { sightingOf } from './orgSighting.ts';

/** How many records a full sync has read of a kind, on each side. */
export type ReadCounts = Readonly<Record<PairKind, { readonly salesforce: number; readonly desk: number }>>;

/** A full sync as the store keeps it: a bridge that is killed goes on where it was. */
export type FullSync = {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Null until everything has been read. */
  readonly readAt: number | null;
  readonly read: ReadCounts;
  readonly at: Place;
  /** Mark of the config that it goes by. */
  readonly mark: string;
  /** Everything is compared anew, seen or not: the last full sync went by another config. */
  readonly thorough: boolean;
};

/** Where the reading is: parents before children, Desk before Salesforce. */
type Place =
  | { readonly side: 'desk'; readonly pair: PairKind; readonly position: FeedPosition }
  | { readonly side: 'salesforce'; readonly pair: PairKind; readonly position: OrgPosition };

const CURSOR = 'full sync';
const PAGE = 2_000;
/** Before any record that an org can have. */
const BEGINNING: OrgPosition = { modstamp: '2000-01-01T00:00:00.000Z', id: '' };
const NOTHING = { salesforce: 0, desk: 0 };
const START: Place = { side: 'desk', pair: 'company', position: null };

export async function readFullSync(store: Store): Promise<FullSync | null> {
  const value = await store.cursor(CURSOR);
  return value === null ? null : (JSON.parse(value) as FullSync);
}

/** Begins a full sync, or leaves the one alone that still reads. What has failed is tried again with it. */
export async function startFullSync(store: Store, { mark }: ActiveConfig, now: number): Promise<FullSync> {
  const last = await readFullSync(store);
  if (last && last.readAt === null && last.mark === mark) return last;
  const sync: FullSync = {
    startedAt: now,
    readAt: null,
    read: { company: NOTHING, customer: NOTHING, case: NOTHING },
    at: START,
    mark,
    thorough: last !== null && last.mark !== mark,
  };
  await store.sight([], PRIORITY.full, [cursorOf(sync)]);
  await store.retry(null);
  return sync;
}

type FullSyncSides = {
  readonly org: Org;
  readonly desk: HelpDesk;
  readonly store: Store;
  readonly active: () => ActiveConfig;
};

/**
 * Reads one page and makes due what differs from what was seen last, in the transaction that moves the place.
 * Returns how the full sync stands then.
 */
export async function stepFullSync(
  sync: FullSync,
  { org, desk, store, active }: FullSyncSides,
  now: number,
): Promise<FullSync> {
  const { at } = sync;
  const page =
    at.side === 'desk'
      ? await deskPage(desk, active(), at.pair, at.position)
      : await orgPage(org, active(), at.pair, at.position);
  const before = sync.read[at.pair];
  const counted = { ...before, [at.side]: before[at.side] + page.sightings.length };
  const next = page.next ?? placeAfter(at);
  const after: FullSync = {
    ...sync,
    read: { ...sync.read, [at.pair]: counted },
    at: next ?? at,
    readAt: next === null ? now : null,
  };
  const sightings = page.sightings.map((one) => ({
    ...one,
    ...(sync.thorough ? { anew: true as const } : {}),
  }));
  await store.sight(sightings, PRIORITY.full, [cursorOf(after)]);
  return after;
}

const cursorOf = (sync: FullSync): Cursor => ({ name: CURSOR, value: JSON.stringify(sync) });

function placeAfter({ side, pair }: Place): Place | null {
  if (side === 'desk') return { side: 'salesforce', pair, position: BEGINNING };
  const next = PAIRS[PAIRS.indexOf(pair) + 1];
  return next ? { side: 'desk', pair: next, position: null } : null;
}

type Page = { readonly sightings: readonly Sighting[]; readonly next: Place | null };

async function deskPage(
  desk: HelpDesk,
  { pairs }: ActiveConfig,
  pair: PairKind,
  position: FeedPosition,
): Promise<Page> {
  const page = await desk.changes(pair, position);
  const next: Place | null = page.more ? { side: 'desk', pair, position: page.position } : null;
  return { sightings: sightingsIn(pair, pairs[pair], page), next };
}

async function orgPage(org: Org, active: ActiveConfig, pair: PairKind, position: OrgPosition): Promise<Page> {
  const fields = columnsOf(active, pair, org.personAccounts !== null);
  const records = await org.changes(OBJECT_OF[pair], fields, position, PAGE);
  const sightings = records.map((record) => sightingOf(active, pair, record));
  const last = records.at(-1);
  const full = records.length === PAGE && last !== undefined;
  const after = last && { modstamp: last.SystemModstamp, id: last.Id };
  return { sightings, next: full && after ? { side: 'salesforce', pair, position: after } : null };
}
