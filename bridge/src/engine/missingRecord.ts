import { OBJECT_OF } from '../core/pair.ts';
import type { RecordRef } from '../store/recordRef.ts';
import type { Engine } from './engine.ts';

/**
 * Says that a record which somebody has named is not there, or null where it is.
 * @throws RequestFailed when its side does not answer
 */
export async function missingRecord(
  { org, desk }: Engine,
  { pair, side, id }: RecordRef,
): Promise<string | null> {
  if (side === 'salesforce') {
    const found = await org.read(OBJECT_OF[pair], ['Id'], [id]);
    return found.has(id) ? null : `There is no ${OBJECT_OF[pair]} ${id}.`;
  }
  const found = await desk.read(pair, [id], () => false);
  return found.has(id) ? null : `There is no ${pair} ${id} in Desk.`;
}
