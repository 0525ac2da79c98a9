import type { SalesforceField } from './describes.ts';

/** The types of fields as Salesforce's Setup names them. */
export const SALESFORCE_TYPES = [
  'Text',
  'Picklist',
  'Checkbox',
  'Date',
  'Auto Number',
  'Formula',
  'Roll-Up Summary',
  'Lookup Relationship',
  'External Lookup Relationship',
  'Currency',
  'Date/Time',
  'Email',
  'Geolocation',
  'Number',
  'Percent',
  'Phone',
  'Picklist (Multi-Select)',
  'Text Area',
  'Text Area (Long)',
  'Text Area (Rich)',
  'Text (Encrypted)',
  'URL',
] as const;
export type SalesforceType = (typeof SALESFORCE_TYPES)[number];

/** The longest Text Area; Setup calls a longer one Long. */
const TEXT_AREA = 255;

const BY_DESCRIBE: Readonly<Record<string, SalesforceType>> = {
  string: 'Text',
  picklist: 'Picklist',
  boolean: 'Checkbox',
  date: 'Date',
  currency: 'Currency',
  datetime: 'Date/Time',
  email: 'Email',
  location: 'Geolocation',
  double: 'Number',
  int: 'Number',
  long: 'Number',
  percent: 'Percent',
  phone: 'Phone',
  multipicklist: 'Picklist (Multi-Select)',
  encryptedstring: 'Text (Encrypted)',
  url: 'URL',
};

/** The type of what a field holds, whoever fills it: of a formula, the type of its result. */
export function heldType(field: SalesforceField): SalesforceType | 'other' {
  if (field.type === 'reference')
    return field.referenceTo.some((object) => object.endsWith('__x'))
      ? 'External Lookup Relationship'
      : 'Lookup Relationship';
  if (field.type === 'textarea') {
    if (field.htmlFormatted || field.extraTypeInfo === 'richtextarea') return 'Text Area (Rich)';
    return field.length > TEXT_AREA ? 'Text Area (Long)' : 'Text Area';
  }
  // A formula that makes a link or an image gives HTML.
  if (field.type === 'string' && field.htmlFormatted) return 'Text Area (Rich)';
  return BY_DESCRIBE[field.type] ?? 'other';
}

/** The type of a field as Setup names it; `other` for what Setup has no type for. */
export function salesforceType(field: SalesforceField): SalesforceType | 'other' {
  if (field.autoNumber) return 'Auto Number';
  if (field.calculated) return field.calculatedFormula === null ? 'Roll-Up Summary' : 'Formula';
  return heldType(field);
}

const WHY_NOT: Readonly<Record<string, string>> = {
  id: "a record's id is not a value, and Desk Link keeps it",
  time: 'a time of day has no counterpart in Desk',
  address: 'an address is made of several fields; map each by itself, such as its city',
  base64: 'a file is not a value',
};

/** Why a field cannot be mapped that has none of the types of Setup. */
export function whyNoType(field: SalesforceField): string {
  return WHY_NOT[field.type] ?? `fields of the type ${field.type} cannot be mapped`;
}
