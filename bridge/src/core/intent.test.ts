import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCase } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { CONTACT, deskCase, salesforceCase } from './case.fixture.ts';
import { DEFAULT_RULE } from './config/syncConfig.ts';
import { decide } from './decide.ts';
import { deskValues, salesforceValues } from './fieldMap.ts';
import { baseAfter, type Intent } from './intent.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';

const maps = DESK_VOCABULARY.maps.case;
const inDesk = (priority: number): DeskCase => ({ ...deskCase, priority });
const inSalesforce = (Priority: string): SalesforceRecord => ({ ...salesforceCase, Priority });
const BASE = {
  salesforce: salesforceValues(maps, inSalesforce('Low')),
  desk: deskValues(maps, inDesk(2)),
};
const TO_DESK: Intent = {
  do: 'write',
  fields: [{ field: 'priority', to: 'desk', salesforce: 'High', desk: 8 }],
};

function decisionOf(intent: Intent | null, salesforce: SalesforceRecord, desk: DeskCase) {
  return decide({
    pair: 'case',
    maps,
    rule: DEFAULT_RULE,
    included: { salesforce: true, desk: true },
    linked: true,
    base: baseAfter({ base: BASE, intent }, maps, { salesforce, desk }),
    salesforce,
    desk,
    candidates: [],
    counterpart: (_pair, side) => (side === 'desk' ? CONTACT : '3'),
  });
}

test('who takes his change back after it was written and not recorded has his way', () => {
  const decision = decisionOf(TO_DESK, inSalesforce('Low'), inDesk(8));
  assert.ok(decision.do === 'update');
  assert.deepEqual(decision.toSalesforce, {});
  assert.deepEqual(
    decision.written.map(({ field, to, salesforce }) => ({ field, to, salesforce })),
    [{ field: 'priority', to: 'desk', salesforce: 'Low' }],
  );
});

test('the same holds the other way', () => {
  const back: Intent = {
    do: 'write',
    fields: [{ field: 'priority', to: 'salesforce', salesforce: 'High', desk: 8 }],
  };
  const decision = decisionOf(back, inSalesforce('High'), inDesk(2));
  assert.ok(decision.do === 'update');
  assert.deepEqual(decision.toSalesforce, { Priority: 'Low' });
});

test('what was to be written and was not changes nothing, and an agent is still heard', () => {
  assert.equal(decisionOf(TO_DESK, inSalesforce('Low'), inDesk(2)).do, 'nothing');
  const decision = decisionOf(TO_DESK, inSalesforce('Low'), inDesk(5));
  assert.ok(decision.do === 'update');
  assert.deepEqual(decision.toSalesforce, { Priority: 'Medium' });
});

test('a field that is mapped no more is passed over', () => {
  const salesforce = inSalesforce('Low');
  assert.deepEqual(baseAfter({ base: BASE, intent: TO_DESK }, [], { salesforce, desk: inDesk(8) }), BASE);
});
