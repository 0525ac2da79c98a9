import { PAIRS, type PairKind } from '../pair.ts';

/** Which way changes go. */
export const DIRECTIONS = ['two-way', 'desk-to-salesforce', 'salesforce-to-desk', 'off'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Whose value is kept where both sides changed a field to different values. */
export const CONFLICT_RULES = ['salesforce', 'desk', 'newest'] as const;
export type ConflictRule = (typeof CONFLICT_RULES)[number];

/** What the deletion of one record does to the other: nothing but the end of the link, or the same. */
export const DELETE_RULES = ['unlink', 'delete'] as const;
export type DeleteRule = (typeof DELETE_RULES)[number];

/** Which records of a pair are synced, which way, and who gives way. */
export type Rule = {
  readonly direction: Direction;
  /** Each of these narrows the direction further; alone, it opens nothing. */
  readonly createInSalesforce: boolean;
  readonly createInDesk: boolean;
  readonly updateInSalesforce: boolean;
  readonly updateInDesk: boolean;
  /** SOQL as behind WHERE, on the pair's Salesforce object: what goes to Desk. Empty: everything. */
  readonly salesforceCondition: string;
  /** The same language over Desk's fields: what goes to Salesforce. Empty: everything. */
  readonly deskCondition: string;
  /** Developer name of the record type of records made in Salesforce; null: the user's default. */
  readonly recordType: string | null;
  readonly conflict: ConflictRule;
  readonly onDelete: DeleteRule;
};

/** A value of a Salesforce field and one of a Desk field that mean the same. */
export type ValuePair = { readonly salesforce: string; readonly desk: string };

/** Which Salesforce field goes to which of Desk. One that names a standard mapping changes that one. */
export type Mapping = {
  readonly pair: PairKind;
  /** API name, or the key of a lookup's record such as `Product__r.Code__c`. */
  readonly salesforce: string;
  /** Desk's name, such as `subject`, `phone_numbers.fax` or `custom_fields.product`. */
  readonly desk: string;
  readonly direction: Direction;
  /** Who is kept in a conflict of this field; null: as the pair's rule says. */
  readonly owner: ConflictRule | null;
  /** Shown in the widget in Desk; any type can be. A mapping that is `off` may be shown all the same. */
  readonly display: boolean;
  /** Of several for one value, the first is the one that is written. */
  readonly values: readonly ValuePair[];
};

/** All that an admin can set. */
export type SyncConfig = {
  readonly enabled: boolean;
  readonly rules: Readonly<Record<PairKind, Rule>>;
  readonly mappings: readonly Mapping[];
};

export const DEFAULT_RULE: Rule = {
  direction: 'two-way',
  createInSalesforce: true,
  createInDesk: true,
  updateInSalesforce: true,
  updateInDesk: true,
  salesforceCondition: '',
  deskCondition: '',
  recordType: null,
  conflict: 'salesforce',
  onDelete: 'unlink',
};

/** What holds where nothing is set: the original's defaults. */
export const DEFAULT_CONFIG: SyncConfig = {
  enabled: true,
  rules: { company: DEFAULT_RULE, customer: DEFAULT_RULE, case: DEFAULT_RULE },
  mappings: [],
};

/** The same config text gives the same mark, whatever the order of its parts. */
export function configMark(config: SyncConfig): string {
  const mappings = [...config.mappings].sort((a, b) => (mappingKey(a) < mappingKey(b) ? -1 : 1));
  return JSON.stringify([config.enabled, PAIRS.map((pair) => config.rules[pair]), mappings]);
}

/** What a mapping is called in messages and in lists. */
export function mappingName({
  pair,
  salesforce,
  desk,
}: Readonly<Record<'pair' | 'salesforce' | 'desk', string>>): string {
  return `mapping ${pair} ${salesforce} = ${desk}`;
}

/** What tells mappings apart: a pair and a field of each side. */
export function mappingKey({
  pair,
  salesforce,
  desk,
}: Pick<Mapping, 'pair' | 'salesforce' | 'desk'>): string {
  return `${pair} ${salesforce.toLowerCase()} ${desk.toLowerCase()}`;
}
