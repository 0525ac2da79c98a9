import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanes } from './inLanes.ts';

test('what came of each is in the order of the items, and no more are under way than there are lanes', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  let open = 0;
  const all = inLanes([1, 2, 3, 4, 5], 2, async (item) => {
    open += 1;
    most = Math.max(most, open);
    await new Promise<void>((resolve) => waiting.push(resolve));
    open -= 1;
    return item * 10;
  });
  // The newest first, so that they end in another order than they began.
  for (let turn = 0; turn < 5; turn += 1) {
    waiting.pop()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(await all, [10, 20, 30, 40, 50]);
  assert.equal(most, 2);
});

test('the first error is thrown, and nothing begins after it', async () => {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await Promise.resolve();
    if (item === 1) throw new Error('one');
  };
  await assert.rejects(inLanes([1, 2, 3, 4], 2, work), /one/);
  assert.deepEqual(begun, [1, 2]);
});
