import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FieldMap } from '../fieldMap.ts';
import type { Value } from '../values.ts';
import { ZENDESK_VOCABULARY } from '../vocabulary/zendesk.ts';
import { ALL_TYPES_DESCRIBES } from './allTypes.fixture.ts';
import type { Describes } from './describes.ts';
import { aMapping, mapOf, pairsOf } from './mapped.fixture.ts';
import { crossedPairs } from './valueMap.ts';

const LIST = 'custom_fields.a_list';
const picklist = (...pairs: string[]) => mapOf(aMapping('Picklist__c', LIST, { values: pairsOf(...pairs) }));
const multi = (...pairs: string[]) => mapOf(aMapping('Multi__c', LIST, { values: pairsOf(...pairs) }));
const multiText = (...pairs: string[]) =>
  mapOf(aMapping('Multi__c', 'custom_fields.a_string', { values: pairsOf(...pairs) }));
const standard = (salesforce: string, desk: string, ...pairs: string[]) =>
  mapOf(aMapping(salesforce, desk, { values: pairsOf(...pairs) }));

const intoDesk = (map: FieldMap, ...values: Value[]) =>
  values.map((value) => map.refuses?.(value, 'salesforce') ?? map.toDesk(value, null));
const intoSalesforce = (map: FieldMap, ...values: Value[]) =>
  values.map((value) => map.refuses?.(value, 'desk') ?? map.toSalesforce(value));

test('without pairs a choice crosses as the same word, by the spelling of the other side', () => {
  const map = picklist();
  assert.deepEqual(intoDesk(map, 'Gold', 'Silver'), ['gold', 'silver']);
  assert.deepEqual(intoSalesforce(map, 'gold', 'BRONZE'), ['Gold', 'Bronze']);
});

test('several values of Desk may mean one of Salesforce, and the first is the one that is written', () => {
  const map = picklist('gold=Red', 'Gold=gold');
  assert.deepEqual(intoSalesforce(map, 'red', 'gold'), ['Gold', 'Gold']);
  assert.deepEqual(intoDesk(map, 'Gold'), ['Red']);
});

test('several values of Salesforce may mean one of Desk, and the first is the one that is written', () => {
  const map = picklist('Silver=silver', 'Bronze=SILVER');
  assert.deepEqual(intoDesk(map, 'Silver', 'Bronze'), ['silver', 'silver']);
  assert.deepEqual(intoSalesforce(map, 'silver'), ['Silver']);
});

test('a value without a place is refused with the reason', () => {
  const map = picklist('Silver=gold');
  assert.deepEqual(intoDesk(map, 'Old Tin', 'Gold'), [
    '"Old Tin" has no place in custom_fields.a_list',
    '"Gold" has no place in custom_fields.a_list: there it means "Silver"',
  ]);
  assert.deepEqual(intoSalesforce(map, 'Red', 'silver'), [
    '"Red" has no place in Picklist__c',
    '"silver" has no place in Picklist__c: there it means "gold"',
  ]);
  assert.equal(map.toDesk('Old Tin', null), null);
});

test('where values go one way only, no word is refused for what it would mean coming back', () => {
  const values = pairsOf('Silver=gold');
  const direction = 'salesforce-to-desk';
  const map = mapOf(aMapping('Picklist__c', LIST, { values, direction }));
  assert.deepEqual(intoDesk(map, 'Gold', 'Silver', 'Bronze'), ['gold', 'gold', 'bronze']);
});

test('an inactive value is not written to a restricted picklist, and any value to one that is not', () => {
  assert.deepEqual(intoSalesforce(picklist(), 'Old Tin'), ['"Old Tin" has no place in Picklist__c']);
  const free = mapOf(aMapping('Free_Picklist__c', LIST));
  assert.deepEqual(intoSalesforce(free, 'one', 'Old', 'bronze'), ['One', 'Old', 'bronze']);
});

test('a selection crosses as text in the order of the picklist, each value once', () => {
  const map = multiText('Green=vert');
  assert.deepEqual(intoDesk(map, 'Blue;Green', 'Red'), ['vert;Blue', 'Red']);
  assert.deepEqual(intoSalesforce(map, ' blue; VERT ;Blue', ' ; '), ['Green;Blue', null]);
  assert.deepEqual(intoSalesforce(map, 'Red;Pink', 'Green'), [
    'Multi__c does not take one of the values',
    'Multi__c does not take one of the values',
  ]);
});

test('a whole selection crosses as one choice where there is one, and no other does', () => {
  const map = multi('Green;Blue=silver');
  assert.deepEqual(intoDesk(map, 'Red', 'Red;Blue', 'Green;Blue', 'Blue;Green'), [
    'Red',
    'Red;Blue',
    'silver',
    'silver',
  ]);
  assert.deepEqual(intoSalesforce(map, 'Red;Blue', 'silver', 'red'), ['Red;Blue', 'Green;Blue', 'Red']);
  assert.deepEqual(intoDesk(map, 'Green'), ['"Green" has no place in custom_fields.a_list']);
  assert.deepEqual(intoSalesforce(map, 'gold'), ['"gold" has no place in Multi__c']);
});

test('a picklist goes to text in the words that are paired with it, or in its own', () => {
  const map = mapOf(aMapping('Picklist__c', 'custom_fields.a_string', { values: pairsOf('Gold=VIP') }));
  assert.deepEqual(intoDesk(map, 'Gold', 'Silver'), ['VIP', 'Silver']);
});

test("pairs on a standard field go first, and the standard's own for the rest", () => {
  const status = standard('Status', 'status', 'Working=pending', 'Pending=pending');
  assert.deepEqual(intoDesk(status, 'Working', 'Pending', 'New', 'Escalated'), [
    'pending',
    'pending',
    'new',
    'open',
  ]);
  assert.deepEqual(intoSalesforce(status, 'pending', 'closed'), ['Working', 'Closed']);
  const priority = standard('Priority', 'priority', 'High=10', 'Low=1');
  assert.deepEqual(intoDesk(priority, 'High', 'Medium', 'Low'), [10, 5, 1]);
  assert.deepEqual(intoSalesforce(priority, 10, 7, 5, 1), ['High', 'High', 'Medium', 'Low']);
  const origin = standard('Origin', 'type', 'Twitter=twitter');
  assert.deepEqual(intoSalesforce(origin, 'twitter', 'chat', 'email'), ['Twitter', 'Web', 'Email']);
});

test('a paired status does not make a case new again', () => {
  const status = standard('Status', 'status', 'Working=new');
  assert.equal(status.toDesk('Working', 'pending'), 'open');
  assert.equal(status.toDesk('Working', 'new'), 'new');
  const other = mapOf(aMapping('Picklist__c', 'status', { values: pairsOf('Gold=new') }));
  assert.deepEqual([other.toDesk('Gold', 'open'), other.toDesk('Gold', null)], ['open', 'new']);
});

const deskChoice = fc.constantFrom('gold', 'silver', 'bronze', 'Red', 'Red;Blue');
/** Pairs that are a map for both ways: what would cross is left out. */
const pairs = (salesforce: fc.Arbitrary<string>, desk: fc.Arbitrary<string>) =>
  fc.array(fc.record({ salesforce, desk })).map((list) => {
    const kept: typeof list = [];
    for (const pair of list) if (crossedPairs([...kept, pair]).length === 0) kept.push(pair);
    return kept;
  });

test('whatever is paired with whatever, a value that crossed comes to rest', () => {
  const inZendesk = { ...ALL_TYPES_DESCRIBES, vocabulary: ZENDESK_VOCABULARY };
  const words = (...list: string[]) => fc.constantFrom(...list);
  const cases: readonly (readonly [
    string,
    string,
    fc.Arbitrary<string>,
    fc.Arbitrary<string>,
    Describes?,
  ])[] = [
    ['Picklist__c', LIST, fc.constantFrom('Gold', 'Silver', 'Bronze'), deskChoice],
    ['Free_Picklist__c', LIST, fc.constantFrom('One', 'Two', 'Old', 'Red'), deskChoice],
    ['Multi__c', LIST, fc.constantFrom('Red', 'Blue', 'Red;Blue', 'Red;Green'), deskChoice],
    [
      'Multi__c',
      'custom_fields.a_string',
      fc.constantFrom('Red', 'Blue', 'Green'),
      fc.constantFrom('a', 'b', 'Red'),
    ],
    [
      'Status',
      'status',
      fc.constantFrom('New', 'Open', 'Pending', 'Resolved', 'Working'),
      fc.constantFrom('new', 'open', 'pending', 'resolved', 'closed'),
    ],
    ['Multi__c', 'custom_fields.a_multi', words('Red', 'Blue', 'Green'), words('red', 'blue', 'white')],
    [
      'Status',
      'status',
      words('New', 'Open', 'Pending', 'Resolved', 'Closed', 'Working'),
      // What is closed is Zendesk's own doing, and comes from there alone.
      words('new', 'open', 'pending', 'hold', 'solved'),
      inZendesk,
    ],
    [
      'Priority',
      'priority',
      words('High', 'Medium', 'Low'),
      words('urgent', 'high', 'normal', 'low'),
      inZendesk,
    ],
  ];
  for (const [field, desk, salesforceValue, deskValue, describes = ALL_TYPES_DESCRIBES] of cases)
    fc.assert(
      fc.property(pairs(salesforceValue, deskValue), salesforceValue, deskValue, (values, mine, theirs) => {
        const map = mapOf(aMapping(field, desk, { values }), describes);
        if (!map.refuses?.(mine, 'salesforce')) {
          const there = map.toDesk(mine, null);
          assert.equal(map.toDesk(map.toSalesforce(there), null), there);
        }
        if (!map.refuses?.(theirs, 'desk')) {
          const there = map.toSalesforce(theirs);
          assert.equal(map.toSalesforce(map.toDesk(there, null)), there);
        }
      }),
    );
});
