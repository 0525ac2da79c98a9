import { checkDeskCondition, checkSalesforceCondition } from '../condition/checkCondition.ts';
import { OBJECT_OF, type PairKind } from '../pair.ts';
import { allowedBy } from '../selection.ts';
import { didYouMean } from './closest.ts';
import { error, warning, type ConfigProblem } from './configProblem.ts';
import { deskFieldsOf } from './deskFields.ts';
import type { Describes, SalesforceField } from './describes.ts';
import { mapsOf } from './mappingMaps.ts';
import type { SyncConfig } from './syncConfig.ts';

/** What Salesforce fills by itself, though describe calls it required. */
const FILLED = new Set(['OwnerId', 'CurrencyIsoCode', 'RecordTypeId']);

/** What is wrong with the rule of a pair. */
export function checkRule(pair: PairKind, config: SyncConfig, describes: Describes): ConfigProblem[] {
  const rule = config.rules[pair];
  const record = `rule ${pair}`;
  const object = OBJECT_OF[pair];
  const conditions = [
    ...checkSalesforceCondition(rule.salesforceCondition, object, describes).map((one) => ({
      ...one,
      record,
      field: 'salesforceCondition',
    })),
    ...checkDeskCondition(rule.deskCondition, deskFieldsOf(pair, describes.desk[pair])).map((one) => ({
      ...one,
      record,
      field: 'deskCondition',
    })),
  ];
  return [...conditions, ...checkRecordType(), ...checkDelete(), ...checkRequired()];

  function checkRecordType(): ConfigProblem[] {
    if (rule.recordType === null) return [];
    const types = describes.salesforce[object]?.recordTypes ?? [];
    const found = types.find(({ developerName }) => developerName === rule.recordType);
    const known = types.filter(({ active }) => active).map(({ developerName }) => developerName);
    if (!found) {
      const message = `${object} has no record type ${rule.recordType} for the user of the bridge.${didYouMean(rule.recordType, known)}`;
      return [
        error(record, 'recordType', message, `Use one of ${known.join(', ') || 'none'}, or assign it.`),
      ];
    }
    if (found.active) return [];
    return [
      error(
        record,
        'recordType',
        `The record type ${rule.recordType} is not active.`,
        'Activate it, or use another.',
      ),
    ];
  }

  function checkDelete(): ConfigProblem[] {
    if (rule.onDelete !== 'delete' || pair === 'case') return [];
    const message = `Only cases are deleted with each other: a ${pair} of Desk that is gone may have been merged.`;
    return [error(record, 'onDelete', message, 'Set it to unlink.')];
  }

  function checkRequired(): ConfigProblem[] {
    if (!allowedBy(rule.direction).toSalesforce || !rule.createInSalesforce) return [];
    const maps = mapsOf(config, describes)[pair];
    const filled = new Set(
      maps
        .filter(({ direction = 'two-way' }) => allowedBy(direction).toSalesforce)
        .map(({ salesforce }) => salesforce),
    );
    const missing = (describes.salesforce[object]?.fields ?? []).filter(
      (field) => isRequired(field) && !filled.has(field.name) && !FILLED.has(field.name),
    );
    return missing.map(({ name, label }) =>
      warning(
        record,
        'createInSalesforce',
        `${object} needs ${name} (${label}), and no mapping fills it: no record can be made there.`,
        'Map a field of Desk to it, give it a default, or make it optional.',
      ),
    );
  }
}

const isRequired = ({ nillable, defaultedOnCreate, createable, type }: SalesforceField) =>
  createable && !nillable && !defaultedOnCreate && type !== 'boolean';
