import assert from 'node:assert/strict';
import type { DeskCase } from '../../ports/helpDesk.ts';
import type { FieldMap } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';
import { ALL_TYPES_DESCRIBES } from './allTypes.fixture.ts';
import { mapsOf } from './mappingMaps.ts';
import { DEFAULT_CONFIG, type Mapping, type SyncConfig } from './syncConfig.ts';

export function aMapping(salesforce: string, desk: string, said: Partial<Mapping> = {}): Mapping {
  return {
    pair: 'case',
    salesforce,
    desk,
    direction: 'two-way',
    owner: null,
    display: false,
    values: [],
    ...said,
  };
}

export function configOf(...mappings: Mapping[]): SyncConfig {
  return { ...DEFAULT_CONFIG, mappings };
}

/** Pairs of values, written `Salesforce=Desk`. */
export function pairsOf(...pairs: string[]): Mapping['values'] {
  return pairs.map((pair) => {
    const [salesforce = '', desk = ''] = pair.split('=');
    return { salesforce, desk };
  });
}

/** The map that a mapping makes or changes. */
export function mapOf(mapping: Mapping, describes = ALL_TYPES_DESCRIBES): FieldMap {
  const maps = mapsOf(configOf(mapping), describes)[mapping.pair];
  const map = maps.find((one) => one.salesforce === mapping.salesforce && one.desk === mapping.desk);
  assert.ok(map, `${mapping.salesforce} = ${mapping.desk} makes no map`);
  return map;
}

export const namesOf = (config: SyncConfig, pair: PairKind): string[] =>
  mapsOf(config, ALL_TYPES_DESCRIBES)[pair].map((map) => map.name);

export const A_CASE: DeskCase = {
  pair: 'case',
  id: '1',
  updatedAt: '2026-01-01T00:00:00Z',
  customFields: {},
  externalId: null,
  subject: 'S',
  description: null,
  status: 'open',
  priority: 4,
  type: 'email',
  customerId: '3',
  isEmail: true,
  conversation: '0/0',
};
