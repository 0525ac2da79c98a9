import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCustomer, DeskRecord } from '../../ports/helpDesk.ts';
import { salesforceValue, type DeskDraft } from '../fieldMap.ts';
import { STANDARD_MAPS } from '../standardMaps.ts';
import type { Value } from '../values.ts';
import { ALL_TYPES_DESCRIBES } from './allTypes.fixture.ts';
import { deskFields } from './deskFields.ts';
import { A_CASE, aMapping, configOf, mapOf, namesOf } from './mapped.fixture.ts';
import { mapsOf } from './mappingMaps.ts';
import { DEFAULT_CONFIG } from './syncConfig.ts';

const RECORD = { Id: '500000000000001AAA', SystemModstamp: '' };
const STRING = 'custom_fields.a_string';
const standardNames = STANDARD_MAPS.case.map((map) => map.name);

test('without mappings the maps are the standard ones', () => {
  assert.deepEqual(mapsOf(DEFAULT_CONFIG, ALL_TYPES_DESCRIBES), STANDARD_MAPS);
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

test('a value that cannot be said on the other side is refused with the reason', () => {
  const refused: readonly (readonly [string, string, Value, RegExp])[] = [
    ['Number__c', STRING, 'twelve', /takes a number such as/],
    ['Number__c', STRING, '1,000', /takes a number such as/],
    ['Number__c', STRING, '1e3', /takes a number such as/],
    ['Number__c', STRING, '123456', /takes 5 digits before the point/],
    ['Number__c', STRING, '1.5', /takes whole numbers/],
    ['Number__c', 'custom_fields.a_integer', '123456', /takes 5 digits/],
    ['Percent__c', STRING, '1.25', /takes 1 digits after the point/],
    ['Currency__c', STRING, '9007199254740993', /digits than can be carried exactly/],
    ['Email__c', STRING, 'Ada at home', /takes an e-mail address/],
    ['Email__c', STRING, `${'a'.repeat(80)}@b.test`, /takes 80 characters/],
    ['Phone__c', STRING, '1'.repeat(41), /takes 40 characters/],
    ['URL__c', STRING, `http://a.test/${'b'.repeat(255)}`, /takes 255 characters/],
    ['Date__c', 'custom_fields.a_date', '1066-10-14', /from 1700 to 4000/],
    ['Date_Time__c', STRING, '2026-01-31T09:00', /with its zone/],
    ['Date_Time__c', STRING, '2026-02-30T09:00:00Z', /with its zone/],
    ['Checkbox__c', 'custom_fields.a_boolean', 'perhaps', /takes yes or no/],
  ];
  for (const [salesforce, desk, value, reason] of refused) {
    const map = mapOf(aMapping(salesforce, desk));
    assert.match(map.refuses?.(value, 'desk') ?? '', reason, `${salesforce} ${String(value)}`);
    assert.equal(map.toSalesforce(value), null);
  }
});

test('numbers and moments have one form on each side', () => {
  const crossed: readonly (readonly [string, Value, Value, Value])[] = [
    ['Number__c', ' 0042 ', 42, '42'],
    ['Number__c', '-0', 0, '0'],
    ['Currency__c', '+.50', 0.5, '0.5'],
    ['Place__Latitude__s', '0.00001', 0.00001, '0.00001'],
    ['Date_Time__c', '2026-01-31 09:30+02:00', '2026-01-31T07:30:00.000+0000', '2026-01-31T07:30:00Z'],
    ['Email__c', ' Ada@Home.test', 'ada@home.test', 'ada@home.test'],
  ];
  for (const [field, theirs, mine, back] of crossed) {
    const map = mapOf(aMapping(field, STRING));
    assert.equal(map.toSalesforce(theirs), mine);
    assert.equal(map.toDesk(mine, null), back);
  }
  assert.equal(mapOf(aMapping('Fraction_Formula__c', STRING)).toDesk(1 / 3, null), '0.33');
  assert.equal(
    mapOf(aMapping('Moment_Formula__c', 'custom_fields.a_date')).toDesk('2026-01-31T23:59:59.000Z', null),
    '2026-01-31',
  );
});

test('formatted text goes to Desk as its words', () => {
  const map = mapOf(aMapping('Rich__c', STRING));
  assert.equal(
    map.toDesk(
      '<p>One &amp; <b>two</b>&nbsp;&lt;3&gt; &#8364;&#x41; &unknown;</p><ul><li>a</li><li>b</li></ul><br/>\n end<style>p{}</style>',
      null,
    ),
    'One & two <3> €A &unknown;\n- a\n- b\n\nend',
  );
  assert.equal(map.toDesk('<p><br></p>', null), null);
});

test('a side that cannot be without a value does not get an empty one', () => {
  assert.equal(
    mapOf(aMapping('Number__c', 'priority')).refuses?.(null, 'salesforce'),
    'priority cannot be empty',
  );
  assert.equal(
    mapOf(aMapping('Number__c', 'priority')).refuses?.(12, 'salesforce'),
    'a priority in Desk is a number from 1 to 10',
  );
  const name = mapOf(aMapping('Name', STRING, { pair: 'company' }));
  assert.equal(name.refuses?.(null, 'desk'), 'Name cannot be empty');
});

test('every standard field of Desk can be read and written', () => {
  const customer: DeskCustomer = {
    pair: 'customer',
    id: '3',
    updatedAt: '',
    customFields: {},
    externalId: null,
    firstName: '',
    lastName: 'B',
    title: null,
    background: null,
    emails: [{ type: 'work', value: 'a@b.test' }],
    phones: [{ type: 'fax', value: '1' }],
    companyId: null,
  };
  const drafted = (pair: DeskRecord['pair'], name: string, value: Value, record: DeskRecord | null) => {
    const field = deskFields(pair, ALL_TYPES_DESCRIBES).find((one) => one.name === name);
    const draft: DeskDraft = {};
    field?.write(draft, value, record);
    return [record && field?.read(record), draft];
  };
  assert.deepEqual(drafted('customer', 'first_name', 'A', customer), [null, { firstName: 'A' }]);
  assert.deepEqual(drafted('customer', 'emails', 'c@d.test', customer), [
    'a@b.test',
    { emails: [{ type: 'work', value: 'c@d.test' }] },
  ]);
  assert.deepEqual(drafted('customer', 'phone_numbers.fax', null, customer), ['1', { phones: [] }]);
  assert.deepEqual(drafted('case', 'priority', '7', A_CASE), ['4', { priority: 7 }]);
  assert.deepEqual(drafted('case', 'subject', null, A_CASE), ['S', { subject: '' }]);
  assert.deepEqual(drafted('company', 'name', 'N', null), [null, { name: 'N' }]);
  // A record of another pair has no such field.
  assert.deepEqual(drafted('company', 'name', 'N', A_CASE), [null, { name: 'N' }]);
});

test('custom fields of Desk are read in one form, and written beside each other', () => {
  const custom = deskFields('case', ALL_TYPES_DESCRIBES);
  const field = (name: string) => custom.find((one) => one.name === `custom_fields.${name}`);
  const read = (name: string, value: Value) =>
    field(name)?.read({ ...A_CASE, customFields: { [name]: value } });
  assert.deepEqual([read('a_integer', 7), read('a_integer', '007'), read('a_integer', '')], ['7', '7', null]);
  assert.deepEqual([read('a_boolean', 'true'), read('a_boolean', '0')], [true, false]);
  assert.equal(read('a_date', '2026-01-31T00:00:00Z'), '2026-01-31');
  assert.equal(field('a_string')?.read(A_CASE), null);
  assert.equal(field('unused'), undefined);
  const draft: DeskDraft = {};
  field('a_string')?.write(draft, 'x', null);
  field('a_date')?.write(draft, null, null);
  assert.deepEqual(draft, { customFields: { a_string: 'x', a_date: null } });
});
