import type { FieldMap } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';
import { STANDARD_MAPS } from '../standardMaps.ts';
import type { Mapping } from './syncConfig.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The standard map that a mapping names, and so changes; undefined where it names a pair of its own. */
export function standardPair(mapping: Pick<Mapping, 'pair' | 'salesforce' | 'desk'>): FieldMap | undefined {
  return STANDARD_MAPS[mapping.pair].find(
    (map) => same(map.salesforce, mapping.salesforce) && same(map.desk, mapping.desk),
  );
}

/** Names of the standard maps without which no record can be made. */
export const NEEDED: Readonly<Record<PairKind, readonly string[]>> = {
  company: ['name'],
  customer: ['lastName'],
  case: ['subject', 'status', 'customer'],
};

/** The standard maps whose values can be paired: their fields take choices on at least one side. */
export const WITH_VALUES: readonly string[] = ['status', 'priority', 'channel'];
