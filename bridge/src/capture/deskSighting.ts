import type { ActivePair } from '../core/config/activeConfig.ts';
import { deskFingerprint } from '../core/fieldMap.ts';
import type { PairKind } from '../core/pair.ts';
import type { FeedPage } from '../ports/helpDesk.ts';
import type { Sighting } from '../store/store.ts';

/** Of a record that is gone: no other one's fingerprint, so that one who was there is looked at. */
const GONE = 'gone';

/**
 * The sightings of a page of Desk's records. Those that nobody can read are among them: the engine reads such a
 * record itself, and parks it with what is wrong. So are those that are gone, which it finds absent.
 */
export function sightingsIn(
  pair: PairKind,
  { maps }: ActivePair,
  { records, unreadable, gone }: Pick<FeedPage, 'records' | 'unreadable' | 'gone'>,
): Sighting[] {
  const side = 'desk';
  return [
    ...records.map((record) => ({ pair, side, id: record.id, seen: deskFingerprint(maps, record) }) as const),
    ...unreadable.map(({ id, seen }) => ({ pair, side, id, seen }) as const),
    ...gone.map((id) => ({ pair, side, id, seen: GONE }) as const),
  ];
}
