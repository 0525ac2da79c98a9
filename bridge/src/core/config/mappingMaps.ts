import { fieldOf, type FieldMap } from '../fieldMap.ts';
import { PAIRS, type PairKind } from '../pair.ts';
import type { Value } from '../values.ts';
import { conversionOf } from './convert.ts';
import type { Said } from './conversion.ts';
import type { DeskField } from './deskField.ts';
import { findDeskField } from './deskFields.ts';
import type { Describes } from './describes.ts';
import { locateField, type LocatedField } from './locateField.ts';
import { possibleWays } from './mappableField.ts';
import { standardPair } from './standardPair.ts';
import { withValues } from './standardValues.ts';
import type { Direction, Mapping, SyncConfig } from './syncConfig.ts';

const valueOf = (said: Said): Value => ('value' in said ? said.value : null);
const reasonOf = (said: Said): string | null => ('refused' in said ? said.refused : null);

/** What a mapping says of direction and owner; what it does not say stays as it is. */
function terms({ direction, owner }: Mapping): Pick<FieldMap, 'direction' | 'owner'> {
  return { direction, ...(owner === null ? {} : { owner }) };
}

function changedStandard(standard: FieldMap, mapping: Mapping, describes: Describes): FieldMap[] {
  const direction = within(mapping.direction, standard.direction ?? 'two-way');
  if (direction === null) return [];
  const desk = findDeskField(mapping.pair, mapping.desk, describes);
  const values = mapping.values.length > 0 && desk ? withValues(standard, mapping.values, desk) : {};
  return [{ ...standard, ...values, ...terms(mapping), direction }];
}

/** The widest direction within what is set and what is possible; null where nothing is left. */
function within(wanted: Direction, possible: Direction): Direction | null {
  if (possible === 'two-way' || wanted === possible) return wanted;
  return wanted === 'two-way' ? possible : null;
}

/** The map of a mapping that names no standard pair; null where its fields do not go with each other that way. */
export function furtherMap(mapping: Mapping, at: LocatedField, desk: DeskField): FieldMap | null {
  const ways = possibleWays(at, desk);
  const direction = ways.possible ? within(mapping.direction, ways.direction) : null;
  if (direction === null || direction === 'off') return null;
  const { toDesk, toSalesforce } = conversionOf(at, desk, {
    values: mapping.values,
    bothWays: direction === 'two-way',
  });
  return fieldOf(mapping.pair, {
    name: `${at.path} = ${desk.name}`,
    salesforce: at.path,
    desk: desk.name,
    ...(desk.inList ? { inList: true } : {}),
    ...(desk.createOnly ? { createOnly: true } : {}),
    ...terms(mapping),
    direction,
    deskValue: desk.read,
    write: desk.write,
    toSalesforce: (value) => valueOf(toSalesforce(value)),
    toDesk: (value, current) => {
      const said = valueOf(toDesk(value));
      return desk.fitting?.(said, current) ?? said;
    },
    refuses: (value, from) => reasonOf(from === 'desk' ? toSalesforce(value) : toDesk(value)),
  });
}

function mapsOfPair(pair: PairKind, config: SyncConfig, describes: Describes): FieldMap[] {
  const changes = new Map<FieldMap, Mapping>();
  const further = new Map<string, FieldMap>();
  for (const mapping of config.mappings) {
    if (mapping.pair !== pair) continue;
    const standard = standardPair(mapping, describes.vocabulary);
    if (standard) {
      if (!changes.has(standard)) changes.set(standard, mapping);
      continue;
    }
    const location = locateField(pair, mapping.salesforce, describes);
    const desk = findDeskField(pair, mapping.desk, describes);
    const map = location.found && desk ? furtherMap(mapping, location.at, desk) : null;
    if (map && !further.has(map.name)) further.set(map.name, map);
  }
  const standard = describes.vocabulary.maps[pair].flatMap((map) => {
    const change = changes.get(map);
    if (!change) return [map];
    if (change.direction === 'off') return describes.vocabulary.needed[pair].includes(map.name) ? [map] : [];
    return changedStandard(map, change, describes);
  });
  return [...standard, ...further.values()];
}

/**
 * The field maps that a config makes: the standard ones as it changes them, and one for each further mapping, named
 * `Product__c = custom_fields.product`. A further map converts a value that it refuses to null: whoever carries
 * values asks `refuses` first. What `checkConfig` finds an error in is left out here; a direction that a field does
 * not allow is narrowed.
 */
export function mapsOf(
  config: SyncConfig,
  describes: Describes,
): Readonly<Record<PairKind, readonly FieldMap[]>> {
  const [company, customer, deskCase] = PAIRS.map((pair) => mapsOfPair(pair, config, describes));
  return { company: company ?? [], customer: customer ?? [], case: deskCase ?? [] };
}
