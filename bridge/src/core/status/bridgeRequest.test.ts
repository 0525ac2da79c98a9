import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bridgeRequest } from './bridgeRequest.ts';
import { bridgeState } from './bridgeState.ts';

test('a class is asked for by its name or by what people read; without one, all', () => {
  const asked = (cause: unknown) => bridgeRequest('Retry', cause);
  assert.deepEqual(asked('missingParent'), { action: 'Retry', failureClass: 'missingParent' });
  assert.deepEqual(asked('Missing Parent'), { action: 'Retry', failureClass: 'missingParent' });
  assert.deepEqual(asked('no such class'), { action: 'Retry', failureClass: 'no such class' });
  for (const none of [null, undefined, ''])
    assert.deepEqual(asked(none), { action: 'Retry', failureClass: null });
});

test('what is no request is none', () => {
  assert.deepEqual(bridgeRequest('Refresh', 'permission'), { action: 'Refresh' });
  for (const action of [null, undefined, '', 'Sync Now', 7]) assert.equal(bridgeRequest(action, null), null);
});

test('trouble is told before the switch, and a part that starts is none', () => {
  const [up, starting, down] = [{ state: 'up' }, { state: 'starting' }, { state: 'down' }] as const;
  assert.equal(bridgeState([up, starting], false), 'Up');
  assert.equal(bridgeState([up], true), 'Switched Off');
  assert.equal(bridgeState([up, down], true), 'Trouble');
});
