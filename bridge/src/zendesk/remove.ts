import { RequestFailed } from '../core/failure.ts';
import type { DeskRemoval } from '../ports/helpDesk.ts';
import { runJob } from './jobs.ts';
import { MANY } from './readMany.ts';
import { refusalOf, refusalOfItem } from './refusal.ts';
import type { Site } from './site.ts';
import { eachAlone, refused, SINGLES } from './writes.ts';

/** Deletes tickets; one that is gone already is done. */
export async function removeTickets({ http }: Site, ids: readonly string[]): Promise<DeskRemoval[]> {
  if (ids.length <= SINGLES)
    return eachAlone(ids, async (id) => {
      await http.waitFor('deletions');
      const { status, body } = await http.request('DELETE', `tickets/${id}`);
      return status < 400 ? { outcome: 'done' } : removal(refusalOf(status, body));
    });
  const removals: DeskRemoval[] = [];
  for (let from = 0; from < ids.length; from += MANY) {
    const some = ids.slice(from, from + MANY);
    try {
      const path = `tickets/destroy_many?ids=${some.map(encodeURIComponent).join(',')}`;
      for (const item of await runJob(http, 'DELETE', path, undefined, some.length))
        removals.push(item.success ? { outcome: 'done' } : removal(refusalOfItem(item.error, item.details)));
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      removals.push(...some.map(() => refused(error.failure)));
    }
  }
  return removals;
}

const removal = (refusal: ReturnType<typeof refusalOf>): DeskRemoval =>
  refusal.outcome === 'gone' ? { outcome: 'done' } : refused(refusal.failure);
