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
