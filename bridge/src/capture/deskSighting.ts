import type { ActivePair } from '../core/config/activeConfig.ts';
import { deskFingerprint } from '../core/fieldMap.ts';
import type { PairKind } from '../core/pair.ts';
import type { FeedPage } from '../ports/helpDesk.ts';
import type { Sighting } from '../store/store.ts';

/**
 * The sightings of a page of Desk's records. Those that nobody can read are among them: the engine reads such a
 * record itself, and parks it with what is wrong.
 */
export function sightingsIn(
  pair: PairKind,
  { maps }: ActivePair,
  { records, unreadable }: Pick<FeedPage, 'records' | 'unreadable'>,
): Sighting[] {
  const side = 'desk';
  return [
    ...records.map((record) => ({ pair, side, id: record.id, seen: deskFingerprint(maps, record) }) as const),
    ...unreadable.map(({ id, seen }) => ({ pair, side, id, seen }) as const),
  ];
}
