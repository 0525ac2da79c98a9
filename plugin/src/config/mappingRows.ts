import { standardPair } from '@desk-connect/bridge/core/config/standardPair.js';
import type { Mapping, SyncConfig } from '@desk-connect/bridge/core/config/syncConfig.js';
import type { PairKind } from '@desk-connect/bridge/core/pair.js';
import { STANDARD_MAPS } from '@desk-connect/bridge/core/standardMaps.js';

export type MappingRow = {
  pair: string;
  salesforce: string;
  desk: string;
  direction: string;
  owner: string;
  values: number;
  display: string;
  /** `standard`, `changed` (a standard one), or `added`. */
  kind: string;
};
export type ValueRow = { mapping: string; salesforce: string; desk: string };

/** All mappings of a pair: the standard ones as they hold now, then those that were added. */
export function mappingRows(pair: PairKind, { mappings }: SyncConfig): MappingRow[] {
  const own = mappings.filter((mapping) => mapping.pair === pair);
  const changes = new Map(own.map((mapping) => [standardPair(mapping), mapping]));
  const standard = STANDARD_MAPS[pair].map((map): MappingRow => {
    const change = changes.get(map);
    if (change) return rowOf(change, 'changed');
    const { salesforce, desk } = map;
    return {
      pair,
      salesforce,
      desk,
      direction: 'two-way',
      owner: '',
      values: 0,
      display: '',
      kind: 'standard',
    };
  });
  const added = own.filter((mapping) => !standardPair(mapping)).map((mapping) => rowOf(mapping, 'added'));
  return [...standard, ...added];
}

function rowOf(
  { pair, salesforce, desk, direction, owner, values, display }: Mapping,
  kind: string,
): MappingRow {
  return {
    pair,
    salesforce,
    desk,
    direction,
    owner: owner ?? '',
    values: values.length,
    display: display ? 'yes' : '',
    kind,
  };
}

/** Each pair of values of all value maps. */
export function valueRows(mappings: readonly Mapping[]): ValueRow[] {
  return mappings.flatMap(({ pair, salesforce: field, desk: name, values }) =>
    values.map(({ salesforce, desk }) => ({ mapping: `${pair} ${field} = ${name}`, salesforce, desk })),
  );
}
