/** Field types as describe names them. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'encryptedstring'
  | 'location'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'anyType';

export type PicklistValue = {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly default: boolean;
  /** Case Status only. */
  readonly closed?: boolean;
};

/** What a field's value is worked out from when it is read. */
export type Calculation =
  | { readonly kind: 'formula'; readonly source: string; readonly terms: readonly FormulaTerm[] }
  | {
      readonly kind: 'summary';
      readonly operation: 'count' | 'sum' | 'min' | 'max';
      /** The object of the details, its field that points here, and the field that is summed up. */
      readonly child: string;
      readonly parentField: string;
      readonly field: string | null;
    }
  | { readonly kind: 'location'; readonly latitude: string; readonly longitude: string };

/** Terms are joined as text; a single one keeps its type. */
export type FormulaTerm =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'field'; readonly path: readonly string[] };

export type FieldSchema = {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly custom: boolean;
  /** Characters; 0 where it says nothing. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  /** A value must be given at insert and can never be null. */
  readonly required: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  readonly caseSensitive: boolean;
  readonly autoNumber: string | null;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  /** Name of the list of children on the parent, for child subqueries. */
  readonly childRelationshipName: string | null;
  readonly picklist: readonly PicklistValue[];
  readonly restricted: boolean;
  readonly defaultValue: string | number | boolean | null;
  /** Can take field-level security; without it, whoever sees the object sees the field. */
  readonly fls: boolean;
  readonly calculation: Calculation | null;
  /** plaintextarea, richtextarea, personname */
  readonly extraTypeInfo: string | null;
  readonly htmlFormatted: boolean;
  /** The field that this one is a part of. */
  readonly compound: string | null;
  /** How an encrypted text shows itself to those who may not read it. */
  readonly mask: { readonly character: string; readonly type: string } | null;
  /** A master-detail relationship: the record goes with its parent. */
  readonly cascade: boolean;
};

export type ObjectKind = 'object' | 'event' | 'customMetadata';

export type ObjectSchema = {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly kind: ObjectKind;
  readonly custom: boolean;
  /** Takes ObjectPermissions; without it, access follows a parent or a setup permission. */
  readonly permissionable: boolean;
  readonly fields: Map<string, FieldSchema>;
};
