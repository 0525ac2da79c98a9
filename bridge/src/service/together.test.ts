import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { together } from './together.ts';

test('where one part fails, the others come to their end before its error is thrown', async () => {
  const order: string[] = [];
  const slow = async (end: AbortSignal) => {
    await once(end, 'abort');
    await new Promise(setImmediate);
    order.push('the other ended');
  };
  await assert.rejects(
    together(new AbortController().signal, (end) => [slow(end), Promise.reject(new Error('broken'))]),
    /broken/,
  );
  assert.deepEqual(order, ['the other ended']);
});

test('parts that are asked to end from outside end without an error', async () => {
  const stop = new AbortController();
  const over = together(stop.signal, (end) => [once(end, 'abort').then(() => undefined)]);
  stop.abort();
  await over;
});
