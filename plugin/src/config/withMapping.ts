import { standardPair } from '@desk-connect/bridge/core/config/standardPair.js';
import { mappingKey, type Mapping, type SyncConfig } from '@desk-connect/bridge/core/config/syncConfig.js';
import type { Vocabulary } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import { failure } from '../errors.ts';

type Named = Pick<Mapping, 'pair' | 'salesforce' | 'desk'>;

/** The config with that mapping changed, or added where there is none; a standard one goes the way that it went. */
export function withMapping(
  config: SyncConfig,
  named: Named,
  change: (mapping: Mapping) => Mapping,
  vocabulary: Vocabulary,
): SyncConfig {
  const key = mappingKey(named);
  const direction = standardPair(named, vocabulary)?.direction ?? 'two-way';
  const known = config.mappings.some((mapping) => mappingKey(mapping) === key);
  const fresh: Mapping = { ...named, direction, owner: null, display: false, values: [] };
  return {
    ...config,
    mappings: known
      ? config.mappings.map((mapping) => (mappingKey(mapping) === key ? change(mapping) : mapping))
      : [...config.mappings, change(fresh)],
  };
}

/** The config without that mapping. @throws NoSuchMapping */
export function withoutMapping(config: SyncConfig, named: Named): SyncConfig {
  const key = mappingKey(named);
  const mappings = config.mappings.filter((mapping) => mappingKey(mapping) !== key);
  if (mappings.length === config.mappings.length)
    throw failure('NoSuchMapping', [`${named.pair} ${named.salesforce} = ${named.desk}`]);
  return { ...config, mappings };
}
