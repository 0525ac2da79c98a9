import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { STEPS } from '../crash/steps.ts';

const page = readFileSync(new URL('../../docs/crash-matrix.md', import.meta.url), 'utf8');
const [embedded = ''] = page.split('## Two bridges');

/** Cells of the rows of the first table. */
const rows = embedded
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test('the crash matrix in the docs has each place of each step that bridges are killed at', () => {
  const places = Object.entries(STEPS).flatMap(([step, of]) => of.map(() => step));
  assert.deepEqual(
    rows.map(([step]) => step),
    [...places, 'any time'],
  );
});

test('the crash matrix in the docs tells of a thousand kills, none with a loss', () => {
  const [, total] = /^\*\*(\d+) kills: 0 lost, 0 doubled\.\*\*$/m.exec(page) ?? [];
  assert.ok(Number(total) >= 1_000, total);
  for (const [step, place, kills, lost, doubled] of rows)
    assert.deepEqual([Number(kills) > 0, lost, doubled], [true, '0', '0'], `${step} ${place}`);
});
