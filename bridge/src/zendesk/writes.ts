import { RequestFailed } from '../core/failure.ts';
import type { PairKind } from '../core/pair.ts';
import { refused } from '../http/eachAlone.ts';
import type { DeskRecord, DeskWrite } from '../ports/helpDesk.ts';
import type { Item } from './jobs.ts';
import { MANY, readMany } from './readMany.ts';
import { refusalOf, refusalOfItem } from './refusal.ts';
import { isStaff, NAMES, recordFrom } from './schemas.ts';
import type { Site } from './site.ts';

/** A job costs three requests at least: it, its end, and the records. */
export const SINGLES = 2;
/** When a record that had too many updates in a job can be tried again: nobody says it. */
const AFTER_TOO_MANY_MS = 60_000;

type Refused = ReturnType<typeof refused>;

/** Works on records in as many as a job takes; a request that fails as a whole is the outcome of those in it. */
export async function inJobs<T, R>(
  records: readonly T[],
  run: (some: readonly T[]) => Promise<R[]>,
): Promise<(R | Refused)[]> {
  const outcomes: (R | Refused)[] = [];
  for (let from = 0; from < records.length; from += MANY) {
    const some = records.slice(from, from + MANY);
    try {
      outcomes.push(...(await run(some)));
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      outcomes.push(...some.map(() => refused(error.failure)));
    }
  }
  return outcomes;
}

/** Has records written by jobs; each is read once it is done. `run` has the job of some of them done. */
export function byJobs<T>(
  site: Site,
  pair: PairKind,
  records: readonly T[],
  run: (some: readonly T[]) => Promise<Item[]>,
): Promise<DeskWrite[]> {
  return inJobs(records, async (some) => outcomesOf(site, pair, await run(some)));
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
