import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../support/random.ts';
import { flatness, growth, median } from './flatness.ts';
import { BOUNDS } from './samples.ts';

const MB = 1e6;
/** Half an hour, a sample each 15 s. */
const run = (at: (minute: number) => number) => Array.from({ length: 120 }, (_, index) => at(index / 4));
const random = randomFrom(1);
/** A heap that fills and is emptied again, never at the same height. */
const sawtooth = (minute: number) => 60 * MB + ((minute * 60) % 37) * MB + random() * 5 * MB;

test('a heap that goes up and down is flat', () => {
  assert.equal(flatness(run(sawtooth), BOUNDS.heap).isFlat, true);
});

test('a leak of some megabytes a minute is seen through the ups and downs', () => {
  const leak = run((minute) => sawtooth(minute) + minute * 2.5 * MB);
  const { isFlat, second, last } = flatness(leak, BOUNDS.heap);
  assert.equal(isFlat, false);
  assert.ok(last - second > 20 * MB);
  assert.ok(Math.abs(growth(leak) * 4 - 2.5 * MB) < 0.2 * MB);
});

test('a leak of one handle a minute is seen, and a few sockets more are none', () => {
  assert.equal(
    flatness(
      run((minute) => 40 + (minute < 20 ? 0 : 4)),
      BOUNDS.files,
    ).isFlat,
    true,
  );
  assert.equal(
    flatness(
      run((minute) => 40 + Math.floor(minute)),
      BOUNDS.files,
    ).isFlat,
    false,
  );
});

test('what is taken while a run gets warm is no leak', () => {
  const warm = run((minute) => 80 * MB + Math.min(minute, 10) * 10 * MB);
  assert.equal(flatness(warm, BOUNDS.memory).isFlat, true);
  assert.equal(growth(warm), 0);
});

test('one peak is no leak', () => {
  const peak = run((minute) => (minute === 25 ? 900 * MB : 80 * MB));
  assert.equal(flatness(peak, BOUNDS.memory).isFlat, true);
  assert.equal(growth(peak), 0);
});

test('what rises once and stays up is seen', () => {
  const step = run((minute) => (minute < 20 ? 100 * MB : 125 * MB));
  assert.equal(flatness(step, BOUNDS.memory).isFlat, false);
});

test('a run of too few samples is not judged', () => {
  assert.throws(() => flatness([1, 1, 1, 1, 1, 1, 1, 1], BOUNDS.files), /8 samples are too few/);
});

test('the median lies in the middle, and that of nothing is 0', () => {
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 3, 2]), median([])], [2, 2.5, 0]);
});
