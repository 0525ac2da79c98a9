import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowanceAt, whySpent, type Allowance } from './allowance.ts';

const HOUR = 3_600_000;
const org = (used: number) => ({ used, max: 24_000 });

test('a flood of pages takes a tenth of a day of calls at most, and an hour of it at once', () => {
  let reads = 0;
  let allowance: Allowance | null = null;
  for (let second = 0; second < 24 * 3_600; second += 1) {
    allowance = allowanceAt(allowance, org(0), second * 1_000);
    while (whySpent(allowance, org(0)) === null) {
      allowance = { ...allowance, left: allowance.left - 1 };
      reads += 1;
    }
    if (second === 0) assert.equal(reads, 100);
  }
  assert.ok(reads > 2_400 && reads <= 2_500, String(reads));
});

test('what nobody uses is not saved for longer than an hour', () => {
  const { left } = allowanceAt({ left: 0, at: 0 }, org(0), 48 * HOUR);
  assert.equal(left, 100);
  assert.equal(allowanceAt({ left: 5, at: HOUR }, org(0), 0).left, 5);
});

test('the last tenth of the day is for the sync', () => {
  const full = allowanceAt(null, org(0), 0);
  assert.equal(whySpent(full, org(21_599)), null);
  assert.equal(whySpent(full, org(21_600)), 'day');
  assert.equal(whySpent(full, null), null);
});
