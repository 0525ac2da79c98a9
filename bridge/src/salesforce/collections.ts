import type { Written } from '../ports/org.ts';
import { recordFailure, unexpectedAnswer, type SalesforceProblem } from './failures.ts';
import { isOurKey } from './graph.ts';
import type { Session } from './session.ts';

const COLLECTION = 200;

type CollectionAnswer = readonly {
  readonly id?: string;
  readonly success: boolean;
  readonly errors: readonly SalesforceProblem[];
}[];

/** Writes records by collections, none rolled back for another. Outcomes in their order. */
export async function writeCollection(
  session: Session,
  method: 'POST' | 'PATCH',
  records: readonly object[],
): Promise<Written[]> {
  return inBatches(records, (batch) =>
    session.request(method, '/composite/sobjects', { allOrNone: false, records: batch }),
  );
}

/** Deletes records by collections, none rolled back for another. */
export async function deleteCollection(session: Session, ids: readonly string[]): Promise<Written[]> {
  return inBatches(ids, (batch) => session.request('DELETE', `/composite/sobjects?ids=${batch.join(',')}`));
}

async function inBatches<T>(
  items: readonly T[],
  send: (batch: readonly T[]) => Promise<CollectionAnswer | null>,
): Promise<Written[]> {
  const written: Written[] = [];
  for (let start = 0; start < items.length; start += COLLECTION) {
    const batch = items.slice(start, start + COLLECTION);
    const answer = await send(batch);
    // Outcomes are told apart by their order alone.
    if (!Array.isArray(answer) || answer.length !== batch.length) throw unexpectedAnswer('collection');
    written.push(...answer.map(asWritten));
  }
  return written;
}

function asWritten({ id, success, errors }: CollectionAnswer[number]): Written {
  if (success) return { outcome: 'done', id: id ?? '' };
  const failure = recordFailure(errors[0]);
  if (failure.class === 'gone') return { outcome: 'gone' };
  return { outcome: isOurKey(failure) ? 'taken' : 'refused', failure };
}
