import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WidgetAnswer } from './readWidget.ts';
import { cachedWidget } from './widgetCache.ts';

const SHOWN: WidgetAnswer = { shown: true, view: { groups: [], readAt: 0 } };
const refusalOf = (answer: WidgetAnswer) => (answer.shown ? null : answer.refusal);

function cache({ max = 240_000, patienceMs = 60_000 } = {}) {
  const reads: string[] = [];
  const held: (() => void)[] = [];
  const clock = { at: 0, isHeld: false };
  const read = cachedWidget({
    read: (caseId) => {
      reads.push(caseId);
      if (!clock.isHeld) return Promise.resolve(SHOWN);
      return new Promise((resolve) => held.push(() => resolve(SHOWN)));
    },
    usage: () => ({ used: 0, max }),
    now: () => clock.at,
    patienceMs,
  });
  return { read, reads, clock, release: () => held.forEach((one) => one()) };
}

test('a case is read once for all who open it within ten seconds, and anew after them', async () => {
  const { read, reads, clock, release } = cache();
  clock.isHeld = true;
  const both = Promise.all([read('1'), read('1')]);
  release();
  assert.deepEqual(await both, [SHOWN, SHOWN]);
  clock.isHeld = false;
  clock.at = 9_999;
  await read('1');
  assert.deepEqual(reads, ['1']);
  clock.at = 10_000;
  await read('1');
  assert.deepEqual(reads, ['1', '1']);
});

test('more than eight reads at once are put off, and go on when those are over', async () => {
  const { read, clock, release } = cache();
  clock.isHeld = true;
  const eight = Array.from({ length: 8 }, (_, index) => read(String(index)));
  assert.equal(refusalOf(await read('9')), 'busy');
  release();
  await Promise.all(eight);
  clock.isHeld = false;
  assert.deepEqual(await read('9'), SHOWN);
});

test('pages of many cases end at the part of the calls that is for the widget', async () => {
  const { read, reads } = cache({ max: 2_400 });
  const answers: WidgetAnswer[] = [];
  for (let index = 0; index < 15; index += 1) answers.push(await read(String(index)));
  assert.equal(reads.length, 10);
  assert.equal(refusalOf(answers[10] ?? SHOWN), 'spent');
});

test('nobody waits for a Salesforce that does not answer, and an error is not kept', async () => {
  const { read, clock, release } = cache({ patienceMs: 1 });
  clock.isHeld = true;
  assert.equal(refusalOf(await read('1')), 'noSalesforce');
  release();
  let fails = true;
  const failing = cachedWidget({
    read: () => (fails ? Promise.reject(new Error('no')) : Promise.resolve(SHOWN)),
    usage: () => null,
    now: () => 0,
  });
  await assert.rejects(failing('1'));
  fails = false;
  assert.deepEqual(await failing('1'), SHOWN);
});
