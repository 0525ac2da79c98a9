import { PAIRS, type PairKind } from '../pair.ts';
import { mappingLabel, mappingNames, ruleName, valueName } from './recordNames.ts';
import { DEFAULT_RULE, type Rule, type SyncConfig } from './syncConfig.ts';

/** The custom metadata types that a config stands in, without their ending `__mdt`. */
export const CONFIG_TYPES = ['Desk_Sync', 'Desk_Rule', 'Desk_Mapping', 'Desk_Value'] as const;
export type ConfigType = (typeof CONFIG_TYPES)[number];

type Fields = Readonly<Record<string, string | number | boolean | null>>;
/** A record of custom metadata: `Desk_Rule.Case`. */
export type ConfigRecord = {
  readonly type: ConfigType;
  readonly developerName: string;
  readonly label: string;
  /** By the API names of the fields; all of them, empty ones as null. */
  readonly values: Fields;
};

/** The record that has the switch. */
export const SWITCH = 'Default';

/** API name of each part of a rule. */
export const RULE_FIELDS = {
  direction: 'Direction__c',
  createInSalesforce: 'Create_In_Salesforce__c',
  createInDesk: 'Create_In_Desk__c',
  updateInSalesforce: 'Update_In_Salesforce__c',
  updateInDesk: 'Update_In_Desk__c',
  salesforceCondition: 'Salesforce_Condition__c',
  deskCondition: 'Desk_Condition__c',
  recordType: 'Record_Type__c',
  conflict: 'Conflict_Rule__c',
  onDelete: 'On_Delete__c',
} as const satisfies Readonly<Record<keyof Rule, string>>;

const COLUMNS: Readonly<Record<ConfigType, readonly string[]>> = {
  Desk_Sync: ['Enabled__c'],
  Desk_Rule: ['Pair__c', ...Object.values(RULE_FIELDS)],
  Desk_Mapping: ['Pair__c', 'Salesforce_Field__c', 'Desk_Field__c', 'Direction__c', 'Owner__c', 'Display__c'],
  Desk_Value: ['Mapping__c', 'Salesforce_Value__c', 'Desk_Value__c', 'Position__c'],
};

/** The query for all records of a type, with all that a config has of them. */
export function configQuery(type: ConfigType): string {
  return `SELECT DeveloperName, ${COLUMNS[type].join(', ')} FROM ${type}__mdt`;
}

const RULE_PARTS = Object.entries(RULE_FIELDS) as [keyof Rule, string][];

/**
 * A config as records of custom metadata; the same config gives the same records. A rule that is the default has
 * none, so what an org has beyond these is to be removed.
 */
export function toRecords(config: SyncConfig): ConfigRecord[] {
  const names = mappingNames(config.mappings);
  return [
    {
      type: 'Desk_Sync',
      developerName: SWITCH,
      label: SWITCH,
      values: { Enabled__c: config.enabled },
    },
    ...PAIRS.flatMap((pair) => ruleRecord(pair, config.rules[pair])),
    ...config.mappings.flatMap((mapping, index): ConfigRecord[] => {
      const name = names[index] ?? '';
      const label = mappingLabel(mapping);
      return [
        {
          type: 'Desk_Mapping',
          developerName: name,
          label,
          values: {
            Pair__c: mapping.pair,
            Salesforce_Field__c: mapping.salesforce,
            Desk_Field__c: mapping.desk,
            Direction__c: mapping.direction,
            Owner__c: mapping.owner,
            Display__c: mapping.display,
          },
        },
        ...mapping.values.map(({ salesforce, desk }, at): ConfigRecord => ({
          type: 'Desk_Value',
          developerName: valueName(name, at + 1),
          label,
          values: {
            Mapping__c: name,
            Salesforce_Value__c: salesforce,
            Desk_Value__c: desk,
            Position__c: at + 1,
          },
        })),
      ];
    }),
  ];
}

function ruleRecord(pair: PairKind, rule: Rule): ConfigRecord[] {
  if (RULE_PARTS.every(([part]) => rule[part] === DEFAULT_RULE[part])) return [];
  const values: Fields = Object.fromEntries(
    RULE_PARTS.map(([part, field]) => [field, rule[part] === '' ? null : rule[part]]),
  );
  const name = ruleName(pair);
  return [{ type: 'Desk_Rule', developerName: name, label: name, values: { Pair__c: pair, ...values } }];
}
