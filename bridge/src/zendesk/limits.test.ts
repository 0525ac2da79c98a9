import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Limits } from './limits.ts';

let time = 0;
const open = () => {
  time = 1_000_000;
  return new Limits(() => time);
};

test('in no minute, wherever it begins, is more taken than the limit', () => {
  const limits = open();
  const taken: number[] = [];
  for (let second = 0; second < 300; second += 1) {
    time += 1_000;
    if (limits.take('exports')) taken.push(time);
  }
  for (const from of taken)
    assert.ok(taken.filter((at) => at >= from && at < from + 60_000).length <= 10, String(from));
  assert.ok(taken.length >= 48, String(taken.length));
});

test('what is to be left is left, and it is told how long to wait', () => {
  const limits = open();
  for (let use = 0; use < 6; use += 1) assert.ok(limits.take('exports', 1, 4));
  assert.ok(!limits.take('exports', 1, 4));
  assert.ok(limits.take('exports'));
  const pause = limits.pause('exports');
  time += pause;
  assert.ok(limits.take('exports', 1, 4));
  assert.ok(pause > 59_000 && pause <= 60_001);
});

test('bridges take equal parts of a limit, but for the exports, which one of them reads', () => {
  const limits = open();
  limits.shareAmong(4);
  assert.deepEqual(
    [limits.take('user'), limits.take('user'), limits.take('ticket', 25)],
    [true, false, true],
  );
  assert.ok(!limits.take('ticket'));
  assert.ok(limits.take('exports', 10));
  limits.shareAmong(6);
  time += 60_001;
  assert.ok(!limits.take('organization'), 'less than one each is none');
});

test('a ticket that had its thirty updates waits until the first of them is ten minutes old', () => {
  const limits = open();
  for (let use = 0; use < 30; use += 1) {
    assert.equal(limits.takeTicket('1'), 0);
    time += 1_000;
  }
  assert.equal(limits.takeTicket('1'), 570_001);
  assert.equal(limits.takeTicket('2'), 0);
  time += 570_001;
  assert.equal(limits.takeTicket('1'), 0);
});
