import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeskCase } from '../../ports/helpDesk.ts';
import type { DeskDraft, FieldMap } from '../fieldMap.ts';
import type { Value } from '../values.ts';
import { MORE_FIELDS, ONE_OF_EACH } from './allTypes.fixture.ts';
import { DESK_TYPES, type DeskType, type SalesforceField } from './describes.ts';
import { heldType, salesforceType, type SalesforceType } from './fieldTypes.ts';
import { A_CASE, aMapping, mapOf } from './mapped.fixture.ts';
import { agreement } from './typeTable.ts';

/** Text of some kinds: plain, with blanks and lines, and longer than most fields. */
const someText = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ minLength: 250, maxLength: 300 }),
  fc.constantFrom(' a ', 'a\nb', '-', '0', 'true', ';', 'Gold', 'gold', 'Red;Blue'),
);
/** As Salesforce keeps it: without blanks at the ends, never empty, no longer than the field. */
const kept = (length: number) =>
  fc.string({ maxLength: Math.min(length, 300) }).map((value) => value.trim() || 'x');
const day = fc
  .date({ min: new Date('1700-01-01'), max: new Date('4000-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const decimals = (digits: number, scale: number) =>
  fc
    .tuple(fc.integer({ min: -(10 ** digits) + 1, max: 10 ** digits - 1 }), fc.nat(10 ** scale - 1))
    .map(([whole, fraction]) => Number(`${whole}.${fraction}`));

/** Values as Salesforce holds them. */
function inSalesforce(field: SalesforceField): fc.Arbitrary<Value> {
  const active = field.picklistValues.filter((one) => one.active).map((one) => one.value);
  const { length, precision, scale } = field;
  const number = () => decimals(Math.min(precision - scale, 12), scale);
  const byType: Partial<Record<SalesforceType, () => fc.Arbitrary<Value>>> = {
    Picklist: () => fc.constantFrom(...active, 'x'),
    Checkbox: () => fc.boolean(),
    Date: () => day.map((iso) => iso.slice(0, 10)),
    'Date/Time': () => day.map((iso) => `${iso.slice(0, 19)}.000+0000`),
    Currency: number,
    Number: number,
    Percent: number,
    Email: () => fc.stringMatching(/^[a-z]{1,9}@[a-z]{1,9}\.test$/),
    'Picklist (Multi-Select)': () =>
      fc
        .subarray(active, { minLength: 1 })
        .map((values) => active.filter((value) => values.includes(value)).join(';')),
  };
  const type = heldType(field);
  const values = type === 'other' ? kept(length) : (byType[type]?.() ?? kept(length));
  return type === 'Checkbox' ? values : fc.option(values, { nil: null });
}

/** Values as Desk may hold them: what fits the type, and for text anything. */
function inDesk(type: DeskType): fc.Arbitrary<Value> {
  const byType: Record<DeskType, fc.Arbitrary<Value>> = {
    string: fc.oneof(
      someText,
      fc.stringMatching(/^ ?[+-]?0{0,2}\d{0,19}(\.\d{0,4})?$/),
      day,
      fc.stringMatching(/^2026-0[1-9]-1\d[T ]0\d:3\d(:1\d)?(Z|[+-]0\d:?30)$/),
      fc.emailAddress(),
      fc.subarray(['red', 'Green', ' Blue', 'Red', 'Old Grey']).map((values) => values.join(';')),
    ),
    boolean: fc.boolean(),
    integer: fc.oneof(fc.integer().map(String), fc.stringMatching(/^-?\d{1,19}$/)),
    decimal: fc.oneof(fc.integer().map(String), fc.stringMatching(/^-?\d{1,12}\.\d{1,4}$/)),
    date: fc.oneof(
      day.map((iso) => iso.slice(0, 10)),
      fc.constantFrom('0001-01-01', '2026-02-30'),
    ),
    list: fc.constantFrom('gold', 'silver', 'bronze', 'Red', 'Red;Blue'),
    multi: fc.subarray(['blue', 'red', 'white'], { minLength: 1 }).map((values) => values.join(';')),
    other: someText,
  };
  return fc.option(byType[type], { nil: null });
}

/** What Desk holds once a value was written. */
function written(map: FieldMap, value: Value): Value {
  const draft: DeskDraft = {};
  map.write(draft, value, A_CASE);
  const record: DeskCase = { ...A_CASE, customFields: draft.customFields ?? {} };
  return map.deskValue(record);
}

const CARRIED = [...Object.values(ONE_OF_EACH), ...Object.values(MORE_FIELDS)].flatMap((field) =>
  DESK_TYPES.map((desk) => ({ field, desk, agreed: agreement(field, desk) })),
);
const BOTH = CARRIED.filter(({ agreed }) => agreed.carried === 'both');
const mapFor = (field: SalesforceField, desk: DeskType) =>
  mapOf(aMapping(field.name, `custom_fields.a_${desk}`));

for (const { field, desk } of BOTH)
  test(`a ${salesforceType(field)} (${field.name}) comes back from a ${desk} as it went, and stays`, () => {
    const map = mapFor(field, desk);
    fc.assert(
      fc.property(inSalesforce(field), (value) => {
        if (map.refuses?.(value, 'salesforce') !== null) return;
        const there = map.toDesk(value, null);
        assert.equal(written(map, there), there);
        assert.equal(map.refuses?.(there, 'desk'), null);
        const back = map.toSalesforce(there);
        assert.equal(back, value);
        assert.equal(map.toDesk(back, there), there);
      }),
    );
  });

for (const { field, desk, agreed } of BOTH)
  test(`what a ${desk} says to a ${salesforceType(field)} (${field.name}) comes to rest`, () => {
    const map = mapFor(field, desk);
    fc.assert(
      fc.property(inDesk(desk), (value) => {
        if (map.refuses?.(value, 'desk') !== null) return;
        const there = map.toSalesforce(value);
        assert.equal(map.refuses?.(there, 'salesforce'), null);
        const back = map.toDesk(there, value);
        assert.equal(written(map, back), back);
        assert.equal(map.refuses?.(back, 'desk'), null);
        assert.equal(map.toSalesforce(back), there);
        assert.equal(map.toDesk(map.toSalesforce(back), back), back);
        const lossless = agreed.carried === 'both' && agreed.loss === null;
        const whole = typeof value !== 'string' || (value !== '' && value.length <= (field.length || 10));
        if (lossless && whole) assert.equal(back, typeof value === 'string' ? value.trim() || null : value);
      }),
    );
  });

for (const { field, desk } of CARRIED.filter(({ agreed }) => agreed.carried === 'to-desk'))
  test(`a ${salesforceType(field)} (${field.name}) is said in a ${desk}, and nothing comes back`, () => {
    const map = mapFor(field, desk);
    assert.equal(map.direction, 'salesforce-to-desk');
    fc.assert(
      fc.property(inSalesforce(field), (value) => {
        if (map.refuses?.(value, 'salesforce') !== null) return;
        const there = map.toDesk(value, null);
        assert.equal(written(map, there), there);
      }),
    );
  });

test('empty is empty on both sides, but for a checkbox, which is unchecked', () => {
  for (const { field, desk, agreed } of CARRIED) {
    if (agreed.carried === 'no') continue;
    const map = mapFor(field, desk);
    const checkbox = field.type === 'boolean';
    assert.equal(map.toDesk(null, null), checkbox ? false : null, field.name);
    if (agreed.carried === 'both') assert.equal(map.toSalesforce(null), checkbox ? false : null, field.name);
    assert.equal(map.refuses?.(null, 'salesforce'), null, field.name);
  }
});
