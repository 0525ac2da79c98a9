import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from './decide.ts';
import { outcomeOf, PreviewTally } from './previewTally.ts';

const NONE = { salesforce: {}, desk: {} };
const update = (fields: Partial<Extract<Decision, { do: 'update' }>>): Decision => ({
  do: 'update',
  rule: 'changed',
  toSalesforce: {},
  toDesk: {},
  written: [],
  conflicts: [],
  notCarried: [],
  pending: [],
  awaits: [],
  held: [],
  ...fields,
});

test('each decision has one outcome, and what can never cross counts as in step', () => {
  assert.equal(outcomeOf({ do: 'nothing', rule: 'equal', pending: [], awaits: [], held: [] }), 'inStep');
  assert.equal(outcomeOf(update({ toDesk: { subject: 'S' } })), 'update');
  assert.equal(
    outcomeOf(
      update({
        conflicts: [{ field: 'subject', winner: 'salesforce', kept: 'A', lost: 'B' }],
        toDesk: { subject: 'A' },
      }),
    ),
    'conflict',
  );
  assert.equal(
    outcomeOf(update({ rule: 'deskClosed', notCarried: [{ field: 'subject', reason: 'it is closed' }] })),
    'inStep',
  );
  assert.equal(outcomeOf({ do: 'park', rule: 'ambiguous', message: '' }), 'ambiguous');
  assert.equal(outcomeOf({ do: 'park', rule: 'noCustomer', message: '' }), 'parked');
  assert.equal(outcomeOf({ do: 'exclude', rule: 'outsideCondition', message: '' }), 'excluded');
  assert.equal(outcomeOf({ do: 'forget', rule: 'neverLinked' }), null);
});

test('the cost counts reading by the page, and each write to Desk as a request', () => {
  const tally = new PreviewTally();
  tally.readRecords(2_000);
  for (let n = 0; n < 100; n += 1)
    tally.add(
      'case',
      { do: 'createInDesk', rule: 'newInSalesforce', draft: {}, pending: [], notCarried: [], base: NONE },
      false,
    );
  for (let n = 0; n < 75; n += 1)
    tally.add(
      'case',
      { do: 'createInSalesforce', rule: 'newInDesk', fields: {}, pending: [], notCarried: [], base: NONE },
      true,
    );
  const { deskCalls, salesforceCalls, minutes, events } = tally.cost(100);
  assert.equal(deskCalls, 20 + 7 + 100 + 75);
  assert.equal(salesforceCalls, Math.ceil(1 + 3.5 + 1));
  assert.deepEqual([minutes, events], [3, 75]);
});

test('what is in step already costs no more than reading it', () => {
  const tally = new PreviewTally();
  tally.readRecords(100);
  for (let n = 0; n < 50; n += 1)
    tally.add('customer', { do: 'nothing', rule: 'equal', pending: [], awaits: [], held: [] }, true);
  assert.equal(tally.cost(100).deskCalls, 1);
});
