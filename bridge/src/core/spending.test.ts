import assert from 'node:assert/strict';
import { test } from 'node:test';
import { affordable, PRIORITY } from './spending.ts';

const at = (used: number) => affordable({ used, max: 1_000 });

test('a full sync stops at 75 % of the daily calls, retries at 90 %, live changes never', () => {
  assert.deepEqual([at(0), at(749)], [PRIORITY.full, PRIORITY.full]);
  assert.deepEqual([at(750), at(899)], [PRIORITY.retry, PRIORITY.retry]);
  assert.deepEqual([at(900), at(1_000), at(1_200)], [PRIORITY.live, PRIORITY.live, PRIORITY.live]);
});

test('an org that has not told its usage yet holds nothing up', () => {
  assert.equal(affordable(null), PRIORITY.full);
  assert.equal(affordable({ used: 0, max: 0 }), PRIORITY.full);
});
