import { RequestFailed } from '../core/failure.ts';
import type { PairKind } from '../core/pair.ts';
import type { FeedPage } from '../ports/helpDesk.ts';
import { partDeleted } from './deleted.ts';
import type { DeskHttp } from './http.ts';
import type { DeskPosition } from './position.ts';
import { pageFrom, recordsFrom } from './schemas.ts';
import { LAG_MS } from './searchLag.ts';
import { pathOf } from './writeBody.ts';

const PAGE = 100;

/** A position within a full read: how far it came, and when it began by Desk's clock. */
const ALL = 'all';
const within = (mark: number | string, began: string): DeskPosition => ({
  since: ALL,
  id: `${mark}|${began}`,
});

/** True for the positions that belong to a full read, which is where a feed begins without a position. */
export function inFullRead(position: DeskPosition | null): boolean {
  return position === null || position.since === ALL;
}

/** One page of all records; the last one leads over to the changes since the read began. */
export async function fullRead(
  http: DeskHttp,
  pair: PairKind,
  position: DeskPosition | null,
): Promise<FeedPage> {
  const [mark = '', began = null] = position?.id.split('|') ?? [];
  return pair === 'company'
    ? backwards(http, Number(mark), began)
    : byId(http, pair, Number(mark || '0'), began);
}

/**
 * The changes that the read leads over to. Customers were read by the search index, which lags: what changed shortly
 * before may have been missing in it.
 */
function changesSince(pair: PairKind, began: string): DeskPosition {
  const since = pair === 'customer' ? new Date(Date.parse(began) - LAG_MS).toISOString() : began;
  return { since, id: '0' };
}

/**
 * Customers and cases in the order of their ids, each page beginning after the last id that was read: a
 * record that is deleted meanwhile shifts nothing, and no page is beyond the last one that Desk gives.
 */
async function byId(http: DeskHttp, pair: PairKind, last: number, given: string | null): Promise<FeedPage> {
  const path = pair === 'case' ? pathOf(pair) : `${pathOf(pair)}/search`;
  const { body, at } = await http.get(
    `${path}?since_id=${last}&sort_field=id&sort_direction=asc&per_page=${PAGE}`,
  );
  const { entries, more } = pageFrom(body);
  const began = given ?? new Date(at).toISOString();
  // Whether the bound is inclusive is not documented: a record that comes again is left out.
  const isNew = ({ id }: { readonly id: string }) => Number(id) > last;
  const found = recordsFrom(pair, entries);
  const records = found.records.filter(isNew);
  const unreadable = found.unreadable.filter(isNew);
  const page = { ...partDeleted(records), unreadable };
  if (!more) return { ...page, position: changesSince(pair, began), more: false };
  const next = Math.max(last, ...[...records, ...unreadable].map(({ id }) => Number(id)));
  if (next === last) {
    const message = `Desk does not go on after ${pair} ${last}: it gives the same page again.`;
    throw new RequestFailed({ class: 'bug', code: 'NO_PROGRESS', message });
  }
  return { ...page, position: within(next, began), more };
}

/**
 * Companies know no `since_id`, so their pages are read by number, from the last one to the first: what is
 * deleted meanwhile moves records only into pages that are still to come. New ones are told as changes.
 */
async function backwards(http: DeskHttp, number: number, given: string | null): Promise<FeedPage> {
  const { body, at } = await http.get(
    `companies?sort_field=created_at&sort_direction=asc&per_page=${PAGE}&page=${number || 1}`,
  );
  const { entries, last } = pageFrom(body);
  const began = given ?? new Date(at).toISOString();
  const found = recordsFrom('company', entries);
  // The first look is at page 1, only to learn which is the last; its records are read again at the end.
  const next = number === 0 ? (last > 1 ? last : 0) : number - 1;
  const after = next === 0 ? changesSince('company', began) : within(next, began);
  return { ...found, gone: [], position: after, more: next > 0 };
}
