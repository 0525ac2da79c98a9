import assert from 'node:assert/strict';
import { test } from 'node:test';
import { salesforceValue } from '../fieldMap.ts';
import { DESK_VOCABULARY } from '../vocabulary/desk.ts';
import { ALL_TYPES_DESCRIBES } from './allTypes.fixture.ts';
import { aMapping, configOf, mapOf, namesOf } from './mapped.fixture.ts';
import { mapsOf } from './mappingMaps.ts';
import { DEFAULT_CONFIG } from './syncConfig.ts';

const RECORD = { Id: '500000000000001AAA', SystemModstamp: '' };
const STRING = 'custom_fields.a_string';
const standardNames = DESK_VOCABULARY.maps.case.map((map) => map.name);

test('without mappings the maps are the standard ones', () => {
  assert.deepEqual(mapsOf(DEFAULT_CONFIG, ALL_TYPES_DESCRIBES), DESK_VOCABULARY.maps);
});

test('a mapping that names a standard pair changes its direction and its owner, and nothing else', () => {
  const map = mapOf(aMapping('Subject', 'subject', { direction: 'desk-to-salesforce', owner: 'desk' }));
  assert.equal(map.name, 'subject');
  assert.deepEqual([map.direction, map.owner], ['desk-to-salesforce', 'desk']);
  assert.equal(map.toSalesforce('x'.repeat(300)), 'x'.repeat(255));
  const relation = mapOf(aMapping('ContactId', 'customer', { direction: 'salesforce-to-desk' }));
  assert.deepEqual([relation.relation, relation.direction], ['customer', 'salesforce-to-desk']);
});

test('off takes a standard map away, but for those that a record cannot be made without', () => {
  const off = (salesforce: string, desk: string) => aMapping(salesforce, desk, { direction: 'off' });
  assert.deepEqual(
    namesOf(configOf(off('description', 'DESCRIPTION'), off('Status', 'status')), 'case'),
    standardNames.filter((name) => name !== 'description'),
  );
});

test('a further mapping is a map of its own, by the spelling of both sides', () => {
  const config = configOf(
    aMapping('text__C', 'Custom_Fields.A_String', { owner: 'newest' }),
    aMapping('product__r.code__c', 'custom_fields.a_string'),
    aMapping('Picklist__c', 'custom_fields.a_list', { direction: 'off', display: true }),
  );
  assert.deepEqual(namesOf(config, 'case'), [
    ...standardNames,
    'Text__c = custom_fields.a_string',
    'Product__r.Code__c = custom_fields.a_string',
  ]);
  assert.deepEqual(namesOf(config, 'customer'), namesOf(DEFAULT_CONFIG, 'customer'));
  const map = mapsOf(config, ALL_TYPES_DESCRIBES).case.find((one) => one.salesforce === 'Text__c');
  assert.deepEqual([map?.direction, map?.owner], ['two-way', 'newest']);
});

test('a mapping that cannot be is left out, and a direction that a field does not allow is narrowed', () => {
  const left = configOf(
    aMapping('Nothing__c', STRING),
    aMapping('Text__c', 'custom_fields.nothing'),
    aMapping('Text__c', 'custom_fields.unused'),
    aMapping('Text__c', 'custom_fields.a_date'),
    aMapping('Secret__c', STRING),
    aMapping('Formula__c', STRING, { direction: 'desk-to-salesforce' }),
  );
  assert.deepEqual(namesOf(left, 'case'), standardNames);
  for (const field of ['Formula__c', 'Auto_Number__c', 'Set_Once__c', 'Product__r.Family__c'])
    assert.equal(mapOf(aMapping(field, STRING)).direction, 'salesforce-to-desk', field);
});

test("a lookup's key is read from the record that it leads to, and written whole or not at all", () => {
  const map = mapOf(aMapping('Product__r.Code__c', STRING));
  assert.equal(map.direction, 'two-way');
  assert.equal(salesforceValue(map, { ...RECORD, Product__r: { Code__c: 'P-1' } }), 'P-1');
  assert.equal(salesforceValue(map, { ...RECORD, Product__r: null }), null);
  assert.equal(map.toSalesforce(' P-1 '), 'P-1');
  assert.equal(map.refuses?.('P-123456789', 'desk'), 'Code__c takes 10 characters, and this is longer');
  assert.equal(mapOf(aMapping('Product__r.Number__c', STRING)).toSalesforce('007'), 7);
  assert.equal(mapOf(aMapping('Product__r.Serial__c', STRING)).direction, 'two-way');
  assert.equal(mapOf(aMapping('Account.Number__c', STRING)).direction, 'two-way');
});
