import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLists, literal, roomFor } from './soql.ts';

test('whatever a text holds, it stays one literal', () => {
  assert.equal(literal("O'Hara"), "'O\\'Hara'");
  assert.equal(literal("' OR Id != null OR Name = '"), "'\\' OR Id != null OR Name = \\''");
  assert.equal(literal('back\\slash\nline'), "'back\\\\slash\\nline'");
});

test('a list for IN has at most 400 values, each once, and a query stays short enough', () => {
  const ids = Array.from({ length: 450 }, (_, index) => `500${String(index).padStart(15, '0')}`);
  assert.deepEqual(
    inLists([...ids, ...ids]).map((list) => list.split(',').length),
    [400, 50],
  );
  const long = Array.from({ length: 20 }, (_, index) => `${index}${'x'.repeat(2_000)}`);
  assert.ok(inLists(long).every((list) => list.length < 12_100));
  assert.deepEqual(inLists([]), []);
});

test('a query fits into a URL as it is sent, whatever stands around the list and whatever its letters', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `500${String(index).padStart(15, '0')}`);
  for (const condition of ["A = 'x' OR ".repeat(400), 'Ä'.repeat(2_000), '日'.repeat(1_500)]) {
    const lists = inLists(ids, condition);
    assert.equal(lists.join(',').split(',').length, 200);
    for (const list of lists) {
      const { href } = new URL(`https://acme.test/query?q=${encodeURIComponent(condition + list)}`);
      assert.ok(href.length < 16_000, `${href.length}`);
    }
  }
  assert.ok(roomFor('日'.repeat(4_000)) < 0);
});
