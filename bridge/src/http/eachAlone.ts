import { RequestFailed, type Failure } from '../core/failure.ts';
import { inLanes } from '../core/inLanes.ts';
import type { DeskWrite } from '../ports/helpDesk.ts';

/** Requests that are under way at the same time: a desk's rate limit, not its latency, is to be the bound. */
export const LANES = 8;

type Refused = Extract<DeskWrite, { outcome: 'refused' }>;
export const refused = (failure: Failure): Refused => ({ outcome: 'refused', failure });

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
