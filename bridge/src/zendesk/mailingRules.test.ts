import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailingAutomations, mailingTriggers } from './mailingRules.ts';

const US = '7';
const MAIL = { field: 'notification_user', value: ['requester_id', 'subject', 'body'] };
const condition = (field: string, operator: string, value: unknown) => ({ field, operator, value });
type Condition = ReturnType<typeof condition>;
const trigger = (all: Condition[], any: Condition[] = [], action: typeof MAIL = MAIL) => ({
  title: 'T',
  conditions: { all, any },
  actions: [{ field: 'priority', value: 'high' }, action],
});
const isTold = (...given: Parameters<typeof trigger>) =>
  mailingTriggers([trigger(...given)], US).length === 1;

test('a trigger that leaves the bridge out, by its user or by the channel, is not told of', () => {
  for (const out of [
    condition('role', 'is_not', US),
    condition('role', 'is_not', 'agent'),
    condition('role', 'is', 'end_user'),
    condition('role', 'is', '8'),
    condition('current_via_id', 'is_not', '5'),
    condition('current_via_id', 'is', '4'),
  ]) {
    assert.equal(isTold([condition('update_type', 'is', 'Change'), out]), false, JSON.stringify(out));
    assert.equal(isTold([], [out]), false, JSON.stringify(out));
    assert.equal(isTold([], [out, condition('status', 'changed', null)]), true, JSON.stringify(out));
  }
});

test('a trigger that depends on the ticket alone is told of, and so is one that names the bridge or agents', () => {
  for (const may of [
    condition('role', 'is', US),
    condition('role', 'is', 'agent'),
    condition('role', 'is_not', 'requester_id'),
    condition('role', 'is_not', 'end_user'),
    condition('status', 'is_not', 'solved'),
    condition('current_via_id', 'is', '5'),
    condition('current_tags', 'not_includes', 'vip'),
  ])
    assert.equal(isTold([may]), true, JSON.stringify(may));
});

test('only what writes to people counts, and not to the bridge itself', () => {
  const when = [condition('update_type', 'is', 'Create')];
  assert.equal(isTold(when, [], { field: 'notification_group', value: ['9', 's', 'b'] }), true);
  assert.equal(isTold(when, [], { field: 'notification_user', value: ['current_user', 's', 'b'] }), false);
  assert.equal(isTold(when, [], { field: 'notification_user', value: [US, 's', 'b'] }), false);
  assert.equal(isTold(when, [], { field: 'notification_webhook', value: ['w', '{}'] }), false);
  assert.deepEqual(mailingAutomations([trigger([condition('SOLVED', 'greater_than', '24')])], US), ['T']);
});
