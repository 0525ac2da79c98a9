import { deskFingerprint } from '../core/fieldMap.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../core/pair.ts';
import { columnsOf } from '../core/columns.ts';
import { PRIORITY } from '../core/spending.ts';
import { STANDARD_MAPS } from '../core/standardMaps.ts';
import type { FeedPosition, HelpDesk } from '../ports/helpDesk.ts';
import type { Org, OrgPosition } from '../ports/org.ts';
import type { Cursor, Sighting, Store } from '../store/store.ts';
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
export async function startFullSync(store: Store, now: number): Promise<FullSync> {
  const open = await readFullSync(store);
  if (open && open.readAt === null) return open;
  const sync: FullSync = {
    startedAt: now,
    readAt: null,
    read: { company: NOTHING, customer: NOTHING, case: NOTHING },
    at: START,
  };
  await store.sight([], PRIORITY.full, [cursorOf(sync)]);
  await store.retry(null);
  return sync;
}

/**
 * Reads one page and makes due what differs from what was seen last, in the transaction that moves the place.
 * Returns how the full sync stands then.
 */
export async function stepFullSync(
  sync: FullSync,
  { org, desk, store }: { org: Org; desk: HelpDesk; store: Store },
  now: number,
): Promise<FullSync> {
  const { at } = sync;
  const page =
    at.side === 'desk'
      ? await deskPage(desk, at.pair, at.position)
      : await orgPage(org, at.pair, at.position);
  const before = sync.read[at.pair];
  const counted = { ...before, [at.side]: before[at.side] + page.sightings.length };
  const next = page.next ?? placeAfter(at);
  const after: FullSync = {
    ...sync,
    read: { ...sync.read, [at.pair]: counted },
    at: next ?? at,
    readAt: next === null ? now : null,
  };
  await store.sight(page.sightings, PRIORITY.full, [cursorOf(after)]);
  return after;
}

const cursorOf = (sync: FullSync): Cursor => ({ name: CURSOR, value: JSON.stringify(sync) });

function placeAfter({ side, pair }: Place): Place | null {
  if (side === 'desk') return { side: 'salesforce', pair, position: BEGINNING };
  const next = PAIRS[PAIRS.indexOf(pair) + 1];
  return next ? { side: 'desk', pair: next, position: null } : null;
}

type Page = { readonly sightings: readonly Sighting[]; readonly next: Place | null };

async function deskPage(desk: HelpDesk, pair: PairKind, position: FeedPosition): Promise<Page> {
  const { records, position: after, more } = await desk.changes(pair, position);
  const sightings = records.map((record): Sighting => ({
    pair,
    side: 'desk',
    id: record.id,
    seen: deskFingerprint(STANDARD_MAPS[pair], record),
  }));
  return { sightings, next: more ? { side: 'desk', pair, position: after } : null };
}

async function orgPage(org: Org, pair: PairKind, position: OrgPosition): Promise<Page> {
  const fields = columnsOf(pair, org.personAccounts !== null);
  const records = await org.changes(OBJECT_OF[pair], fields, position, PAGE);
  const sightings = records.map((record) => sightingOf(pair, record));
  const last = records.at(-1);
  const full = records.length === PAGE && last !== undefined;
  const after = last && { modstamp: last.SystemModstamp, id: last.Id };
  return { sightings, next: full && after ? { side: 'salesforce', pair, position: after } : null };
}
