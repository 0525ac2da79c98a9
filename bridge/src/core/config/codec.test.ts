import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Value } from '../values.ts';
import { codecOf, type Coded } from './codec.ts';
import type { DeskType, SalesforceField } from './describes.ts';
import { aField } from './describes.fixture.ts';

const LIST = ['Hardware', 'Software', 'A;B'];
const FIELDS: readonly (readonly [string, SalesforceField, DeskType, fc.Arbitrary<Value>])[] = [
  ['Text', aField('A', 'string', { length: 20 }), 'string', fc.string({ minLength: 1, maxLength: 20 })],
  ['Text Area (Long)', aField('A', 'textarea', { length: 500 }), 'string', fc.string({ maxLength: 400 })],
  ['Checkbox', aField('A', 'boolean'), 'boolean', fc.boolean()],
  ['Date', aField('A', 'date'), 'date', someTime().map((time) => time.slice(0, 10))],
  ['Date/Time', aField('A', 'datetime'), 'string', someTime().map((time) => `${time.slice(0, 19)}.000+0000`)],
  [
    'Number',
    aField('A', 'double', { precision: 9, scale: 3 }),
    'string',
    fc.integer({ min: -999_999_999, max: 999_999_999 }).map((number) => number / 1_000),
  ],
  ['Number, whole', aField('A', 'int'), 'integer', fc.integer({ min: -999_999_999, max: 999_999_999 })],
  [
    'Currency',
    aField('A', 'currency', { precision: 18, scale: 2 }),
    'string',
    fc.integer().map((n) => n / 100),
  ],
  [
    'Percent',
    aField('A', 'percent', { precision: 5, scale: 2 }),
    'string',
    fc.constantFrom(0, 12.5, 100, -1.25),
  ],
  ['Email', aField('A', 'email', { length: 80 }), 'string', fc.constantFrom('a@b.test', 'x.y+z@mail.test')],
  ['Phone', aField('A', 'phone', { length: 40 }), 'string', fc.constantFrom('+1 (415) 555-0100', '911')],
  ['URL', aField('A', 'url', { length: 255 }), 'string', fc.webUrl()],
  [
    'Picklist',
    aField('A', 'picklist', { values: ['Hardware', 'Software', 'Other'], restrictedPicklist: true }),
    'list',
    fc.constantFrom('Hardware', 'Software', 'Other'),
  ],
  [
    'Picklist (Multi-Select)',
    aField('A', 'multipicklist', { values: ['B', 'A', 'C'], restrictedPicklist: true }),
    'string',
    fc.subarray(['B', 'A', 'C'], { minLength: 1 }).map((chosen) => chosen.join(';')),
  ],
  [
    'Picklist (Multi-Select) to list',
    aField('A', 'multipicklist', { values: ['A', 'B'], restrictedPicklist: true }),
    'list',
    fc.subarray(['A', 'B'], { minLength: 1 }).map((chosen) => chosen.join(';')),
  ],
];

function someTime(): fc.Arbitrary<string> {
  return fc
    .date({
      min: new Date('1700-01-01T00:00:00Z'),
      max: new Date('3999-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString());
}
const valueOf = (coded: Coded) => ('value' in coded ? coded.value : undefined);

for (const [name, field, type, values] of FIELDS) {
  const codec = codecOf(field, { type, choices: LIST }, []);

  test(`${name}: what crosses to Desk and back is what it was, and so is what crosses back again`, () => {
    fc.assert(
      fc.property(fc.option(values), (value) => {
        // Salesforce keeps no text that is empty or has blanks at its ends.
        const mine = typeof value === 'string' ? value.trim() || null : value;
        const there = valueOf(codec.toDesk(mine));
        if (there === undefined) return;
        const back = valueOf(codec.toSalesforce(there));
        if (field.type === 'boolean' && mine === null) return;
        assert.deepEqual(back, mine);
        assert.deepEqual(valueOf(codec.toDesk(back ?? null)), there);
      }),
    );
  });

  test(`${name}: whatever Desk holds crosses and comes back to rest, or says why it does not cross`, () => {
    const anything = fc.option(fc.oneof(fc.string({ maxLength: 30 }), values.map(String)));
    fc.assert(
      fc.property(anything, (given) => {
        const value = type === 'boolean' ? given === 'true' : given;
        const coded = codec.toSalesforce(value);
        if ('refused' in coded) {
          assert.ok(coded.refused.length > 5);
          return;
        }
        const again = valueOf(codec.toDesk(coded.value));
        if (again === undefined) return;
        const rest = codec.toSalesforce(again);
        assert.deepEqual(valueOf(rest), coded.value, 'a second round changes nothing');
      }),
    );
  });
}

const REFUSED: readonly (readonly [SalesforceField, DeskType, Value, RegExp])[] = [
  [aField('A', 'double', { precision: 5, scale: 2 }), 'string', 'many', /no number/],
  [aField('A', 'double', { precision: 5, scale: 2 }), 'string', '1.234', /2 decimals/],
  [aField('A', 'double', { precision: 5, scale: 2 }), 'string', '1234', /3 digits/],
  [aField('A', 'date'), 'date', '2026-02-30', /no such date/],
  [aField('A', 'date'), 'date', '1066-10-14', /no such date/],
  [aField('A', 'datetime'), 'string', '2026-01-01 08:00', /no time/],
  [aField('A', 'email', { length: 80 }), 'string', 'nobody', /no e-mail/],
  [aField('A', 'picklist', { values: ['A'], restrictedPicklist: true }), 'list', 'B', /no such value/],
];

test("a value of Desk's that Salesforce cannot hold is refused with the reason", () => {
  for (const [field, type, value, reason] of REFUSED) {
    const coded = codecOf(field, { type, choices: [] }, []).toSalesforce(value);
    assert.match('refused' in coded ? coded.refused : JSON.stringify(coded), reason);
  }
  const list = codecOf(aField('A', 'picklist', { values: ['A'] }), { type: 'list', choices: ['B'] }, []);
  assert.deepEqual(list.toDesk('A'), { refused: "Desk's list has no such choice" });
});

test('a value map says values in the words of the other side, and a value without a place stays', () => {
  const field = aField('A', 'picklist', { values: ['Hard', 'Soft', 'Odd'] });
  const codec = codecOf(field, { type: 'list', choices: ['hardware', 'device', 'software'] }, [
    { salesforce: 'Hard', desk: 'hardware' },
    { salesforce: 'Hard', desk: 'device' },
    { salesforce: 'Soft', desk: 'software' },
  ]);
  assert.deepEqual(codec.toDesk('hard'), { value: 'hardware' });
  assert.deepEqual(codec.toSalesforce('Device'), { value: 'Hard' });
  assert.deepEqual(codec.toDesk('Odd'), { refused: 'the value map has no place for it' });
  assert.deepEqual([codec.toDesk(null), codec.toSalesforce(null)], [{ value: null }, { value: null }]);
});

test('formatted text goes to Desk as its words', () => {
  const rich = aField('A', 'textarea', { length: 500, htmlFormatted: true });
  const codec = codecOf(rich, { type: 'string', choices: [] }, []);
  assert.deepEqual(codec.toDesk('<p>Hot &amp; <b>cold</b></p><p>x<br>y</p>'), { value: 'Hot & cold\nx\ny' });
});
