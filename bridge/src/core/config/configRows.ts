import { PAIRS, type PairKind } from '../pair.ts';
import type { ConfigProblem } from './configProblem.ts';
import { RULE_FIELDS, SWITCH, type ConfigType } from './configRecords.ts';
import {
  CONFLICT_RULES,
  DEFAULT_CONFIG,
  DEFAULT_RULE,
  DELETE_RULES,
  DIRECTIONS,
  mappingKey,
  type Mapping,
  type Rule,
  type SyncConfig,
  type ValuePair,
} from './syncConfig.ts';

/** A row of a custom metadata type, as SOQL gives it. */
export type ConfigRow = { readonly DeveloperName: string; readonly [field: string]: unknown };
export type ConfigRows = Readonly<Record<ConfigType, readonly ConfigRow[]>>;

type Found = { readonly config: SyncConfig; readonly problems: ConfigProblem[] };

/**
 * The config that stands in the rows of the custom metadata types. A row that says something unknown is left out
 * of the config, and is a problem that names it; what a row does not say is as by default.
 */
export function fromRows(rows: ConfigRows): Found {
  const reader = new Reader();
  const rules: Record<PairKind, Rule> = { ...DEFAULT_CONFIG.rules };
  const named = new Map<PairKind, string>();
  for (const row of inOrder(rows.Desk_Rule)) {
    const found = reader.rule(row);
    if (!found) continue;
    const other = named.get(found.pair);
    if (other !== undefined) {
      reader.error('Desk_Rule', row, 'pair', `${other} is for the same records.`, 'Remove one of the two.');
      continue;
    }
    named.set(found.pair, row.DeveloperName);
    rules[found.pair] = found.rule;
  }
  const mappings = reader.mappings(rows.Desk_Mapping, rows.Desk_Value);
  const sync = rows.Desk_Sync.find((row) => row.DeveloperName === SWITCH);
  for (const row of inOrder(rows.Desk_Sync)) {
    if (row !== sync) reader.warning(row, `Only the record ${SWITCH} is looked at.`, 'Remove this record.');
  }
  const enabled = sync?.['Enabled__c'] !== false;
  return { config: { enabled, rules, mappings }, problems: reader.problems };
}

const inOrder = (rows: readonly ConfigRow[]) =>
  [...rows].sort((a, b) => (a.DeveloperName < b.DeveloperName ? -1 : 1));
const text = (row: ConfigRow, field: string): string | null => {
  const value = row[field];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
};
const flag = (row: ConfigRow, field: string, otherwise: boolean) =>
  typeof row[field] === 'boolean' ? row[field] : otherwise;

/** Reads rows and gathers what is wrong with them. */
class Reader {
  readonly problems: ConfigProblem[] = [];

  rule(row: ConfigRow): { pair: PairKind; rule: Rule } | null {
    const type = 'Desk_Rule';
    const pair = this.#required(type, row, 'pair', 'Pair__c', PAIRS);
    const F = RULE_FIELDS;
    const direction = this.#choice(type, row, 'direction', F.direction, DIRECTIONS, DEFAULT_RULE.direction);
    const conflict = this.#choice(type, row, 'conflict', F.conflict, CONFLICT_RULES, DEFAULT_RULE.conflict);
    const onDelete = this.#choice(type, row, 'onDelete', F.onDelete, DELETE_RULES, DEFAULT_RULE.onDelete);
    if (pair === null || direction === null || conflict === null || onDelete === null) return null;
    const rule: Rule = {
      direction,
      createInSalesforce: flag(row, F.createInSalesforce, true),
      createInDesk: flag(row, F.createInDesk, true),
      updateInSalesforce: flag(row, F.updateInSalesforce, true),
      updateInDesk: flag(row, F.updateInDesk, true),
      salesforceCondition: text(row, F.salesforceCondition) ?? '',
      deskCondition: text(row, F.deskCondition) ?? '',
      recordType: text(row, F.recordType),
      conflict,
      onDelete,
    };
    return { pair, rule };
  }

  mappings(rows: readonly ConfigRow[], valueRows: readonly ConfigRow[]): Mapping[] {
    const values = valuesByMapping(valueRows);
    const known = new Set(rows.map((row) => row.DeveloperName.toLowerCase()));
    for (const row of inOrder(valueRows)) {
      if (!known.has((text(row, 'Mapping__c') ?? '').toLowerCase()))
        this.error(
          'Desk_Value',
          row,
          'mapping',
          `There is no Desk Mapping with the name ${text(row, 'Mapping__c') ?? ''}.`,
          'Put the Desk Mapping Name of the mapping there, or remove this record.',
        );
    }
    const found = new Map<string, string>();
    return inOrder(rows).flatMap((row) => {
      const mapping = this.#mapping(row, values.get(row.DeveloperName.toLowerCase()) ?? []);
      if (!mapping) return [];
      const other = found.get(mappingKey(mapping));
      found.set(mappingKey(mapping), other ?? row.DeveloperName);
      if (other === undefined) return [mapping];
      this.error(
        'Desk_Mapping',
        row,
        'salesforce',
        `${other} maps the same fields.`,
        'Remove one of the two.',
      );
      return [];
    });
  }

  #mapping(row: ConfigRow, values: readonly ValuePair[]): Mapping | null {
    const type = 'Desk_Mapping';
    const pair = this.#required(type, row, 'pair', 'Pair__c', PAIRS);
    const direction = this.#choice(type, row, 'direction', 'Direction__c', DIRECTIONS, 'two-way');
    const owner = this.#choice(type, row, 'owner', 'Owner__c', CONFLICT_RULES, 'none');
    const salesforce = this.#field(row, 'salesforce', 'Salesforce_Field__c');
    const desk = this.#field(row, 'desk', 'Desk_Field__c');
    if (pair === null || direction === null || owner === null || salesforce === null || desk === null)
      return null;
    return {
      pair,
      salesforce,
      desk,
      direction,
      owner: owner === 'none' ? null : owner,
      display: flag(row, 'Display__c', false),
      values,
    };
  }

  error(type: ConfigType, row: ConfigRow, field: string, message: string, fix: string): null {
    this.problems.push({ level: 'error', record: `${type}.${row.DeveloperName}`, field, message, fix });
    return null;
  }

  warning(row: ConfigRow, message: string, fix: string): void {
    const record = `Desk_Sync.${row.DeveloperName}`;
    this.problems.push({ level: 'warning', record, field: 'enabled', message, fix });
  }

  #field(row: ConfigRow, part: 'salesforce' | 'desk', field: string): string | null {
    const name = text(row, field);
    if (name !== null) return name.trim();
    return this.error('Desk_Mapping', row, part, 'No field is named.', 'Name the field.');
  }

  #required<T extends string>(
    type: ConfigType,
    row: ConfigRow,
    part: string,
    field: string,
    known: readonly T[],
  ): T | null {
    const found = text(row, field);
    const choice = known.find((one) => one === found);
    if (choice !== undefined) return choice;
    const message = found === null ? 'Nothing is chosen.' : `${found} is not known.`;
    return this.error(type, row, part, message, `Choose one of: ${known.join(', ')}.`);
  }

  /** As chosen; `otherwise` where nothing is; null, and a problem, where it is not known. */
  #choice<T extends string, D extends string>(
    type: ConfigType,
    row: ConfigRow,
    part: string,
    field: string,
    known: readonly T[],
    otherwise: D,
  ): T | D | null {
    return text(row, field) === null ? otherwise : this.#required(type, row, part, field, known);
  }
}

/** Values in the order of their positions, by the name of their mapping in lower case. */
function valuesByMapping(rows: readonly ConfigRow[]): Map<string, ValuePair[]> {
  const position = (row: ConfigRow) =>
    typeof row['Position__c'] === 'number' ? row['Position__c'] : Number.POSITIVE_INFINITY;
  const found = new Map<string, ValuePair[]>();
  for (const row of inOrder(rows).sort((a, b) => position(a) - position(b) || 0)) {
    const mapping = (text(row, 'Mapping__c') ?? '').toLowerCase();
    const pair = {
      salesforce: String(row['Salesforce_Value__c'] ?? ''),
      desk: String(row['Desk_Value__c'] ?? ''),
    };
    found.set(mapping, [...(found.get(mapping) ?? []), pair]);
  }
  return found;
}
