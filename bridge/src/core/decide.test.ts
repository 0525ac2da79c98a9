import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCase, DeskCustomer } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { CONTACT, deskCase, salesforceCase } from './case.fixture.ts';
import { DEFAULT_RULE } from './config/syncConfig.ts';
import { decide, type Candidate, type Situation } from './decide.ts';
import { deskValues, firstBase, salesforceValues } from './fieldMap.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';
import type { Base } from './values.ts';

const counterpart: Situation['counterpart'] = (pair, side, id) =>
  pair === 'customer' && (side === 'desk' ? id === '3' : id === CONTACT)
    ? side === 'desk'
      ? CONTACT
      : '3'
    : undefined;

function baseOf(salesforce: SalesforceRecord, desk: DeskCase): Base {
  return {
    salesforce: salesforceValues(DESK_VOCABULARY.maps.case, salesforce),
    desk: deskValues(DESK_VOCABULARY.maps.case, desk),
  };
}
function situation(overrides: Partial<Situation> = {}): Situation {
  return {
    pair: 'case',
    maps: DESK_VOCABULARY.maps.case,
    rule: DEFAULT_RULE,
    included: { salesforce: true, desk: true },
    linked: true,
    base: baseOf(salesforceCase, deskCase),
    salesforce: salesforceCase,
    desk: deskCase,
    candidates: [],
    counterpart,
    ...overrides,
  };
}

test('an echo costs no write', () => {
  assert.deepEqual(decide(situation()), { do: 'nothing', rule: 'equal', pending: [], awaits: [], held: [] });
});

test('a change on one side goes to the other, that field alone', () => {
  const toDesk = decide(situation({ salesforce: { ...salesforceCase, Subject: 'Out of fire' } }));
  assert.equal(toDesk.do, 'update');
  assert.deepEqual(toDesk.do === 'update' && toDesk.toDesk, { subject: 'Out of fire' });
  assert.deepEqual(toDesk.do === 'update' && toDesk.toSalesforce, {});
  const toSalesforce = decide(situation({ desk: { ...deskCase, status: 'resolved', priority: 1 } }));
  assert.deepEqual(toSalesforce.do === 'update' && toSalesforce.toSalesforce, {
    Status: 'Resolved',
    Priority: 'Low',
  });
});

test('changes of different fields on both sides cross without a conflict', () => {
  const decision = decide(
    situation({
      salesforce: { ...salesforceCase, Subject: 'New subject' },
      desk: { ...deskCase, status: 'pending' },
    }),
  );
  assert.equal(decision.do, 'update');
  if (decision.do !== 'update') return;
  assert.deepEqual(decision.toDesk, { subject: 'New subject' });
  assert.deepEqual(decision.toSalesforce, { Status: 'Pending' });
  assert.deepEqual(decision.conflicts, []);
});

test('where both sides changed the same field, Salesforce wins and the loss is told', () => {
  const decision = decide(
    situation({ salesforce: { ...salesforceCase, Subject: 'S' }, desk: { ...deskCase, subject: 'D' } }),
  );
  assert.equal(decision.do, 'update');
  if (decision.do !== 'update') return;
  assert.deepEqual(decision.toDesk, { subject: 'S' });
  assert.deepEqual(decision.conflicts, [{ field: 'subject', winner: 'salesforce', kept: 'S', lost: 'D' }]);
});

test('the same new value on both sides is no write', () => {
  const decision = decide(
    situation({ salesforce: { ...salesforceCase, Subject: 'Same' }, desk: { ...deskCase, subject: 'Same' } }),
  );
  assert.equal(decision.do, 'nothing');
});

test("a status of the org's own is open in Desk and is not set back", () => {
  const working = { ...salesforceCase, Status: 'Working' };
  assert.equal(decide(situation({ salesforce: working })).do, 'nothing');
});

test('a long description is cut for Desk once and comes to rest', () => {
  const long = { ...salesforceCase, Description: 'x'.repeat(300) };
  const decision = decide(situation({ salesforce: long }));
  assert.equal(decision.do === 'update' && decision.toDesk.description?.length, 255);
  const after = { ...deskCase, description: 'x'.repeat(255) };
  assert.equal(decide(situation({ salesforce: long, desk: after, base: baseOf(long, after) })).do, 'nothing');
});

test('new cannot come back in Desk: it stays open', () => {
  const decision = decide(
    situation({ desk: { ...deskCase, status: 'pending' }, salesforce: { ...salesforceCase, Status: 'New' } }),
  );
  assert.deepEqual(decision.do === 'update' && decision.toDesk, { status: 'open' });
});

test('a case closed in Desk is not written to, and what did not cross is named', () => {
  const closed = { ...deskCase, status: 'closed' };
  const done = { ...salesforceCase, Status: 'Closed' };
  const decision = decide(
    situation({ desk: closed, base: baseOf(done, closed), salesforce: { ...done, Subject: 'Late' } }),
  );
  assert.equal(decision.do, 'update');
  if (decision.do !== 'update') return;
  assert.deepEqual(decision.toDesk, {});
  assert.deepEqual(decision.notCarried, [{ field: 'subject', reason: 'the case is closed in Desk' }]);
});

test('a case waits for its customer', () => {
  const desk = { ...deskCase, customerId: '99' };
  assert.deepEqual(decide(situation({ linked: false, base: null, salesforce: null, desk })), {
    do: 'await',
    rule: 'parentFirst',
    parents: [{ pair: 'customer', side: 'desk', id: '99' }],
  });
});

test('a new record is made on the other side with the parent that is linked', () => {
  const decision = decide(situation({ linked: false, base: null, salesforce: null }));
  assert.deepEqual(decision.do === 'createInSalesforce' && decision.fields, {
    Subject: 'Printer on fire',
    Status: 'Open',
    Priority: 'High',
    Origin: 'Email',
    ContactId: CONTACT,
  });
  const other = decide(situation({ linked: false, base: null, desk: null }));
  assert.deepEqual(other.do === 'createInDesk' && other.draft, {
    subject: 'Printer on fire',
    status: 'open',
    priority: 8,
    type: 'email',
    customerId: '3',
  });
});

test('one free match is linked, several are never guessed, and a linked one is not taken', () => {
  const candidates = (...linked: boolean[]): Candidate[] =>
    linked.map((is, index) => ({ id: `c${index}`, linked: is, by: 'Email' }));
  const of = (list: Candidate[]) =>
    decide(situation({ linked: false, base: null, salesforce: null, candidates: list }));
  assert.deepEqual(of(candidates(false)), { do: 'link', rule: 'matchedBy Email', otherId: 'c0' });
  assert.equal(of(candidates(true, false)).do, 'link');
  const ambiguous = of(candidates(false, false));
  assert.equal(ambiguous.do === 'park' && ambiguous.rule, 'ambiguous');
  assert.match(ambiguous.do === 'park' ? ambiguous.message : '', /c0, c1/);
  const taken = of(candidates(true));
  assert.equal(taken.do === 'park' && taken.rule, 'taken');
});

test('a record of Desk that several of Salesforce match is nobody guessed to be theirs', () => {
  const candidates = [{ id: 'c0', linked: false, by: 'Email', rivals: ['003B'] }];
  const decision = decide(situation({ linked: false, base: null, desk: null, candidates }));
  assert.equal(decision.do === 'park' && decision.rule, 'ambiguous');
  assert.match(decision.do === 'park' ? decision.message : '', /c0 matches, and 003B as well/);
});

const deskCustomer: DeskCustomer = {
  pair: 'customer',
  id: '3',
  updatedAt: '2026-01-01T00:00:00Z',
  customFields: {},
  externalId: null,
  firstName: null,
  lastName: 'Ada',
  title: null,
  background: null,
  emails: [],
  phones: [],
  companyId: null,
};
const ofContact = (counterpart: Situation['counterpart'], title: string, base: Base | null = null) =>
  decide({
    ...situation({ pair: 'customer', maps: DESK_VOCABULARY.maps.customer, base, desk: deskCustomer }),
    counterpart,
    salesforce: { Id: CONTACT, SystemModstamp: '', LastName: 'Ada', Title: title, AccountId: '001A' },
  });

test('what can cross does not wait for the rest: an account that is not there yet comes after', () => {
  const decision = ofContact(() => undefined, 'Dr.');
  assert.equal(decision.do, 'update');
  if (decision.do !== 'update') return;
  assert.deepEqual(decision.toDesk, { title: 'Dr.' });
  assert.deepEqual(decision.pending, ['company']);
  assert.deepEqual(decision.awaits, [{ pair: 'company', side: 'salesforce', id: '001A' }]);
});

test('a contact goes without an account that gets no company by itself, and a case never without its customer', () => {
  const made = decide({
    ...situation({
      pair: 'customer',
      maps: DESK_VOCABULARY.maps.customer,
      linked: false,
      base: null,
      desk: null,
    }),
    counterpart: () => null,
    salesforce: { Id: CONTACT, SystemModstamp: '', LastName: 'Ada', AccountId: '001A' },
  });
  assert.deepEqual(made.do === 'createInDesk' && made.draft, { lastName: 'Ada' });
  const there = ofContact(() => null, 'Dr.');
  assert.deepEqual(there.do === 'update' && [there.pending, there.awaits], [['company'], []]);
  const ofNobody = decide(situation({ linked: false, base: null, desk: null, counterpart: () => null }));
  assert.equal(ofNobody.do, 'await');
});

test('a case without a contact is parked with what to do', () => {
  const decision = decide(
    situation({ linked: false, base: null, desk: null, salesforce: { ...salesforceCase, ContactId: null } }),
  );
  assert.equal(decision.do === 'park' && decision.rule, 'noCustomer');
});

test('a record that was merged hands its pair on, but for one that has a pair of its own', () => {
  const merged = (linked: boolean) =>
    decide(situation({ salesforce: null, mergedInto: { id: '500B', linked } }));
  assert.deepEqual(merged(false), { do: 'move', rule: 'mergedInSalesforce', survivorId: '500B' });
  assert.deepEqual(merged(true), { do: 'unlink', rule: 'mergedIntoLinked', deletes: null });
});

test('a record that took in others with a counterpart waits for theirs, whatever else matches it', () => {
  const tookIn = (change: Partial<Situation>) =>
    decide(situation({ linked: false, base: null, desk: null, tookIn: ['500B'], ...change })).do;
  assert.equal(tookIn({}), 'inherit');
  assert.equal(tookIn({ candidates: [{ id: '9', linked: true, by: 'email' }] }), 'inherit');
  assert.equal(tookIn({ rule: { ...DEFAULT_RULE, direction: 'off' } }), 'exclude');
  assert.equal(tookIn({ tookIn: [] }), 'createInDesk');
});

test('a record of Desk whose source was deleted meanwhile is not made again', () => {
  const candidates = [{ id: '500D', linked: false, by: 'external id', deleted: true as const }];
  const decision = decide(situation({ linked: false, base: null, salesforce: null, candidates }));
  assert.equal(decision.do === 'park' && decision.rule, 'madeOfDeleted');
});

test('a record that is gone ends the sync of its pair and touches nothing', () => {
  assert.deepEqual(decide(situation({ salesforce: null })), {
    do: 'unlink',
    rule: 'goneInSalesforce',
    deletes: null,
  });
  assert.deepEqual(decide(situation({ desk: null })), { do: 'unlink', rule: 'goneInDesk', deletes: null });
  assert.deepEqual(decide(situation({ salesforce: null, desk: null })), {
    do: 'unlink',
    rule: 'goneInBoth',
    deletes: null,
  });
  assert.deepEqual(decide(situation({ linked: false, salesforce: null, desk: null })), {
    do: 'forget',
    rule: 'neverLinked',
  });
});

test('a change that an agent makes just after his case was made in Salesforce goes there, and is not undone', () => {
  const made = decide(situation({ linked: false, base: null, salesforce: null }));
  assert.equal(made.do, 'createInSalesforce');
  if (made.do !== 'createInSalesforce') return;
  const salesforce = { ...salesforceCase, ...made.fields };
  const base = firstBase(DESK_VOCABULARY.maps.case, salesforce, deskCase, made.pending);
  const next = decide(situation({ base, salesforce, desk: { ...deskCase, subject: 'Meanwhile' } }));
  assert.deepEqual(next.do === 'update' && [next.toSalesforce, next.toDesk], [{ Subject: 'Meanwhile' }, {}]);
});
