import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedField } from '../config/describes.fixture.ts';
import { shownValue } from './shownValue.ts';

const shown = (type: string, value: unknown, more: Parameters<typeof typedField>[2] = {}, beside = {}) =>
  shownValue(typedField('A__c', type, more), value, beside)?.text.replaceAll('\u202f', ' ') ?? null;

test('a value is shown by the type of its field', () => {
  const picklist = { values: ['a', 'b'] };
  for (const [type, value, text, more] of [
    ['boolean', true, 'Yes'],
    ['boolean', false, 'No'],
    ['date', '2027-03-01', 'Mar 1, 2027'],
    ['datetime', '2027-03-01T14:05:00.000+0000', 'Mar 1, 2027, 2:05 PM UTC'],
    ['currency', 1234.5, '1,234.50', { scale: 2 }],
    ['percent', 12.5, '12.5 %', { scale: 2 }],
    ['int', 12_345, '12,345'],
    ['double', 0.125, '0.13', { scale: 2 }],
    ['picklist', 'a', 'a', picklist],
    ['multipicklist', 'a;b', 'a, b', picklist],
    ['time', '09:30:00.000Z', '09:30'],
    ['string', ' words ', 'words'],
    ['textarea', '<p>One</p><p>Two</p>', 'One\nTwo', { htmlFormatted: true }],
    ['address', { city: 'London', street: '1 Road', latitude: 51, country: null }, '1 Road, London'],
    ['location', { latitude: 51.5, longitude: -0.1 }, '51.5, -0.1'],
  ] as const)
    assert.equal(shown(type, value, more), text, type);
});

test('a picklist shows its label, a lookup the name of its record, and an amount its currency', () => {
  const field = {
    ...typedField('A__c', 'picklist'),
    picklistValues: [{ value: 'hw', label: 'Hardware', active: false }],
  };
  assert.deepEqual(shownValue(field, 'hw'), { kind: 'text', text: 'Hardware' });
  assert.equal(shown('reference', '0019X0000000001QAA', {}, { name: 'Acme' }), 'Acme');
  assert.equal(shown('reference', '0019X0000000001QAA'), null);
  assert.equal(shown('currency', 5, { scale: 2 }, { currency: 'EUR' }), 'EUR 5.00');
});

test('what is empty is not shown, and what is no value of its type is shown as it is', () => {
  for (const value of [null, undefined, '', ' ']) assert.equal(shown('string', value), null);
  assert.equal(shown('date', 'someday'), 'someday');
  assert.equal(shown('currency', '***'), '***');
});
