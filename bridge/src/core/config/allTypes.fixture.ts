import { DESK_VOCABULARY } from '../vocabulary/desk.ts';
import type { Describes, DeskCustomField, SalesforceField } from './describes.ts';
import { DESK_TYPES, type DeskType } from './describes.ts';
import type { SalesforceType } from './fieldTypes.ts';

/** A field as describe tells of it; what is not said is as of a plain custom text field. */
export function aField(name: string, said: Partial<SalesforceField> = {}): SalesforceField {
  return {
    name,
    label: name.replace(/__c$/, '').replaceAll('_', ' '),
    type: 'string',
    length: 80,
    precision: 0,
    scale: 0,
    nillable: true,
    defaultedOnCreate: false,
    createable: true,
    updateable: true,
    calculated: false,
    calculatedFormula: null,
    autoNumber: false,
    externalId: false,
    idLookup: false,
    unique: false,
    htmlFormatted: false,
    extraTypeInfo: null,
    restrictedPicklist: false,
    picklistValues: [],
    referenceTo: [],
    relationshipName: null,
    ...said,
  };
}

const READ_ONLY = { createable: false, updateable: false };
const number = (precision: number, scale: number) => ({ type: 'double', length: 0, precision, scale });
const values = (...list: string[]) =>
  list.map((value) => ({ value, label: value, active: !value.startsWith('Old') }));
const formula = (type: string, said: Partial<SalesforceField> = {}) => ({
  ...READ_ONLY,
  type,
  calculated: true,
  calculatedFormula: 'IF(true, 1, 2)',
  ...said,
});

/** One field of each type of Setup. */
export const ONE_OF_EACH: Readonly<Record<SalesforceType, SalesforceField>> = {
  Text: aField('Text__c'),
  Picklist: aField('Picklist__c', {
    type: 'picklist',
    length: 255,
    restrictedPicklist: true,
    picklistValues: values('Gold', 'Silver', 'Bronze', 'Old Tin'),
  }),
  Checkbox: aField('Checkbox__c', { type: 'boolean', length: 0, nillable: false, defaultedOnCreate: true }),
  Date: aField('Date__c', { type: 'date', length: 0 }),
  'Auto Number': aField('Auto_Number__c', { ...READ_ONLY, autoNumber: true, nillable: false }),
  Formula: aField('Formula__c', formula('string', { length: 1300 })),
  'Roll-Up Summary': aField('Roll_Up__c', { ...READ_ONLY, ...number(18, 0), calculated: true }),
  'Lookup Relationship': aField('Product__c', {
    type: 'reference',
    length: 18,
    referenceTo: ['Product__c'],
    relationshipName: 'Product__r',
  }),
  'External Lookup Relationship': aField('Order__c', {
    type: 'reference',
    length: 255,
    referenceTo: ['Order__x'],
    relationshipName: 'Order__r',
  }),
  Currency: aField('Currency__c', { ...number(18, 2), type: 'currency' }),
  'Date/Time': aField('Date_Time__c', { type: 'datetime', length: 0 }),
  Email: aField('Email__c', { type: 'email' }),
  Geolocation: aField('Place__c', { ...READ_ONLY, type: 'location', length: 0 }),
  Number: aField('Number__c', number(5, 0)),
  Percent: aField('Percent__c', { ...number(6, 1), type: 'percent' }),
  Phone: aField('Phone__c', { type: 'phone', length: 40 }),
  'Picklist (Multi-Select)': aField('Multi__c', {
    type: 'multipicklist',
    length: 4099,
    restrictedPicklist: true,
    picklistValues: values('Red', 'Green', 'Blue', 'Old Grey'),
  }),
  'Text Area': aField('Text_Area__c', { type: 'textarea', length: 255, extraTypeInfo: 'plaintextarea' }),
  'Text Area (Long)': aField('Long__c', {
    type: 'textarea',
    length: 32_768,
    extraTypeInfo: 'plaintextarea',
  }),
  'Text Area (Rich)': aField('Rich__c', {
    type: 'textarea',
    length: 32_768,
    extraTypeInfo: 'richtextarea',
    htmlFormatted: true,
  }),
  'Text (Encrypted)': aField('Secret__c', { type: 'encryptedstring', length: 50 }),
  URL: aField('URL__c', { type: 'url', length: 255 }),
};

/** Formulas of other results, numbers with and without a fraction, and what Setup has no type for. */
export const MORE_FIELDS = {
  numberFormula: aField('Number_Formula__c', formula('double', number(18, 0))),
  fractionFormula: aField('Fraction_Formula__c', formula('double', number(18, 2))),
  checkboxFormula: aField('Checkbox_Formula__c', formula('boolean', { nillable: false })),
  dateFormula: aField('Date_Formula__c', formula('date')),
  momentFormula: aField('Moment_Formula__c', formula('datetime')),
  linkFormula: aField('Link_Formula__c', formula('string', { htmlFormatted: true })),
  dateRollUp: aField('Date_Roll_Up__c', { ...READ_ONLY, type: 'date', calculated: true }),
  fraction: aField('Fraction__c', number(10, 3)),
  wholeMoney: aField('Whole_Money__c', { ...number(10, 0), type: 'currency' }),
  latitude: aField('Place__Latitude__s', number(8, 5)),
  freePicklist: aField('Free_Picklist__c', { type: 'picklist', picklistValues: values('One', 'Two', 'Old') }),
  time: aField('Time__c', { type: 'time' }),
  address: aField('Address', { ...READ_ONLY, type: 'address' }),
  id: aField('Id', { ...READ_ONLY, type: 'id', length: 18, idLookup: true, nillable: false }),
} as const;

/** The object that the lookup leads to: a key, a unique name, and a field that is no key. */
const PRODUCT = [
  MORE_FIELDS.id,
  aField('Name', { idLookup: true, nillable: false }),
  aField('Code__c', { externalId: true, idLookup: true, unique: true, length: 10 }),
  aField('Number__c', { ...number(8, 0), externalId: true }),
  aField('Serial__c', { ...READ_ONLY, autoNumber: true, externalId: true, length: 30 }),
  aField('Family__c', { type: 'picklist', picklistValues: values('A', 'B') }),
];

const standardText = (name: string, length = 255) => aField(name, { length });
const choice = (name: string, ...list: string[]) =>
  aField(name, { type: 'picklist', picklistValues: values(...list) });
const phone = (name: string) => aField(name, { type: 'phone', length: 40 });
const lookup = (name: string, ...referenceTo: string[]) =>
  aField(name, { type: 'reference', length: 18, referenceTo, relationshipName: name.replace(/Id$/, '') });
const long = (name: string) => aField(name, { type: 'textarea', length: 32_000 });

const ALL_TYPES = [...Object.values(ONE_OF_EACH), ...Object.values(MORE_FIELDS)];
const CHOICES: Readonly<Partial<Record<DeskType, readonly string[]>>> = {
  list: ['gold', 'silver', 'bronze', 'Red', 'Red;Blue'],
  multi: ['blue', 'red', 'white'],
};
const custom: readonly DeskCustomField[] = [
  ...DESK_TYPES.map((type) => ({
    key: `a_${type}`,
    label: `A ${type}`,
    type,
    active: true,
    choices: CHOICES[type] ?? [],
  })),
  { key: 'unused', label: 'Unused', type: 'string', active: false, choices: [] },
];

/** Both sides, with a field of each type on the case and on every kind of Desk record. */
export const ALL_TYPES_DESCRIBES: Describes = {
  salesforce: {
    Account: {
      name: 'Account',
      fields: [
        MORE_FIELDS.id,
        aField('Name', { length: 255, nillable: false }),
        phone('Fax'),
        aField('Number__c', { externalId: true, unique: true }),
        aField('NumberOfEmployees', { type: 'int', length: 0 }),
      ],
      deletable: true,
      recordTypes: [],
    },
    Contact: {
      name: 'Contact',
      fields: [
        MORE_FIELDS.id,
        standardText('FirstName', 40),
        aField('LastName', { length: 80, nillable: false }),
        standardText('Title', 128),
        long('Description'),
        aField('Email', { type: 'email' }),
        ...['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone', 'Fax'].map(phone),
        lookup('AccountId', 'Account'),
      ],
      deletable: true,
      recordTypes: [],
    },
    Case: {
      name: 'Case',
      fields: [
        ...ALL_TYPES,
        standardText('Subject'),
        long('Description'),
        choice('Status', 'New', 'Open', 'Pending', 'Resolved', 'Closed', 'Working'),
        choice('Priority', 'High', 'Medium', 'Low'),
        choice('Origin', 'Email', 'Phone', 'Web'),
        lookup('ContactId', 'Contact'),
        lookup('AccountId', 'Account'),
        lookup('OwnerId', 'Group', 'User'),
        aField('Set_Once__c', { updateable: false }),
      ],
      deletable: true,
      recordTypes: [
        { id: '012000000000001AAA', developerName: 'Support', active: true },
        { id: '012000000000002AAA', developerName: 'Sales', active: false },
      ],
    },
    Product__c: { name: 'Product__c', fields: PRODUCT, deletable: true, recordTypes: [] },
  },
  desk: { company: custom, customer: custom, case: custom },
  vocabulary: DESK_VOCABULARY,
};
