import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeskCase, DeskCustomer, DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { asLeftInDesk } from './asLeft.ts';
import { standardConfig } from './config/activeConfig.ts';
import { deskValues, salesforceValues, seenInDesk } from './fieldMap.ts';
import type { Base } from './values.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';

const { pairs } = standardConfig(DESK_VOCABULARY);
const text = fc.option(fc.string({ maxLength: 12 }));
const entries = fc.array(
  fc.record({ type: fc.constantFrom('work', 'home', 'mobile', 'fax'), value: fc.string({ minLength: 1 }) }),
  { maxLength: 3 },
);
const cases: fc.Arbitrary<DeskCase> = fc.record({
  pair: fc.constant('case' as const),
  id: fc.constant('7'),
  updatedAt: fc.constant('2026-01-01T00:00:00Z'),
  customFields: fc.constant({}),
  externalId: text,
  subject: text,
  description: text,
  status: fc.constantFrom('new', 'open', 'closed'),
  priority: fc.integer({ min: 1, max: 10 }),
  type: fc.constantFrom('email', 'phone', 'chat'),
  customerId: fc.option(fc.constantFrom('1', '2')),
  isEmail: fc.boolean(),
  conversation: fc.string(),
});
const customers: fc.Arbitrary<DeskCustomer> = fc.record({
  pair: fc.constant('customer' as const),
  id: fc.constant('7'),
  updatedAt: fc.constant('2026-01-01T00:00:00Z'),
  customFields: fc.constant({}),
  externalId: text,
  firstName: text,
  lastName: text,
  title: text,
  background: text,
  emails: entries,
  phones: entries,
  companyId: fc.option(fc.constant('9')),
});
const salesforce: SalesforceRecord = { Id: '500A', SystemModstamp: '' };

function baseOf(desk: DeskRecord): Base {
  const { maps } = pairs[desk.pair];
  const values = deskValues(maps, desk);
  return {
    salesforce: salesforceValues(maps, salesforce),
    desk: values,
    deskAt: desk.updatedAt,
    deskSeen: seenInDesk(values, desk),
  };
}
const conversationOf = (desk: DeskRecord) => (desk.pair === 'case' ? desk.conversation : null);

test('a record of Desk that is told from its base says the same as the record itself, or is asked for', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.oneof(cases, customers), (desk) => {
      const base = baseOf(desk);
      const left = { deskId: '7', base, deskSeen: base.deskSeen ?? null, conversation: conversationOf(desk) };
      const record = asLeftInDesk(desk.pair, pairs[desk.pair], left, salesforce);
      if (!record) return;
      told += 1;
      const { maps } = pairs[desk.pair];
      assert.deepEqual(deskValues(maps, record), deskValues(maps, desk));
      assert.equal(seenInDesk(deskValues(maps, record), record), base.deskSeen);
    }),
    { numRuns: 500 },
  );
  assert.ok(told > 250, `${told} of 500 were told`);
});

test('Desk is asked where it has told of something, may win, or is written a list as a whole', () => {
  const [desk] = fc.sample(cases, { numRuns: 1, seed: 1 });
  const [customer] = fc.sample(customers, { numRuns: 1, seed: 1 });
  assert.ok(desk && customer);
  const base = baseOf(desk);
  const left = { deskId: '7', base, deskSeen: base.deskSeen ?? null, conversation: conversationOf(desk) };
  assert.ok(asLeftInDesk('case', pairs.case, left, salesforce));
  const asked = (active: typeof pairs.case, changes: object, mine = salesforce) =>
    asLeftInDesk('case', active, { ...left, ...changes }, mine) === null;
  assert.ok(asked(pairs.case, { deskSeen: 'something else' }));
  assert.ok(asked(pairs.case, { conversation: null }), 'a comment came');
  assert.ok(asked({ ...pairs.case, rule: { ...pairs.case.rule, conflict: 'newest' } }, {}));
  const owned = pairs.case.maps.map((map) => ({ ...map, owner: 'desk' as const }));
  assert.ok(asked({ ...pairs.case, maps: owned }, {}));
  const ofCustomer = { deskId: '7', base: baseOf(customer), conversation: null };
  const phone = { ...salesforce, Phone: '1' };
  const seen = { ...ofCustomer, deskSeen: ofCustomer.base.deskSeen ?? null };
  assert.equal(asLeftInDesk('customer', pairs.customer, seen, phone), null);
});
