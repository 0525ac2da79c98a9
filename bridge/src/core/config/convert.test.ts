import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from '../values.ts';
import { aMapping, mapOf } from './mapped.fixture.ts';

const STRING = 'custom_fields.a_string';

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

test('text is cut where the field ends, and never within a letter', () => {
  const map = mapOf(aMapping('Text__c', STRING));
  assert.equal(map.toSalesforce(`${'x'.repeat(79)}😀`), 'x'.repeat(79));
  assert.equal(map.toSalesforce(`${'x'.repeat(78)}😀y`), `${'x'.repeat(78)}😀`);
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
