import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordRef } from './recordRef.ts';

test('a record is named by its Salesforce id or by kind and id in Desk; anything else is no name', () => {
  assert.deepEqual(recordRef('5009X0000000001QAA'), {
    side: 'salesforce',
    pair: 'case',
    id: '5009X0000000001QAA',
  });
  assert.deepEqual(recordRef('customer:12'), { side: 'desk', pair: 'customer', id: '12' });
  for (const wrong of ['', 'case:', 'case:1x', 'lead:1', '00Q9X0000000001QAA', "500' OR 1=1", '__proto__:1'])
    assert.equal(recordRef(wrong), null, wrong);
});
