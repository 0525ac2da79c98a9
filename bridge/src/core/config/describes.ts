import type { PairKind } from '../pair.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** What Salesforce's describe says of a field, as far as a config is checked against it; names as there. */
export type SalesforceField = {
  readonly name: string;
  readonly label: string;
  /** string, textarea, picklist, reference, ... */
  readonly type: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly calculated: boolean;
  /** Null for a roll-up summary, which is calculated as well. */
  readonly calculatedFormula: string | null;
  readonly autoNumber: boolean;
  readonly externalId: boolean;
  readonly idLookup: boolean;
  readonly unique: boolean;
  readonly htmlFormatted: boolean;
  /** plaintextarea, richtextarea, personname, ... */
  readonly extraTypeInfo: string | null;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly {
    readonly value: string;
    readonly label: string;
    readonly active: boolean;
  }[];
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
};

export type SalesforceObjectDescribe = {
  readonly name: string;
  readonly fields: readonly SalesforceField[];
  /** Whether the user may delete its records. */
  readonly deletable: boolean;
  /** Record types that the user can take; the master one is not among them. */
  readonly recordTypes: readonly {
    readonly id: string;
    readonly developerName: string;
    readonly active: boolean;
  }[];
};

/**
 * The types of a desk's custom fields. A `multi` holds several choices of a list, as one text with `;` between them;
 * `other` is what no value of Salesforce goes with.
 */
export const DESK_TYPES = [
  'string',
  'boolean',
  'integer',
  'decimal',
  'date',
  'list',
  'multi',
  'other',
] as const;
export type DeskType = (typeof DESK_TYPES)[number];

/** A custom field of Desk. */
export type DeskCustomField = {
  /** The key in `custom_fields` of a record. */
  readonly key: string;
  readonly label: string;
  readonly type: DeskType;
  readonly active: boolean;
  /** Of a list or a selection; empty for other types. */
  readonly choices: readonly string[];
};

/**
 * What both sides say of their fields, as the user of the bridge sees them. Objects of Salesforce by their API
 * name: the three that are synced, and those that a lookup in the config leads to.
 */
export type Describes = {
  readonly salesforce: Readonly<Record<string, SalesforceObjectDescribe>>;
  readonly desk: Readonly<Record<PairKind, readonly DeskCustomField[]>>;
  /** What is true of every such desk. */
  readonly vocabulary: Vocabulary;
};
