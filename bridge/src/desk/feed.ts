import type { PairKind } from '../core/pair.ts';
import type { DeskRecord, FeedPage, FeedPosition } from '../ports/helpDesk.ts';
import { fullRead, inFullRead } from './fullRead.ts';
import type { DeskHttp } from './http.ts';
import { pageFrom, recordsFrom } from './schemas.ts';
import { pathOf } from './writeBody.ts';

const PAGE = 100;
/** Desk's times have whole seconds: what changed so recently may change once more under the same time. */
const SETTLED_MS = 3_000;
/** Of the newest page, this much is looked at again at each poll: it costs no request. */
const LOOKED_AT_MS = 2 * 60_000;
/** A burst beyond so many pages is read from its old end, page by page, so that a kill loses no progress. */
const NEWEST_PAGES = 2;
/** Desk's search index lags behind a write by an unknown time: it is read back this far. */
const LAG_MS = 2 * 60_000;

const iso = (time: number) => new Date(time).toISOString();

/** One page of what changed since the position, oldest first. A null position reads all records. */
export async function changesSince(
  http: DeskHttp,
  pair: PairKind,
  position: FeedPosition,
): Promise<FeedPage> {
  if (position === null || inFullRead(position)) return fullRead(http, pair, position);
  if (position.id !== '0') return changedBySearch(http, pair, position);
  const newest = await newestFirst(http, pair, Date.parse(position.since));
  if (newest) return newest;
  const from = iso(Date.parse(position.since) - LAG_MS);
  return changedBySearch(http, pair, { since: from, id: '1' });
}

/**
 * The list, the newest change first, until it is older than the position: all changes up to there were read after
 * their second was over. Null where there are more than a few pages, which only customers and cases can be read by.
 */
async function newestFirst(http: DeskHttp, pair: PairKind, since: number): Promise<FeedPage | null> {
  const found: DeskRecord[] = [];
  const unreadable: FeedPage['unreadable'][number][] = [];
  const from = Math.floor(since / 1_000) * 1_000;
  let settled = since;
  for (let number = 1, more = true; more; number += 1) {
    if (number > NEWEST_PAGES && pair !== 'company') return null;
    const { body, at } = await http.get(
      `${pathOf(pair)}?sort_field=updated_at&sort_direction=desc&per_page=${PAGE}&page=${number}`,
    );
    // The first page tells: what changes while the others are read is newer than this.
    if (number === 1) settled = Math.max(since, at - SETTLED_MS);
    const page = pageFrom(body);
    const { records, unreadable: others } = recordsFrom(pair, page.entries);
    unreadable.push(...others);
    found.push(...records.filter(({ updatedAt }) => Date.parse(updatedAt) >= since - LOOKED_AT_MS));
    more = page.more && records.every(({ updatedAt }) => Date.parse(updatedAt) >= from);
  }
  found.reverse();
  return { records: found, unreadable, position: { since: iso(settled), id: '0' }, more: false };
}

/**
 * Customers and cases by search, oldest change first. A record that changes while a burst is read moves to
 * its end and shifts the pages, so the next page starts anew at the time of the last record read; only where
 * more than a page changed within one second are pages counted.
 */
async function changedBySearch(
  http: DeskHttp,
  pair: PairKind,
  { since, id }: NonNullable<FeedPosition>,
): Promise<FeedPage> {
  const number = Number(id);
  const from = Math.floor(Date.parse(since) / 1_000) - 1;
  const { body, at } = await http.get(
    `${pathOf(pair)}/search?since_updated_at=${from}&sort_field=updated_at&sort_direction=asc&per_page=${PAGE}&page=${number}`,
  );
  const { entries, more } = pageFrom(body);
  const { records, unreadable } = recordsFrom(pair, entries);
  const last = records.at(-1)?.updatedAt ?? since;
  // The search may lag by some time still; what it did not show yet is looked back for.
  if (!more) return { records, unreadable, position: { since: iso(at - SETTLED_MS), id: '0' }, more };
  const moved = Date.parse(last) > Date.parse(since);
  return {
    records,
    unreadable,
    position: moved ? { since: last, id: '1' } : { since, id: String(number + 1) },
    more,
  };
}

/**
 * One page of what the search index shows since the position and a while before: for whoever wants to be sure
 * that nothing appeared in it late. Companies have no search by time, and their list none that lags.
 */
export async function lookBack(
  http: DeskHttp,
  pair: PairKind,
  position: NonNullable<FeedPosition>,
): Promise<FeedPage> {
  if (pair === 'company') return { records: [], unreadable: [], position, more: false };
  if (position.id !== '0') return changedBySearch(http, pair, position);
  const from = iso(Date.parse(position.since) - LAG_MS);
  return changedBySearch(http, pair, { since: from, id: '1' });
}
