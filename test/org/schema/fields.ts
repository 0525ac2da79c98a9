import type { FieldSchema, FieldType, PicklistValue } from './types.ts';

type Overrides = Partial<Omit<FieldSchema, 'name' | 'type'>>;

/** A field with what most fields have; `overrides` says the rest. */
export function field(name: string, type: FieldType, overrides: Overrides = {}): FieldSchema {
  return {
    name,
    type,
    label: name
      .replace(/__c$/, '')
      .replaceAll('_', ' ')
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '),
    custom: name.endsWith('__c'),
    length: 0,
    precision: 0,
    scale: 0,
    required: false,
    createable: true,
    updateable: true,
    unique: false,
    externalId: false,
    caseSensitive: false,
    autoNumber: null,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    picklist: [],
    restricted: false,
    defaultValue: null,
    fls: true,
    calculation: null,
    extraTypeInfo: type === 'textarea' ? 'plaintextarea' : null,
    htmlFormatted: false,
    compound: null,
    mask: null,
    cascade: false,
    ...overrides,
  };
}

export const text = (name: string, length: number, overrides: Overrides = {}) =>
  field(name, 'string', { length, ...overrides });
export const longText = (name: string, length: number, overrides: Overrides = {}) =>
  field(name, 'textarea', { length, ...overrides });
export const checkbox = (name: string, overrides: Overrides = {}) =>
  field(name, 'boolean', { defaultValue: false, ...overrides });
export const reference = (
  name: string,
  referenceTo: string | readonly string[],
  childRelationshipName: string | null = null,
  overrides: Overrides = {},
) =>
  field(name, 'reference', {
    length: 18,
    referenceTo: typeof referenceTo === 'string' ? [referenceTo] : referenceTo,
    relationshipName: name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, ''),
    childRelationshipName,
    ...overrides,
  });
export const readOnly = (base: FieldSchema): FieldSchema => ({
  ...base,
  createable: false,
  updateable: false,
  fls: false,
});

export const values = (...names: string[]): PicklistValue[] =>
  names.map((value, index) => ({ value, label: value, active: true, default: index === 0 }));
export const picklist = (name: string, list: readonly PicklistValue[], overrides: Overrides = {}) =>
  field(name, 'picklist', { length: 255, picklist: list, ...overrides });

/** What the platform keeps on every record. */
export function systemFields(): FieldSchema[] {
  return [
    readOnly(field('Id', 'id', { length: 18 })),
    readOnly(checkbox('IsDeleted')),
    readOnly(field('CreatedDate', 'datetime')),
    readOnly(reference('CreatedById', 'User')),
    readOnly(field('LastModifiedDate', 'datetime')),
    readOnly(reference('LastModifiedById', 'User')),
    readOnly(field('SystemModstamp', 'datetime')),
  ];
}
