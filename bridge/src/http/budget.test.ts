import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget, type Clock } from './budget.ts';

/** A clock that jumps over every wait and remembers it. */
function jumpingClock(): Clock & { waited: number[]; time: number } {
  const clock = {
    time: 0,
    waited: [] as number[],
    now: () => clock.time,
    wait: (ms: number) => {
      clock.waited.push(ms);
      clock.time += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

test('a limit that Desk has told is never used up: it waits for the next window instead', async () => {
  const clock = jumpingClock();
  const budget = new Budget(clock);
  let used = 0;
  let window = 0;
  for (let request = 0; request < 1_000; request += 1) {
    await budget.take();
    if (Math.floor(clock.time / 60_000) !== window) {
      window = Math.floor(clock.time / 60_000);
      used = 0;
    }
    used += 1;
    assert.ok(used <= 120, `request ${used} in one minute`);
    budget.correct(120, 120 - used, 60 - (clock.time % 60_000) / 1_000);
  }
  assert.ok(clock.waited.length > 0);
});

test('what other clients of the site use is left to them', async () => {
  const clock = jumpingClock();
  const budget = new Budget(clock);
  await budget.take();
  budget.correct(100, 3, 20);
  await budget.take();
  assert.deepEqual(clock.waited, [20_000]);
});

test('answers without figures change nothing', async () => {
  const clock = jumpingClock();
  const budget = new Budget(clock);
  await budget.take();
  budget.correct(Number.NaN, Number.NaN, Number.NaN);
  await budget.take();
  assert.deepEqual(clock.waited, []);
});

test('bridges that share the limit stay below it together, before any answer has told them of each other', async () => {
  const clock = jumpingClock();
  const budgets = [new Budget(clock), new Budget(clock), new Budget(clock)];
  for (const budget of budgets) {
    budget.shareAmong(3);
    budget.correct(300, 300, 60);
  }
  let sent = 0;
  while (clock.waited.length === 0) {
    for (const budget of budgets) {
      await budget.take();
      if (clock.waited.length === 0) sent += 1;
    }
  }
  assert.ok(sent > 250 && sent <= 300, `${sent} in the first minute`);
});

test('headers that cannot be meant hold up no request', async () => {
  const clock = { now: () => 0, wait: () => Promise.reject(new Error('it waits')) };
  for (const [limit, remaining, reset] of [
    [300, 0, 1e99],
    [300, 0, -1],
    [300, 0, 3_601],
    [-5, 0, 60],
  ] as const) {
    const budget = new Budget(clock);
    budget.correct(limit, remaining, reset);
    await budget.take();
  }
});
