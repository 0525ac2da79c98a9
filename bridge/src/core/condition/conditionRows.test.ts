import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Value } from '../values.ts';
import { compileCondition } from './compileCondition.ts';
import { fromRows, ROW_OPERATORS, toRows, type LiteralStyle } from './conditionRows.ts';
import { parseCondition } from './parseCondition.ts';

const styleOf = (field: string): LiteralStyle => (field.startsWith('Number') ? 'plain' : 'quoted');

function rowsOf(text: string) {
  const parsed = parseCondition(text);
  assert.ok(parsed.ok, text);
  return toRows(parsed.condition);
}

test('a condition is shown as the rows of a list view with their logic', () => {
  assert.deepEqual(
    rowsOf(
      "Priority IN ('High', 'Medium') AND (Subject LIKE '%fire%' OR Subject LIKE 'Urgent%') AND Number >= 3 AND NOT Type = null",
    ),
    {
      kind: 'rows',
      rows: [
        { field: 'Priority', operator: 'equals', value: 'High, Medium' },
        { field: 'Subject', operator: 'contains', value: 'fire' },
        { field: 'Subject', operator: 'starts with', value: 'Urgent' },
        { field: 'Number', operator: 'greater or equal', value: '3' },
        { field: 'Type', operator: 'equals', value: '' },
      ],
      logic: '1 AND (2 OR 3) AND 4 AND NOT 5',
    },
  );
});

test('what rows cannot say is left as text', () => {
  for (const text of ["A LIKE 'a%b'", "A LIKE '%b'", "A = ' '", "A IN ('a,b', 'c')"])
    assert.deepEqual(rowsOf(text), { kind: 'text' }, text);
});

test('rows and their logic become a condition, and quotes in them stay text', () => {
  const rows = [
    { field: 'Subject', operator: 'contains', value: "100% o'clock" },
    { field: 'Priority', operator: 'not equal to', value: 'Low' },
    { field: 'Number', operator: 'less than', value: '4' },
  ];
  assert.deepEqual(fromRows(rows, '1 AND (2 OR 3)', styleOf), {
    ok: true,
    text: "Subject LIKE '%100\\% o\\'clock%' AND (Priority != 'Low' OR Number < 4)",
  });
  const unquoted = fromRows([{ field: 'Number', operator: 'equals', value: '1 OR Id != null' }], '', styleOf);
  assert.match(unquoted.ok ? '' : unquoted.message, /Row 1: Number is not compared with 1 OR Id != null/);
});

test('rows that do not fit their logic are refused with the row', () => {
  const rows = [{ field: 'A', operator: 'equals', value: 'x' }];
  const messages = ['1 AND 2', '2', 'one', ''].map((logic) => {
    const made = fromRows(rows, logic, styleOf);
    return made.ok ? made.text : made.message;
  });
  assert.deepEqual(messages, [
    'There is no row 2.',
    'There is no row 2.',
    'The logic "one" holds something else.',
    "A = 'x'",
  ]);
  const [row] = rows;
  const unknown = fromRows([{ ...(row ?? assert.fail()), operator: 'resembles' }], '', styleOf);
  assert.match(unknown.ok ? '' : unknown.message, /Row 1: resembles is no operator/);
});

test('rows that are made a condition and shown again mean the same', () => {
  const value = fc.stringMatching(/^[a-c%_'\\ ]{1,4}$/).filter((text) => text.trim() === text && text !== '');
  const row = fc.record({
    field: fc.constantFrom('A', 'B'),
    operator: fc.constantFrom(...ROW_OPERATORS.filter((one) => !/cludes/.test(one))),
    value,
  });
  const record = fc.record({ A: fc.option(value), B: fc.option(value) });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), fc.boolean(), record, (rows, or, values) => {
      const logic = rows.map((_, index) => index + 1).join(or ? ' OR ' : ' AND ');
      const first = fromRows(rows, logic, styleOf);
      assert.ok(first.ok);
      const shown = rowsOf(first.text);
      if (shown.kind === 'text') return;
      const again = fromRows(shown.rows, shown.logic, styleOf);
      assert.ok(again.ok);
      const results = [first.text, again.text].map((text) => {
        const parsed = parseCondition(text);
        assert.ok(parsed.ok);
        const valueOf = (field: string): Value => (field === 'A' ? values.A : values.B);
        return compileCondition(parsed.condition, () => 0)(valueOf);
      });
      assert.equal(results[0], results[1], `${first.text} / ${again.text}`);
    }),
    { numRuns: 1_000 },
  );
});
