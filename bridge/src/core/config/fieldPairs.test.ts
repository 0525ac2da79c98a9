import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK_VOCABULARY } from '../vocabulary/desk.ts';
import { aField, ALL_TYPES_DESCRIBES } from './allTypes.fixture.ts';
import { checkMapping } from './checkMapping.ts';
import { closest } from './closest.ts';
import type { Describes } from './describes.ts';
import { fieldPairs, unmappable } from './fieldPairs.ts';
import { aMapping } from './mapped.fixture.ts';

const pairs = fieldPairs('case', ALL_TYPES_DESCRIBES);
const pairsOfField = (salesforce: string) =>
  pairs
    .filter((pair) => pair.salesforce === salesforce)
    .map(({ desk, direction, loss }) => `${desk} ${direction}${loss === null ? '' : ` (${loss})`}`);

test('the pairs of a field are those whose types agree, with what is lost', () => {
  assert.deepEqual(pairsOfField('Date__c'), ['custom_fields.a_date two-way']);
  assert.deepEqual(pairsOfField('Date_Time__c'), [
    'subject two-way (text that is no date and time in the form 2026-01-31T09:00:00Z is not carried)',
    'description two-way (text that is no date and time in the form 2026-01-31T09:00:00Z is not carried)',
    'custom_fields.a_string two-way (text that is no date and time in the form 2026-01-31T09:00:00Z is not carried)',
    'custom_fields.a_date salesforce-to-desk (the time is lost; the date is that in UTC)',
  ]);
  assert.deepEqual(pairsOfField('Set_Once__c'), [
    'subject salesforce-to-desk',
    'description salesforce-to-desk',
    'custom_fields.a_string salesforce-to-desk',
  ]);
  assert.deepEqual(pairsOfField('Product__r.Serial__c'), [
    'subject two-way (a key that no record has is refused by Salesforce)',
    'description two-way (a key that no record has is refused by Salesforce)',
    'custom_fields.a_string two-way (a key that no record has is refused by Salesforce)',
  ]);
});

test('the standard pairs are listed once each, whatever their types', () => {
  assert.deepEqual(pairsOfField('Priority')[0], 'priority two-way');
  assert.equal(pairsOfField('Status').filter((pair) => pair.startsWith('status ')).length, 1);
  assert.deepEqual(pairsOfField('ContactId'), ['customer two-way']);
});

test('what is listed can be set: no pair is an error by itself', () => {
  for (const { salesforce, desk, direction } of pairs)
    assert.deepEqual(
      checkMapping(aMapping(salesforce, desk, { direction }), ALL_TYPES_DESCRIBES).problems,
      [],
      `${salesforce} = ${desk}`,
    );
});

test('fields that go with nothing are told with the reason', () => {
  const told = unmappable('case', ALL_TYPES_DESCRIBES).map(
    ({ salesforce, type, reason }) => `${salesforce} (${type}): ${reason}`,
  );
  const lookup =
    '(Lookup Relationship): the id of another record means nothing in Desk; map a key of that record, such as Product__r.Code__c';
  assert.deepEqual(told, [
    `Product__c ${lookup}`,
    'Place__c (Geolocation): a place is two numbers; map its latitude and its longitude, each as a number',
    'Secret__c (Text (Encrypted)): it would stand in clear in Desk',
    'Time__c (other): a time of day has no counterpart in Desk',
    'Address (other): an address is made of several fields; map each by itself, such as its city',
    "Id (other): a record's id is not a value, and Desk Link keeps it",
    `AccountId ${lookup}`,
    `OwnerId ${lookup}`,
  ]);
});

test('a field is told apart that would go with a type which this Desk has no field of', () => {
  const Account = {
    name: 'Account',
    fields: [aField('Active__c', { type: 'boolean' })],
    deletable: true,
    recordTypes: [],
  };
  const describes: Describes = {
    salesforce: { Account },
    desk: { company: [], customer: [], case: [] },
    vocabulary: DESK_VOCABULARY,
  };
  assert.deepEqual(unmappable('company', describes), [
    {
      salesforce: 'Active__c',
      type: 'Checkbox',
      reason: 'Desk has no field of the type boolean for a company',
    },
  ]);
  assert.deepEqual(fieldPairs('company', { ...describes, salesforce: {} }), []);
});

test('the name that was meant is near the one that was written, and nothing is guessed from afar', () => {
  const names = ['Product__c', 'Priority', 'custom_fields.product'];
  assert.equal(closest('prodct__c', names), 'Product__c');
  assert.equal(closest('priorty', names), 'Priority');
  assert.equal(closest('zebra', names), null);
  assert.equal(closest('x'.repeat(10_000), names), null);
});
