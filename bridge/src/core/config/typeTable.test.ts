import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MORE_FIELDS, ONE_OF_EACH } from './allTypes.fixture.ts';
import { DESK_TYPES, type SalesforceField } from './describes.ts';
import { SALESFORCE_TYPES, salesforceType, type SalesforceType } from './fieldTypes.ts';
import { agreement } from './typeTable.ts';

type Outcome = 'both' | 'to-desk' | 'no';
type Row = readonly [
  string: Outcome,
  boolean: Outcome,
  integer: Outcome,
  decimal: Outcome,
  date: Outcome,
  list: Outcome,
  multi: Outcome,
];

/** Every type of Salesforce by every type of Desk. The number here is a whole one, the rest have a fraction. */
const OUTCOMES: Readonly<Record<SalesforceType, Row>> = {
  Text: ['both', 'no', 'no', 'no', 'no', 'no', 'no'],
  Picklist: ['to-desk', 'no', 'no', 'no', 'no', 'both', 'no'],
  Checkbox: ['no', 'both', 'no', 'no', 'no', 'no', 'no'],
  Date: ['no', 'no', 'no', 'no', 'both', 'no', 'no'],
  'Auto Number': ['to-desk', 'no', 'no', 'no', 'no', 'no', 'no'],
  Formula: ['to-desk', 'no', 'no', 'no', 'no', 'no', 'no'],
  'Roll-Up Summary': ['to-desk', 'no', 'to-desk', 'to-desk', 'no', 'no', 'no'],
  'Lookup Relationship': ['no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'External Lookup Relationship': ['to-desk', 'no', 'no', 'no', 'no', 'no', 'no'],
  Currency: ['both', 'no', 'no', 'both', 'no', 'no', 'no'],
  'Date/Time': ['both', 'no', 'no', 'no', 'to-desk', 'no', 'no'],
  Email: ['both', 'no', 'no', 'no', 'no', 'no', 'no'],
  Geolocation: ['no', 'no', 'no', 'no', 'no', 'no', 'no'],
  Number: ['both', 'no', 'both', 'both', 'no', 'no', 'no'],
  Percent: ['both', 'no', 'no', 'both', 'no', 'no', 'no'],
  Phone: ['both', 'no', 'no', 'no', 'no', 'no', 'no'],
  'Picklist (Multi-Select)': ['both', 'no', 'no', 'no', 'no', 'both', 'both'],
  'Text Area': ['both', 'no', 'no', 'no', 'no', 'no', 'no'],
  'Text Area (Long)': ['both', 'no', 'no', 'no', 'no', 'no', 'no'],
  'Text Area (Rich)': ['to-desk', 'no', 'no', 'no', 'no', 'no', 'no'],
  'Text (Encrypted)': ['no', 'no', 'no', 'no', 'no', 'no', 'no'],
  URL: ['both', 'no', 'no', 'no', 'no', 'no', 'no'],
};

/** The types that the original mapped, and those that it listed as not supported. */
const ORIGINAL = ['Text', 'Picklist', 'Checkbox', 'Date'];
const ORIGINAL_UNSUPPORTED = [
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
];

/** What goes nowhere, and what the admin is told instead. */
const STILL_UNSUPPORTED: Readonly<Record<string, RegExp>> = {
  'Lookup Relationship': /map a key of that record/,
  Geolocation: /map its latitude and its longitude/,
  'Text (Encrypted)': /in clear in Desk/,
};

const outcomes = (field: SalesforceField): Outcome[] =>
  DESK_TYPES.filter((desk) => desk !== 'other').map((desk) => agreement(field, desk).carried);

test('each of the 22 types goes to each type of a desk as the table says, and none to one that is of no such type', () => {
  assert.deepEqual(DESK_TYPES, ['string', 'boolean', 'integer', 'decimal', 'date', 'list', 'multi', 'other']);
  assert.equal(SALESFORCE_TYPES.length, 22);
  for (const type of SALESFORCE_TYPES) {
    assert.equal(salesforceType(ONE_OF_EACH[type]), type);
    assert.deepEqual(outcomes(ONE_OF_EACH[type]), OUTCOMES[type], type);
    assert.equal(agreement(ONE_OF_EACH[type], 'other').carried, 'no', type);
  }
});

test('what the original mapped goes both ways, and most of what it did not support goes too', () => {
  assert.deepEqual([...ORIGINAL, ...ORIGINAL_UNSUPPORTED].sort(), [...SALESFORCE_TYPES].sort());
  for (const type of SALESFORCE_TYPES) {
    const carried = OUTCOMES[type];
    if (ORIGINAL.includes(type)) assert.ok(carried.includes('both'), type);
    const told = STILL_UNSUPPORTED[type];
    const refused = agreement(ONE_OF_EACH[type], 'string');
    if (!told)
      assert.ok(
        carried.some((outcome) => outcome !== 'no'),
        type,
      );
    else assert.match(refused.carried === 'no' ? refused.reason : '', told, type);
  }
});

test('a formula and a roll-up go by the type of their result, to Desk only', () => {
  const expected: readonly (readonly [SalesforceField, Row])[] = [
    [MORE_FIELDS.numberFormula, ['to-desk', 'no', 'to-desk', 'to-desk', 'no', 'no', 'no']],
    [MORE_FIELDS.fractionFormula, ['to-desk', 'no', 'no', 'to-desk', 'no', 'no', 'no']],
    [MORE_FIELDS.checkboxFormula, ['no', 'to-desk', 'no', 'no', 'no', 'no', 'no']],
    [MORE_FIELDS.dateFormula, ['no', 'no', 'no', 'no', 'to-desk', 'no', 'no']],
    [MORE_FIELDS.momentFormula, ['to-desk', 'no', 'no', 'no', 'to-desk', 'no', 'no']],
    [MORE_FIELDS.linkFormula, ['to-desk', 'no', 'no', 'no', 'no', 'no', 'no']],
    [MORE_FIELDS.dateRollUp, ['no', 'no', 'no', 'no', 'to-desk', 'no', 'no']],
  ];
  for (const [field, row] of expected) assert.deepEqual(outcomes(field), row, field.name);
  assert.equal(salesforceType(MORE_FIELDS.linkFormula), 'Formula');
  assert.equal(salesforceType(MORE_FIELDS.dateRollUp), 'Roll-Up Summary');
});

test('only numbers without a fraction go to an integer of Desk', () => {
  assert.deepEqual(outcomes(MORE_FIELDS.wholeMoney), ['both', 'no', 'both', 'both', 'no', 'no', 'no']);
  for (const field of [MORE_FIELDS.fraction, MORE_FIELDS.fractionFormula, ONE_OF_EACH.Percent]) {
    const refused = agreement(field, 'integer');
    assert.match(refused.carried === 'no' ? refused.reason : '', /the fraction would be lost/);
  }
});

test('what Setup has no type for goes nowhere, and says why', () => {
  const reasons: readonly (readonly [SalesforceField, RegExp])[] = [
    [MORE_FIELDS.id, /Desk Link keeps it/],
    [MORE_FIELDS.time, /time of day/],
    [MORE_FIELDS.address, /map each by itself/],
    [{ ...MORE_FIELDS.time, type: 'anyType' }, /type anyType cannot be mapped/],
  ];
  for (const [field, reason] of reasons) {
    assert.equal(salesforceType(field), 'other');
    for (const desk of DESK_TYPES) {
      const refused = agreement(field, desk);
      assert.match(refused.carried === 'no' ? refused.reason : '', reason, field.name);
    }
  }
});

test('every pair of types that loses something says what, and every refusal says why', () => {
  const losing = {
    'Date/Time=date': /time is lost/,
    'Text Area (Rich)=string': /formatting is lost/,
    'Checkbox=boolean': /empty in Desk becomes unchecked/,
    'Number=decimal': /more digits than the field takes/,
    'Currency=decimal': /currency itself/,
    'Picklist (Multi-Select)=multi': /none of the choices.*does not have/,
    'Number=string': /no number, or has more digits/,
    'Currency=string': /currency itself/,
    'Email=string': /no e-mail address/,
    'Picklist=list': /does not have/,
    'Picklist (Multi-Select)=list': /none of the choices/,
  };
  for (const type of SALESFORCE_TYPES)
    for (const desk of DESK_TYPES) {
      const said = agreement(ONE_OF_EACH[type], desk);
      const expected = losing[`${type}=${desk}` as keyof typeof losing];
      if (said.carried === 'no') assert.ok(said.reason.length > 10, `${type}=${desk}`);
      else if (expected) assert.match(said.loss ?? '', expected, `${type}=${desk}`);
    }
});
