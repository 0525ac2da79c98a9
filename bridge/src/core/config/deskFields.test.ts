import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCustomer, DeskRecord } from '../../ports/helpDesk.ts';
import type { DeskDraft } from '../fieldMap.ts';
import type { Value } from '../values.ts';
import { ALL_TYPES_DESCRIBES } from './allTypes.fixture.ts';
import { deskFields } from './deskFields.ts';
import { A_CASE } from './mapped.fixture.ts';

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
  assert.deepEqual(
    [read('a_decimal', 1.5), read('a_decimal', '1.50'), read('a_decimal', '10')],
    ['1.5', '1.5', '10'],
  );
  assert.deepEqual([read('a_multi', 'white;blue'), read('a_multi', '')], ['blue;white', null]);
  assert.equal(read('a_date', '2026-01-31T00:00:00Z'), '2026-01-31');
  assert.equal(field('a_string')?.read(A_CASE), null);
  assert.equal(field('unused'), undefined);
  const draft: DeskDraft = {};
  field('a_string')?.write(draft, 'x', null);
  field('a_date')?.write(draft, null, null);
  assert.deepEqual(draft, { customFields: { a_string: 'x', a_date: null } });
});
