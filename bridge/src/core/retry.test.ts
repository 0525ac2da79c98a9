import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from './failure.ts';
import { retryDelay } from './retry.ts';

const network: Failure = { class: 'network', code: 'ECONNRESET', message: '' };

test('what trying again cannot help is not tried again', () => {
  assert.equal(
    retryDelay({ class: 'validation', code: 'REQUIRED_FIELD_MISSING', message: '' }, 1, 0.5),
    null,
  );
});

test('rights that were taken away are looked for again, though seldom', () => {
  assert.equal(
    retryDelay({ class: 'permission', code: 'INSUFFICIENT_ACCESS', message: '' }, 9, 0.5),
    900_000,
  );
});

test('what looks like a bug is tried again a few times', () => {
  const bug: Failure = { class: 'bug', code: 'UNEXPECTED_ANSWER', message: '' };
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((attempts) => retryDelay(bug, attempts, 1)),
    [1_000, 2_000, 4_000, 8_000, null],
  );
});

test('pauses double up to a quarter of an hour', () => {
  assert.equal(retryDelay(network, 1, 1), 1_000);
  assert.equal(retryDelay(network, 4, 1), 8_000);
  assert.equal(retryDelay(network, 50, 1), 900_000);
});

test('a pause that the other side asked for is kept', () => {
  assert.equal(retryDelay({ ...network, class: 'rateLimit', retryAfterMs: 42_000 }, 1, 0), 42_000);
});
