import type { PairKind } from '../core/pair.ts';
import type { FeedPage } from '../ports/helpDesk.ts';
import { partDeleted } from './deleted.ts';
import { fullRead, inFullRead } from './fullRead.ts';
import type { DeskHttp } from './http.ts';
import type { DeskPosition } from './position.ts';
import { pageFrom, recordsFrom } from './schemas.ts';
import { LAG_MS } from './searchLag.ts';
import { pathOf } from './writeBody.ts';

const PAGE = 100;
/** Desk gives no page of its cases beyond this one. */
const LAST_PAGE = 500;
/** Desk's times have whole seconds: what changed so recently may change once more under the same time. */
const SETTLED_MS = 2_000;
/** Of the newest page, this much is looked at again at each poll: it costs no request. */
const LOOKED_AT_MS = 2 * 60_000;

/** Where a position stands that is in no pass, and one that has let a burst settle. */
const AT_REST = '0';
const WAITED = 'waited';

const iso = (time: number) => new Date(time).toISOString();

/** A pass through the list, newest change first, that has not come to the changes known before. */
type Pass = {
  /** ISO; how far all was known when the pass began. */
  readonly since: string;
  readonly page: number;
  /** ISO; how far all is known once the pass is over. Null before its first page. */
  readonly settled: string | null;
  /** Records that Desk had when the page before was read. */
  readonly total: number;
  /** It has just begun, and can as well begin a little later. */
  readonly mayWait: boolean;
};

/** The position from which all that changes after that time (ms since 1970) is told. */
export function restingAt(since: number): DeskPosition {
  return { since: iso(since), id: AT_REST };
}

/** Whether all that changed up to a position was told. */
export function isAtRest(position: DeskPosition | null): boolean {
  return position?.id === AT_REST;
}

/** Whether a position is between two pages of one pass. */
export function isUnderWay(position: DeskPosition | null): boolean {
  return position !== null && position.id !== AT_REST && position.id !== WAITED;
}

/** One page of what changed since the position. A null position reads all records. */
export async function changesSince(
  http: DeskHttp,
  pair: PairKind,
  position: DeskPosition | null,
): Promise<FeedPage> {
  if (position === null || inFullRead(position)) return fullRead(http, pair, position);
  const { since, id } = position;
  if (id !== AT_REST && id !== WAITED && !id.includes('|')) return changedBySearch(http, pair, position);
  const [page = '1', settled = null, total = '0'] = id.includes('|') ? id.split('|') : [];
  const pass = { since, page: Number(page), settled, total: Number(total) };
  return newestFirst(http, pair, { ...pass, mayWait: id === AT_REST });
}

/**
 * One page of the list, the newest change first, until it is older than what was known: all changes up to there
 * were read after their second was over. What changes meanwhile moves to the top and pushes the others down, so
 * that they come again at most. A deletion pulls them up instead, into pages that were read: where there are fewer
 * records than before, as many of those before this page are read again, and the pass is not over. One that is made
 * at the same time pushes down what the other pulls up.
 */
async function newestFirst(http: DeskHttp, pair: PairKind, pass: Pass): Promise<FeedPage> {
  const since = Date.parse(pass.since);
  const { body, at } = await http.get(
    `${pathOf(pair)}?sort_field=updated_at&sort_direction=desc&per_page=${PAGE}&page=${pass.page}`,
  );
  // The first page tells: what changes while the others are read is newer than this.
  const settled = pass.settled ?? iso(Math.max(since, at - SETTLED_MS));
  const { entries, more, total } = pageFrom(body);
  const { records, unreadable } = recordsFrom(pair, entries);
  const found = records.filter(({ updatedAt }) => Date.parse(updatedAt) >= since - LOOKED_AT_MS);
  const from = Math.floor(since / 1_000) * 1_000;
  const isKnown = records.some(({ updatedAt }) => Date.parse(updatedAt) < from);
  const page = { ...partDeleted(found.toReversed()), unreadable };
  const pulledUp = Math.max(0, pass.total - total);
  if ((isKnown || !more) && pulledUp === 0)
    return { ...page, position: { since: settled, id: AT_REST }, more: false };
  // A burst of this very moment would be read twice: now, and once its second is over.
  const isHot = records.every(({ updatedAt }) => Date.parse(updatedAt) > at - SETTLED_MS);
  if (pass.mayWait && isHot)
    return { ...page, position: { since: pass.since, id: WAITED }, more: false, soonMs: SETTLED_MS };
  const next = pulledUp === 0 ? pass.page + 1 : pass.page - Math.ceil(pulledUp / Math.max(1, entries.length));
  if (next > LAST_PAGE && pair === 'case')
    return { ...page, position: { since: pass.since, id: '1' }, more: true };
  const id = `${Math.max(1, next)}|${settled}|${total}`;
  return { ...page, position: { since: pass.since, id }, more: true };
}

/**
 * Cases by search, oldest change first, for a list that ends before they do. A record that changes while they are
 * read moves to the end and shifts the pages, so the next page starts anew at the time of the last record read;
 * only where more than a page changed within one second are pages counted.
 */
async function changedBySearch(
  http: DeskHttp,
  pair: PairKind,
  { since, id }: DeskPosition,
): Promise<FeedPage> {
  const number = Number(id);
  const from = Math.floor(Date.parse(since) / 1_000) - 1;
  const { body, at } = await http.get(
    `${pathOf(pair)}/search?since_updated_at=${from}&sort_field=updated_at&sort_direction=asc&per_page=${PAGE}&page=${number}`,
  );
  const { entries, more } = pageFrom(body);
  const { records, unreadable } = recordsFrom(pair, entries);
  const last = records.at(-1)?.updatedAt ?? since;
  const page = { ...partDeleted(records), unreadable };
  // The list, which does not lag, has what the index may not have shown yet.
  if (!more) return { ...page, position: restingAt(at - LAG_MS), more };
  const moved = Date.parse(last) > Date.parse(since);
  return {
    ...page,
    position: moved ? { since: last, id: '1' } : { since, id: String(number + 1) },
    more,
  };
}
