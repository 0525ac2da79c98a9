import { fieldOf, type FieldMap } from '../fieldMap.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../pair.ts';
import { allowedBy } from '../selection.ts';
import { STANDARD_MAPS } from '../standardMaps.ts';
import type { Value } from '../values.ts';
import { codecOf, type Coded } from './codec.ts';
import { deskFieldsOf, type DeskField } from './deskFields.ts';
import type { Describes } from './describes.ts';
import { findSalesforceField, outcomeFor } from './salesforceField.ts';
import type { Direction, Mapping, SyncConfig } from './syncConfig.ts';
import { readValueMap } from './valueMap.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The standard map that a mapping changes; undefined for one that adds a field. */
export function standardMapOf({ pair, salesforce, desk }: Mapping): FieldMap | undefined {
  return STANDARD_MAPS[pair].find((map) => same(map.salesforce, salesforce) && same(map.desk, desk));
}

/**
 * The field maps of a config that was checked: the standard ones as they were changed, and those that were added.
 * Mappings that do not fit the describes are left out.
 */
export function mapsOf(config: SyncConfig, describes: Describes): Record<PairKind, readonly FieldMap[]> {
  const mapsOfPair = (pair: PairKind): readonly FieldMap[] => {
    const mappings = config.mappings.filter((mapping) => mapping.pair === pair);
    const changes = new Map(mappings.map((mapping) => [standardMapOf(mapping), mapping]));
    const standard = STANDARD_MAPS[pair].flatMap((map) => {
      const mapping = changes.get(map);
      if (!mapping) return [map];
      return mapping.direction === 'off' ? [] : [changedMap(map, mapping)];
    });
    const names = new Set(standard.map(({ name }) => name));
    const added: FieldMap[] = [];
    for (const mapping of mappings) {
      if (standardMapOf(mapping) || mapping.direction === 'off') continue;
      const map = addedMap(mapping, describes, names);
      if (map) added.push(map);
      if (map) names.add(map.name);
    }
    return [...standard, ...added];
  };
  return Object.fromEntries(PAIRS.map((pair) => [pair, mapsOfPair(pair)])) as Record<
    PairKind,
    readonly FieldMap[]
  >;
}

/** The narrower of two directions. */
export function narrower(a: Direction, b: Direction): Direction {
  const [one, other] = [allowedBy(a), allowedBy(b)];
  const toSalesforce = one.toSalesforce && other.toSalesforce;
  const toDesk = one.toDesk && other.toDesk;
  if (toSalesforce && toDesk) return 'two-way';
  if (toSalesforce) return 'desk-to-salesforce';
  return toDesk ? 'salesforce-to-desk' : 'off';
}

function changedMap(map: FieldMap, { direction, owner, values }: Mapping): FieldMap {
  const changed = { ...map, direction, ...(owner === null ? {} : { owner }) };
  if (values.length === 0) return changed;
  const { toDesk, toSalesforce } = readValueMap(values);
  const isNumber = map.desk === 'priority';
  const place = (value: Value, found: string | null) =>
    value !== null && found === null ? 'the value map has no place for it' : null;
  return {
    ...changed,
    toSalesforce: (value) => (value === null ? null : toSalesforce(value)),
    toDesk: (value, current) => {
      if (value === null) return null;
      const found = toDesk(value);
      // Of several values of Desk for one of Salesforce, the one that is there is as good as the first.
      if (current !== null && same(toSalesforce(current) ?? '', String(value))) return current;
      // Once a case has left `new`, Desk refuses it for good.
      if (map.desk === 'status' && found === 'new' && current !== null && current !== 'new') return 'open';
      return found !== null && isNumber ? Number(found) : found;
    },
    refuses: (value, from) => place(value, from === 'desk' ? toSalesforce(value) : toDesk(value)),
  };
}

function addedMap(mapping: Mapping, describes: Describes, names: ReadonlySet<string>): FieldMap | null {
  const { pair, owner, values } = mapping;
  const found = findSalesforceField(describes, OBJECT_OF[pair], mapping.salesforce);
  const desk = deskFieldsOf(pair, describes.desk[pair]).find(({ name }) => same(name, mapping.desk));
  if (!found.ok || !desk) return null;
  const outcome = outcomeFor(found, desk.type);
  if (outcome.carried === 'no') return null;
  const byType = outcome.carried === 'both' ? 'two-way' : 'salesforce-to-desk';
  const direction = narrower(mapping.direction, desk.write ? byType : narrower(byType, 'desk-to-salesforce'));
  const codec = codecOf(found.field, desk, values);
  const backwards = outcome.carried === 'both' ? codec.toSalesforce : () => ({ value: null });
  return fieldOf(pair, {
    name: names.has(found.path) ? `${found.path} = ${desk.name}` : found.path,
    salesforce: found.path,
    desk: desk.name,
    direction,
    ...(owner === null ? {} : { owner }),
    ...(desk.inList ? { inList: true } : {}),
    deskValue: (record) => desk.read(record),
    write: (draft, value, record) => desk.write?.(draft, value, record),
    toSalesforce: (value) => valueOf(backwards(value)),
    // Of several values of Desk for one of Salesforce, the one that is there is as good as the first.
    toDesk: (value, current) =>
      values.length > 0 && current !== null && valueOf(backwards(current)) === value
        ? current
        : valueOf(codec.toDesk(value)),
    refuses: (value, from) => whyNot(from === 'desk' ? backwards(value) : codec.toDesk(value)),
  });
}

const valueOf = (coded: Coded): Value => ('value' in coded ? coded.value : null);
const whyNot = (coded: Coded) => ('refused' in coded ? coded.refused : null);

/** A field that is looked at because a condition names it, and never crosses. */
export function watchedInSalesforce(pair: PairKind, path: string): FieldMap {
  return fieldOf(pair, {
    name: `watched ${path}`,
    salesforce: path,
    desk: '',
    watched: 'salesforce',
    deskValue: () => null,
    write: () => undefined,
  });
}

/** The same of a field of Desk. */
export function watchedInDesk(pair: PairKind, field: DeskField): FieldMap {
  return fieldOf(pair, {
    name: `watched ${field.name}`,
    salesforce: '',
    desk: field.name,
    watched: 'desk',
    deskValue: (record) => field.read(record),
    write: () => undefined,
  });
}
