import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLists, literal } from './soql.ts';

test('whatever a text holds, it stays one literal', () => {
  assert.equal(literal("O'Hara"), "'O\\'Hara'");
  assert.equal(literal("' OR Id != null OR Name = '"), "'\\' OR Id != null OR Name = \\''");
  assert.equal(literal('back\\slash\nline'), "'back\\\\slash\\nline'");
});

test('a list for IN has at most 200 values, each once, and a query stays short enough', () => {
  const ids = Array.from({ length: 450 }, (_, index) => `500${String(index).padStart(15, '0')}`);
  assert.deepEqual(
    inLists([...ids, ...ids]).map((list) => list.split(',').length),
    [200, 200, 50],
  );
  const long = Array.from({ length: 20 }, (_, index) => `${index}${'x'.repeat(2_000)}`);
  assert.ok(inLists(long).every((list) => list.length < 12_100));
  assert.deepEqual(inLists([]), []);
});
