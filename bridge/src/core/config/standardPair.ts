import { writtenFields, type FieldMap } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { Describes } from './describes.ts';
import { locateField } from './locateField.ts';
import { whyReadOnly } from './mappableField.ts';
import type { Mapping } from './syncConfig.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The standard map that a mapping names, and so changes; undefined where it names a pair of its own. */
export function standardPair(
  mapping: Pick<Mapping, 'pair' | 'salesforce' | 'desk'>,
  { maps }: Vocabulary,
): FieldMap | undefined {
  return maps[mapping.pair].find(
    (map) => same(map.salesforce, mapping.salesforce) && same(map.desk, mapping.desk),
  );
}

/** Why the bridge's user cannot write what a standard map writes to Salesforce; null where it can. */
export function whyStandardReadOnly(map: FieldMap, pair: PairKind, describes: Describes): string | null {
  const whys = writtenFields(map).map((name) => {
    const location = locateField(pair, name, describes);
    return location.found ? whyReadOnly(location.at) : `the bridge's user cannot see ${name}`;
  });
  return whys.find((why) => why !== null) ?? null;
}
