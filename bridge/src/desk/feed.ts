import type { PairKind } from '../core/pair.ts';
import type { DeskRecord, FeedPage, FeedPosition } from '../ports/helpDesk.ts';
import { fullRead, inFullRead } from './fullRead.ts';
import type { DeskHttp } from './http.ts';
import { pageFrom, recordsFrom } from './schemas.ts';
import { pathOf } from './writeBody.ts';

const PAGE = 100;
/** The search index lags behind a write by an unknown time, and times have whole seconds: look back this far. */
const OVERLAP_MS = 2 * 60_000;

/** One page of what changed since the position, oldest first. A null position reads all records. */
export async function changesSince(
  http: DeskHttp,
  pair: PairKind,
  position: FeedPosition,
): Promise<FeedPage> {
  if (position === null || inFullRead(position)) return fullRead(http, pair, position);
  return pair === 'company' ? changedCompanies(http, position) : changedBySearch(http, pair, position);
}

/**
 * Customers and cases by search, oldest change first. A record that changes while a burst is read moves to
 * its end and shifts the pages, so the next page starts anew at the time of the last record read; only where
 * more than a page changed within one second are pages counted. At the end the position stays, and the next
 * poll looks back by the overlap.
 */
async function changedBySearch(
  http: DeskHttp,
  pair: PairKind,
  position: NonNullable<FeedPosition>,
): Promise<FeedPage> {
  const burst = position.id !== '0';
  const from = burst ? position.since : overlapped(position.since);
  const number = burst ? Number(position.id) : 1;
  const since = Math.floor(Date.parse(from) / 1_000) - 1;
  const { body } = await http.get(
    `${pathOf(pair)}/search?since_updated_at=${since}&sort_field=updated_at&sort_direction=asc&per_page=${PAGE}&page=${number}`,
  );
  const { entries, more } = pageFrom(body);
  const { records, unreadable } = recordsFrom(pair, entries);
  const last = latest(records, from);
  if (!more)
    return { records, unreadable, position: { since: latest(records, position.since), id: '0' }, more };
  const moved = Date.parse(last) > Date.parse(from);
  return {
    records,
    unreadable,
    position: moved ? { since: last, id: '1' } : { since: from, id: String(number + 1) },
    more,
  };
}

/** Companies have no search by time: their list, the newest first, until the position is passed. */
async function changedCompanies(http: DeskHttp, position: NonNullable<FeedPosition>): Promise<FeedPage> {
  const from = Date.parse(overlapped(position.since));
  const found: DeskRecord[] = [];
  const unreadable: FeedPage['unreadable'][number][] = [];
  for (let number = 1, more = true; more; number += 1) {
    const { body } = await http.get(
      `companies?sort_field=updated_at&sort_direction=desc&per_page=${PAGE}&page=${number}`,
    );
    const page = pageFrom(body);
    const read = recordsFrom('company', page.entries);
    const fresh = read.records.filter((record) => Date.parse(record.updatedAt) >= from);
    found.push(...fresh);
    unreadable.push(...read.unreadable);
    more = page.more && fresh.length === read.records.length;
  }
  found.reverse();
  return {
    records: found,
    unreadable,
    position: { since: latest(found, position.since), id: '0' },
    more: false,
  };
}

const overlapped = (since: string) => new Date(Date.parse(since) - OVERLAP_MS).toISOString();

function latest(records: readonly DeskRecord[], since: string): string {
  return records.reduce(
    (newest, record) => (Date.parse(record.updatedAt) > Date.parse(newest) ? record.updatedAt : newest),
    since,
  );
}
