import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOf, isSilent, markAfter, markOf } from './mark.ts';

test('the marks that stores hold go on: they tell what there is to read, and count what is written', () => {
  assert.deepEqual(countsOf('3/2'), { notes: 3, replies: 2 });
  assert.equal(markOf({ notes: 3, replies: 2 }), '3/2');
  assert.equal(markAfter('3/2', { notes: 1, replies: 0 }), '4/2');
  assert.deepEqual([isSilent('0/0'), isSilent('0/1'), isSilent('10/0')], [true, false, false]);
});
