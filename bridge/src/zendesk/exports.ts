import { z } from 'zod';
import { RequestFailed } from '../core/failure.ts';
import type { PairKind } from '../core/pair.ts';
import type { ZendeskHttp } from './http.ts';
import { including } from './readMany.ts';
import { refusalOf } from './refusal.ts';
import { read } from './schemas.ts';

/** Zendesk leaves out what changed so recently. */
export const LEFT_OUT_MS = 60_000;
/** More than that, for clocks that are not quite the same. */
const SAFE_MS = LEFT_OUT_MS + 5_000;
const PATHS: Readonly<Record<PairKind, string>> = {
  company: 'incremental/organizations',
  customer: 'incremental/users/cursor',
  case: 'incremental/tickets/cursor',
};

/** Where an export stands: behind a cursor, or at a time in seconds since 1970. */
export type Place = { readonly cursor: string } | { readonly start: number };
export type Exported = {
  readonly body: unknown;
  /** Zendesk's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly next: Place;
  /** All that changed up to a minute ago has come. */
  readonly isEnd: boolean;
};

const byCursor = z.object({ after_cursor: z.string().nullish(), end_of_stream: z.boolean() });
const byTime = z.object({
  end_time: z.number().nullish(),
  count: z.number(),
  end_of_stream: z.boolean().optional(),
});
/** The records of a full page by time. */
const PAGE = 1_000;

/** One page of what changed since a place, oldest change first. */
export async function exportPage(
  http: ZendeskHttp,
  pair: PairKind,
  from: Place,
  withPeople: boolean,
): Promise<Exported> {
  const asked = 'cursor' in from ? from : { start: Math.min(from.start, secondsOf(http.now() - SAFE_MS)) };
  let { status, body, at } = await http.get(pathOf(pair, asked, withPeople));
  // Our clock is ahead of Zendesk's: it takes no time within its last minute.
  if (status === 422 && 'start' in asked && asked.start > secondsOf(at - SAFE_MS))
    ({ status, body, at } = await http.get(pathOf(pair, { start: secondsOf(at - SAFE_MS) }, withPeople)));
  if (status >= 400) {
    const refusal = refusalOf(status, body);
    const failure = { class: 'gone' as const, code: 'HTTP 404', message: 'Zendesk has no such export.' };
    throw new RequestFailed(refusal.outcome === 'gone' ? failure : refusal.failure);
  }
  if (pair !== 'company') {
    const { after_cursor: cursor, end_of_stream: isEnd } = read(byCursor, body);
    const next = cursor ? { cursor } : asked;
    if (!isEnd && samePlace(next, asked)) throw noProgress(pair);
    return { body, at, next, isEnd };
  }
  const start = 'start' in asked ? asked.start : 0;
  const { end_time: end, count, end_of_stream: said } = read(byTime, body);
  const isEnd = said ?? count < PAGE;
  // A page ends with a whole second, and the next one begins with it again: one second that fills a page is over.
  const next = { start: isEnd ? Math.max(start, end ?? start) : end && end > start ? end : start + 1 };
  return { body, at, next, isEnd };
}

function pathOf(pair: PairKind, place: Place, withPeople: boolean): string {
  const from =
    'cursor' in place
      ? `cursor=${encodeURIComponent(place.cursor)}`
      : `start_time=${Math.max(1, place.start)}`;
  return `${PATHS[pair]}?${from}${including(pair, withPeople)}`;
}

export const secondsOf = (ms: number) => Math.floor(ms / 1_000);
const samePlace = (a: Place, b: Place) => JSON.stringify(a) === JSON.stringify(b);

const noProgress = (pair: PairKind) =>
  new RequestFailed({
    class: 'bug',
    code: 'NO_PROGRESS',
    message: `Zendesk does not go on with its export of ${PATHS[pair]}: it gives the same page again.`,
  });
