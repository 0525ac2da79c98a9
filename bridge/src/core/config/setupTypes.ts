import type { SalesforceField } from './describes.ts';

/** The field types as Salesforce's Setup names them. */
export const SETUP_TYPES = [
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
export type SetupType = (typeof SETUP_TYPES)[number];

const BY_TYPE: Readonly<Record<string, SetupType>> = {
  string: 'Text',
  combobox: 'Text',
  picklist: 'Picklist',
  multipicklist: 'Picklist (Multi-Select)',
  boolean: 'Checkbox',
  date: 'Date',
  datetime: 'Date/Time',
  email: 'Email',
  phone: 'Phone',
  url: 'URL',
  currency: 'Currency',
  percent: 'Percent',
  int: 'Number',
  long: 'Number',
  double: 'Number',
  location: 'Geolocation',
  encryptedstring: 'Text (Encrypted)',
};

/** The longest text area that is not a long one. */
const SHORT_TEXT_AREA = 255;

/** The type that Setup names; null for what no field of Setup is, such as the record's id or an address. */
export function setupTypeOf(field: SalesforceField): SetupType | null {
  if (field.calculated) return field.calculatedFormula === null ? 'Roll-Up Summary' : 'Formula';
  return plainTypeOf(field);
}

/** The type of the value alone: that of its result for a formula. */
export function plainTypeOf(field: SalesforceField): SetupType | null {
  const { type, length, autoNumber, htmlFormatted, extraTypeInfo, referenceTo } = field;
  if (autoNumber) return 'Auto Number';
  if (type === 'textarea') {
    if (htmlFormatted || extraTypeInfo === 'richtextarea') return 'Text Area (Rich)';
    return length > SHORT_TEXT_AREA ? 'Text Area (Long)' : 'Text Area';
  }
  if (type === 'reference')
    return referenceTo.some((name) => name.endsWith('__x'))
      ? 'External Lookup Relationship'
      : 'Lookup Relationship';
  return BY_TYPE[type] ?? null;
}
