import assert from 'node:assert/strict';
import { test } from 'node:test';
import { affordable, oneMoreNews, PRIORITY, sweepPause, type ToldNews } from './spending.ts';

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

test('news of the bridge take a tenth of the daily calls at most, and have as many again on the next day', () => {
  const tell = (from: ToldNews, now: number) => {
    let told = from;
    for (;;) {
      const more = oneMoreNews(told, now, 50);
      if (more === null) return told;
      told = more;
    }
  };
  const noon = Date.UTC(2026, 0, 1, 12);
  const today = tell({ day: 0, count: 0 }, noon);
  assert.equal(today.count, 5);
  assert.equal(oneMoreNews(today, noon + 11 * 3_600_000, 50), null);
  assert.equal(tell(today, noon + 12 * 3_600_000).count, 5);
  assert.equal(oneMoreNews({ ...today, count: 1e6 }, noon, null)?.count, 1e6 + 1);
});

test('without streams, looking for changes takes a fifth of the daily calls at most, and is done every five minutes at least', () => {
  const at = (calls: number | null) => Math.round(sweepPause(10_000, 300_000, calls) / 1_000);
  assert.deepEqual([at(null), at(1_000_000), at(100_000), at(25_000), at(5_000)], [10, 10, 52, 207, 300]);
});
