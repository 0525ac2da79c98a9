import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK_TYPES } from './describes.ts';
import { aField } from './describes.fixture.ts';
import { SETUP_TYPES, setupTypeOf, type SetupType } from './setupTypes.ts';
import { fieldOutcome, outcomesOf } from './typeTable.ts';

/** One field of each type of Setup, as describe tells it. */
const FIELDS: Readonly<Record<SetupType, ReturnType<typeof aField>>> = {
  Text: aField('A__c', 'string', { length: 80 }),
  Picklist: aField('A__c', 'picklist', { values: ['A'] }),
  Checkbox: aField('A__c', 'boolean', { nillable: false }),
  Date: aField('A__c', 'date'),
  'Auto Number': aField('A__c', 'string', { autoNumber: true, createable: false, updateable: false }),
  Formula: aField('A__c', 'string', {
    calculated: true,
    calculatedFormula: 'Name',
    createable: false,
    updateable: false,
  }),
  'Roll-Up Summary': aField('A__c', 'double', { calculated: true, createable: false, updateable: false }),
  'Lookup Relationship': aField('A__c', 'reference', {
    referenceTo: ['Product__c'],
    relationshipName: 'A__r',
  }),
  'External Lookup Relationship': aField('A__c', 'reference', { referenceTo: ['Order__x'] }),
  Currency: aField('A__c', 'currency', { precision: 18, scale: 2 }),
  'Date/Time': aField('A__c', 'datetime'),
  Email: aField('A__c', 'email', { length: 80 }),
  Geolocation: aField('A__c', 'location'),
  Number: aField('A__c', 'double', { precision: 18, scale: 0 }),
  Percent: aField('A__c', 'percent', { precision: 18, scale: 2 }),
  Phone: aField('A__c', 'phone', { length: 40 }),
  'Picklist (Multi-Select)': aField('A__c', 'multipicklist', { values: ['A', 'B'] }),
  'Text Area': aField('A__c', 'textarea', { length: 255, extraTypeInfo: 'plaintextarea' }),
  'Text Area (Long)': aField('A__c', 'textarea', { length: 32_768, extraTypeInfo: 'plaintextarea' }),
  'Text Area (Rich)': aField('A__c', 'textarea', {
    length: 32_768,
    extraTypeInfo: 'richtextarea',
    htmlFormatted: true,
  }),
  'Text (Encrypted)': aField('A__c', 'encryptedstring', { length: 80 }),
  URL: aField('A__c', 'url', { length: 255 }),
};

test('each type of Setup is told by its describe', () => {
  for (const type of SETUP_TYPES) assert.equal(setupTypeOf(FIELDS[type]), type);
  assert.equal(SETUP_TYPES.length, 22);
  assert.equal(setupTypeOf(aField('Id', 'id')), null);
});

/** ⇄ both ways, → to Desk only, · not. In the order string, boolean, integer, date, list. */
const OUTCOMES: Readonly<Record<SetupType, string>> = {
  Text: '⇄····',
  Picklist: '→···⇄',
  Checkbox: '·⇄···',
  Date: '···⇄·',
  'Auto Number': '→····',
  Formula: '→····',
  'Roll-Up Summary': '→·→··',
  'Lookup Relationship': '·····',
  'External Lookup Relationship': '→····',
  Currency: '⇄····',
  'Date/Time': '⇄··→·',
  Email: '⇄····',
  Geolocation: '·····',
  Number: '⇄·⇄··',
  Percent: '⇄····',
  Phone: '⇄····',
  'Picklist (Multi-Select)': '⇄···⇄',
  'Text Area': '⇄····',
  'Text Area (Long)': '⇄····',
  'Text Area (Rich)': '→····',
  'Text (Encrypted)': '·····',
  URL: '⇄····',
};
const SIGNS = { both: '⇄', 'to-desk': '→', no: '·' } as const;

test("22 types of Salesforce against Desk's five have each their outcome, and a reason where they do not agree", () => {
  for (const type of SETUP_TYPES) {
    const outcomes = DESK_TYPES.map((desk) => fieldOutcome(FIELDS[type], desk));
    assert.equal(outcomes.map(({ carried }) => SIGNS[carried]).join(''), OUTCOMES[type], type);
    for (const outcome of outcomes)
      if (outcome.carried === 'no') assert.match(outcome.reason, /\.$/, `${type} says why`);
  }
});

/** What the original carried, in its own words: a type of Salesforce and one of Desk. */
const ORIGINAL = [
  ['Text', 'string'],
  ['Picklist', 'list'],
  ['Checkbox', 'boolean'],
  ['Date', 'date'],
] as const;
const REFUSED_BY_ORIGINAL: readonly SetupType[] = SETUP_TYPES.filter(
  (type) => !ORIGINAL.some(([known]) => known === type),
);

test('all that the original carried is carried both ways', () => {
  for (const [type, desk] of ORIGINAL) assert.equal(outcomesOf(type)[desk].carried, 'both', type);
});

test('of the 18 types that the original refused, all are carried that can be, and the others say why not', () => {
  assert.equal(REFUSED_BY_ORIGINAL.length, 18);
  const never = REFUSED_BY_ORIGINAL.filter((type) =>
    DESK_TYPES.every((desk) => fieldOutcome(FIELDS[type], desk).carried === 'no'),
  );
  assert.deepEqual(never, ['Lookup Relationship', 'Geolocation', 'Text (Encrypted)']);
  const reason = (type: SetupType) => {
    const outcome = fieldOutcome(FIELDS[type], 'string');
    return outcome.carried === 'no' ? outcome.reason : '';
  };
  assert.match(reason('Lookup Relationship'), /Product__r\.Code__c/);
  assert.match(reason('Geolocation'), /latitude/);
  assert.match(reason('Text (Encrypted)'), /clear text/);
});

test('a number with decimals is no integer of Desk, and a field that nobody may write goes to Desk only', () => {
  const decimals = fieldOutcome({ ...FIELDS.Number, scale: 2 }, 'integer');
  assert.equal(decimals.carried, 'no');
  const readOnly = { ...FIELDS.Text, createable: false, updateable: false };
  assert.equal(fieldOutcome(readOnly, 'string').carried, 'to-desk');
});
