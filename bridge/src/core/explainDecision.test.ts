import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainDecision } from './explainDecision.ts';

test('an update is explained by the names of its fields, never by their values', () => {
  const explanation = explainDecision({
    do: 'update',
    rule: 'changed',
    toSalesforce: { Subject: 'a secret' },
    toDesk: {},
    written: [
      { field: 'priority', to: 'desk', salesforce: 'High', desk: 8 },
      { field: 'subject', to: 'salesforce', salesforce: 'a secret', desk: 'a secret' },
    ],
    conflicts: [{ field: 'priority', winner: 'salesforce', kept: 'High', lost: '2' }],
    notCarried: [],
    pending: [],
    awaits: [],
    held: [],
  });
  assert.deepEqual(explanation.details, [
    'to Desk: priority',
    'to Salesforce: Subject',
    "both sides changed priority; Salesforce's value is kept",
  ]);
  assert.ok(!JSON.stringify(explanation).includes('secret'));
});

test('every decision names its rule', () => {
  assert.equal(
    explainDecision({ do: 'nothing', rule: 'equal', pending: [], awaits: [], held: [] }).rule,
    'equal',
  );
  assert.match(
    explainDecision({
      do: 'await',
      rule: 'parentFirst',
      parents: [{ pair: 'customer', side: 'desk', id: '7' }],
    }).details.join(),
    /customer 7 in desk/,
  );
});
