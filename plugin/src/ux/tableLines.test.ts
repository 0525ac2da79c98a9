import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { Ux } from '@salesforce/sf-plugins-core';
import fc from 'fast-check';
import { tableLines, type TableRow } from './tableLines.ts';

const plainly = (rows: readonly TableRow[], width: number, isPlain = false) =>
  tableLines(rows, width, isPlain).map((line) => stripVTControlCharacters(line));

/** The same by the framework, on a terminal of that many columns. */
function byFramework(rows: readonly TableRow[], width: number): string[] {
  process.env['OCLIF_TABLE_COLUMN_OVERRIDE'] = String(width);
  const drawn = new Ux().makeTable({ data: rows.map((row) => ({ ...row })), overflow: 'wrap' });
  delete process.env['OCLIF_TABLE_COLUMN_OVERRIDE'];
  return stripVTControlCharacters(drawn).split('\n');
}

const word = fc.stringMatching(/^[A-Za-z_.]{1,28}$/);
const cell = fc.oneof(
  fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
  fc.nat(99_999),
  fc.constantFrom('Größe', '高い 優先度', '製品ファミリーとリリース'),
);
const table = fc.array(
  fc.record(
    { pair: cell, inDesk: cell, 'wins conflicts': cell, goes: cell },
    { requiredKeys: ['pair', 'goes'] },
  ),
  { minLength: 1, maxLength: 5 },
);

test('a table is what the framework draws, at any width', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 50, max: 120 }), (rows, width) => {
      assert.deepEqual(plainly(rows, width), byFramework(rows, width));
    }),
    { numRuns: 30 },
  );
});

test('a pipe gets lines as long as they are; a pipeline gets them without a frame', () => {
  const rows = [{ pair: 'case', inDesk: 'create, update'.repeat(20) }, { pair: 'customer' }];
  assert.equal(plainly(rows, Infinity).length, 7);
  assert.deepEqual(plainly([{ pair: 'case', inDesk: 'create' }, { pair: 'customer' }], Infinity, true), [
    ' Pair      In Desk ',
    '-------------------',
    ' case      create  ',
    ' customer          ',
    '',
  ]);
  assert.deepEqual(plainly([], 80), []);
});

test('what a side says gives the terminal no orders in a table', () => {
  assert.match(plainly([{ desk: 'all\u001B[2J is\twell\u0007' }], 80).join('\n'), /│ all is well +│/);
});
