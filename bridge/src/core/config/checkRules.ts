import { writtenFields, type FieldMap } from '../fieldMap.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../pair.ts';
import { allowedBy } from '../selection.ts';
import { closest } from './closest.ts';
import type { ConfigProblem } from './configProblem.ts';
import type { Describes } from './describes.ts';
import type { Rule, SyncConfig } from './syncConfig.ts';

type Maps = Readonly<Record<PairKind, readonly FieldMap[]>>;

function checkRecordType(pair: PairKind, rule: Rule, describes: Describes): ConfigProblem[] {
  if (rule.recordType === null) return [];
  const types = describes.salesforce[OBJECT_OF[pair]]?.recordTypes ?? [];
  const known = types.find((type) => type.developerName === rule.recordType);
  if (known?.active) return [];
  const active = types.filter((type) => type.active).map((type) => type.developerName);
  const near = closest(rule.recordType, active);
  const fix = near === null ? 'Take a record type that is there, or none.' : `Did you mean ${near}?`;
  return [
    {
      level: 'error',
      record: `rule ${pair}`,
      field: 'recordType',
      message: known
        ? `The record type ${rule.recordType} of ${OBJECT_OF[pair]} is not active.`
        : `${OBJECT_OF[pair]} has no record type ${rule.recordType}, or the bridge's user cannot take it.`,
      fix: known ? 'Activate it in Setup, or take another one.' : fix,
    },
  ];
}

/** Fields that Salesforce does not make a record without, and that get nothing from Desk. */
function checkNewInSalesforce(pair: PairKind, rule: Rule, maps: Maps, describes: Describes): ConfigProblem[] {
  if (!rule.createInSalesforce || !allowedBy(rule.direction).toSalesforce) return [];
  const filled = new Set(
    maps[pair].filter((map) => allowedBy(map.direction).toSalesforce).flatMap(writtenFields),
  );
  const missing = (describes.salesforce[OBJECT_OF[pair]]?.fields ?? [])
    .filter((field) => !field.nillable && !field.defaultedOnCreate && field.createable)
    .filter((field) => field.type !== 'boolean' && !filled.has(field.name))
    .map((field) => field.name);
  if (missing.length === 0) return [];
  return [
    {
      level: 'warning',
      record: `rule ${pair}`,
      field: 'createInSalesforce',
      message: `${OBJECT_OF[pair]} requires ${missing.join(', ')}, and nothing of Desk goes there: no record can be made in Salesforce.`,
      fix: 'Map a field of Desk to it, give it a default in Setup, or switch createInSalesforce off.',
    },
  ];
}

function checkNewInDesk(
  pair: PairKind,
  rule: Rule,
  maps: Maps,
  { vocabulary: { required } }: Describes,
): ConfigProblem[] {
  if (!rule.createInDesk || !allowedBy(rule.direction).toDesk) return [];
  return maps[pair]
    .filter((map) => required[pair].includes(map.name) && !allowedBy(map.direction).toDesk)
    .map((map) => ({
      level: 'warning',
      record: `rule ${pair}`,
      field: 'createInDesk',
      message: `Desk makes no ${pair} without ${map.desk}, and ${map.salesforce} does not go there: no record can be made in Desk.`,
      fix: `Let ${map.salesforce} go both ways, or switch createInDesk off.`,
    }));
}

/** What is wrong with the rules, their conditions left out; `maps` are those of the same config. */
export function checkRules(config: SyncConfig, maps: Maps, describes: Describes): ConfigProblem[] {
  const unknown = Object.keys(config.rules).filter((pair) => !PAIRS.some((known) => known === pair));
  return [
    ...unknown.map((pair): ConfigProblem => ({
      level: 'error',
      record: `rule ${pair}`,
      field: 'pair',
      message: `There is no pair ${pair}.`,
      fix: `Take one of ${PAIRS.join(', ')}.`,
    })),
    ...PAIRS.flatMap((pair) => {
      const rule = config.rules[pair];
      return [
        ...checkRecordType(pair, rule, describes),
        ...checkNewInSalesforce(pair, rule, maps, describes),
        ...checkNewInDesk(pair, rule, maps, describes),
      ];
    }),
  ];
}
