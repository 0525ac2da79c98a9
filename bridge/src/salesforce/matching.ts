import { RequestFailed } from '../core/failure.ts';
import type { Session } from './session.ts';
import { inLists, roomFor } from './soql.ts';

/** A list of one id has to fit into the query. */
const LEAST = 100;

/**
 * Of these records, those that satisfy a condition as behind WHERE; 400 ids a request, fewer where the condition
 * is long. @throws RequestFailed where the org does not take the condition, or it is longer than a query can be
 */
export async function matching(
  session: Session,
  object: string,
  condition: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const around = `SELECT Id FROM ${object} WHERE Id IN () AND (${condition})`;
  if (roomFor(around) < LEAST)
    throw new RequestFailed({
      class: 'validation',
      code: 'CONDITION_TOO_LONG',
      message: `The condition on ${object} is too long for a query.`,
    });
  const found = new Set<string>();
  for (const list of inLists(ids, around)) {
    const rows = await session.query<{ Id: string }>(
      `SELECT Id FROM ${object} WHERE Id IN (${list}) AND (${condition})`,
    );
    for (const { Id } of rows) found.add(Id);
  }
  return found;
}
