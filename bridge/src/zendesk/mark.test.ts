import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSilent, markAfter } from './mark.ts';
import { recordFrom } from './schemas.ts';

const ticket = { id: 7, updated_at: '2026-01-01T00:00:00Z', status: 'open' };
const markOf = (more: object) => {
  const record = recordFrom('case', { ...ticket, ...more });
  return record.pair === 'case' ? record.conversation : '';
};

test('the mark counts the comments, and our own are added', () => {
  assert.equal(markAfter(markOf({ comment_count: 3 }), { notes: 1, replies: 2 }), '6');
  assert.ok(isSilent(markOf({ comment_count: 1 })));
  assert.ok(!isSilent(markOf({ comment_count: 2 })));
});

test('where the comments are not counted, each change of the ticket has another mark, and none is silent', () => {
  assert.notEqual(markOf({}), markOf({ updated_at: '2026-01-01T00:00:01Z' }));
  assert.ok(!isSilent(markOf({})));
  assert.equal(markAfter(markOf({}), { notes: 1, replies: 0 }), markOf({}));
});
