import type { PairKind } from '../pair.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { standardPair } from './standardPair.ts';
import type { Mapping, SyncConfig } from './syncConfig.ts';

/** A mapping as it holds: `standard` and `changed` ones come with the pair, `added` ones with the config. */
export type HeldMapping = {
  readonly mapping: Mapping;
  readonly kind: 'standard' | 'changed' | 'added';
};

/** All mappings of a pair: the standard ones as they hold now, then those that were added. */
export function allMappings(
  pair: PairKind,
  { mappings }: Pick<SyncConfig, 'mappings'>,
  vocabulary: Vocabulary,
): HeldMapping[] {
  const own = mappings.filter((mapping) => mapping.pair === pair);
  const changes = new Map(own.map((mapping) => [standardPair(mapping, vocabulary), mapping]));
  const standard = vocabulary.maps[pair].map((map): HeldMapping => {
    const change = changes.get(map);
    if (change) return { mapping: change, kind: 'changed' };
    const { salesforce, desk, direction = 'two-way' } = map;
    return {
      mapping: { pair, salesforce, desk, direction, owner: null, display: false, values: [] },
      kind: 'standard',
    };
  });
  const added = own.filter((mapping) => !standardPair(mapping, vocabulary));
  return [...standard, ...added.map((mapping) => ({ mapping, kind: 'added' }) as const)];
}
