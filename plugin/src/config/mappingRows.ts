import { allMappings } from '@desk-connect/bridge/core/config/allMappings.js';
import type { Mapping, SyncConfig } from '@desk-connect/bridge/core/config/syncConfig.js';
import type { PairKind } from '@desk-connect/bridge/core/pair.js';
import type { Vocabulary } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';

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
export function mappingRows(pair: PairKind, config: SyncConfig, vocabulary: Vocabulary): MappingRow[] {
  return allMappings(pair, config, vocabulary).map(({ mapping, kind }) => rowOf(mapping, kind));
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

const WAYS: Readonly<Record<string, string>> = {
  'two-way': 'both ways',
  'desk-to-salesforce': 'to Salesforce',
  'salesforce-to-desk': 'to Desk',
  off: 'nowhere',
};

/** A mapping as people see it: what only few have stands together, so that the table fits a terminal. */
export function shownRow({
  pair,
  salesforce,
  desk,
  direction,
  owner,
  values,
  display,
  kind,
}: MappingRow): Record<string, string> {
  const more = [
    kind,
    ...(owner === '' ? [] : [`${owner} wins`]),
    ...(values === 0 ? [] : [`${values} pairs of values`]),
    ...(display === '' ? [] : ['displayed']),
  ];
  return { pair, salesforce, desk, goes: WAYS[direction] ?? direction, more: more.join(', ') };
}

/** Each pair of values of all value maps. */
export function valueRows(mappings: readonly Mapping[]): ValueRow[] {
  return mappings.flatMap(({ pair, salesforce: field, desk: name, values }) =>
    values.map(({ salesforce, desk }) => ({ mapping: `${pair} ${field} = ${name}`, salesforce, desk })),
  );
}
