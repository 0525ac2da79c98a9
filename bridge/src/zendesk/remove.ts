import { eachAlone, refused } from '../http/eachAlone.ts';
import type { DeskRemoval } from '../ports/helpDesk.ts';
import { runJob } from './jobs.ts';
import { refusalOf, refusalOfItem } from './refusal.ts';
import type { Site } from './site.ts';
import { inJobs, SINGLES } from './writes.ts';

/** Deletes tickets; one that is gone already is done. */
export async function removeTickets({ http }: Site, ids: readonly string[]): Promise<DeskRemoval[]> {
  if (ids.length <= SINGLES)
    return eachAlone(ids, async (id) => {
      await http.waitFor('deletions');
      const { status, body } = await http.request('DELETE', `tickets/${id}`);
      return status < 400 ? { outcome: 'done' } : removal(refusalOf(status, body));
    });
  return inJobs(ids, async (some) => {
    const path = `tickets/destroy_many?ids=${some.map(encodeURIComponent).join(',')}`;
    const items = await runJob(http, 'DELETE', path, undefined, some.length);
    return items.map((item): DeskRemoval =>
      item.success ? { outcome: 'done' } : removal(refusalOfItem(item.error, item.details)),
    );
  });
}

const removal = (refusal: ReturnType<typeof refusalOf>): DeskRemoval =>
  refusal.outcome === 'gone' ? { outcome: 'done' } : refused(refusal.failure);
