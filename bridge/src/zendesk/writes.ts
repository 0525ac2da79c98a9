import { RequestFailed, type Failure } from '../core/failure.ts';
import { inLanes } from '../core/inLanes.ts';
import type { PairKind } from '../core/pair.ts';
import type { DeskRecord, DeskWrite } from '../ports/helpDesk.ts';
import type { Item } from './jobs.ts';
import { MANY, readMany } from './readMany.ts';
import { refusalOf, refusalOfItem } from './refusal.ts';
import { isStaff, NAMES, recordFrom } from './schemas.ts';
import type { Site } from './site.ts';

/** Requests that are under way at the same time: the rate limit, not the latency, is to be the bound. */
export const LANES = 8;
/** A job costs three requests at least: it, its end, and the records. */
export const SINGLES = 2;
/** When a record that had too many updates in a job can be tried again: nobody says it. */
const AFTER_TOO_MANY_MS = 60_000;

/** Has each record written alone; a request that fails as a whole is the outcome of its record. */
export function eachAlone<T, R>(
  records: readonly T[],
  write: (record: T) => Promise<R>,
): Promise<(R | Refused)[]> {
  return inLanes(records, LANES, async (record) => {
    try {
      return await write(record);
    } catch (error) {
      if (error instanceof RequestFailed) return refused(error.failure);
      throw error;
    }
  });
}

type Refused = Extract<DeskWrite, { outcome: 'refused' }>;
export const refused = (failure: Failure): Refused => ({ outcome: 'refused', failure });

/** Has records written by jobs; each is read once it is done. `write` starts the job of some of them. */
export async function byJobs<T>(
  site: Site,
  pair: PairKind,
  records: readonly T[],
  run: (some: readonly T[]) => Promise<Item[]>,
): Promise<DeskWrite[]> {
  const outcomes: DeskWrite[] = [];
  for (let from = 0; from < records.length; from += MANY) {
    const some = records.slice(from, from + MANY);
    try {
      outcomes.push(...(await outcomesOf(site, pair, await run(some))));
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      outcomes.push(...some.map(() => refused(error.failure)));
    }
  }
  return outcomes;
}

async function outcomesOf(site: Site, pair: PairKind, items: readonly Item[]): Promise<DeskWrite[]> {
  const ids = items.flatMap((item) => (item.success && item.id !== null ? [item.id] : []));
  const found = ids.length === 0 ? new Map<string, DeskRecord>() : await readMany(site, pair, ids, false);
  return items.map((item): DeskWrite => {
    if (!item.success) return ofItem(item.error, item.details);
    const record = found.get(item.id ?? '');
    return record ? { outcome: 'done', record } : { outcome: 'gone' };
  });
}

function ofItem(error: string, details: string): DeskWrite {
  const refusal = refusalOfItem(error, details);
  return refusal.outcome === 'refused' && refusal.failure.class === 'rateLimit'
    ? refused({ ...refusal.failure, retryAfterMs: AFTER_TOO_MANY_MS })
    : refusal;
}

/** What the answer to a write of one record says. */
export async function written(
  site: Site,
  pair: PairKind,
  { status, body }: { readonly status: number; readonly body: unknown },
): Promise<DeskWrite> {
  if (status >= 400) return refusalOf(status, body);
  const entry = (body as Record<string, unknown> | null)?.[NAMES[pair].one];
  const record = recordFrom(pair, entry);
  if (pair === 'customer') site.users.note(record.id, isStaff(entry));
  if (record.pair !== 'case') return { outcome: 'done', record };
  // The answer does not count the comments.
  const counted = site.tickets.counted(record);
  if (counted) return { outcome: 'done', record: counted };
  const read = (await readMany(site, pair, [record.id], false)).get(record.id);
  return read ? { outcome: 'done', record: read } : { outcome: 'gone' };
}
