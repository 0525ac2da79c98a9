import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCase, DeskCustomer } from '../../ports/helpDesk.ts';
import type { SalesforceRecord } from '../../ports/org.ts';
import { DEFAULT_RULE } from '../config/syncConfig.ts';
import { decide, type Decision, type Situation } from '../decide.ts';
import { deskValues, salesforceValues, writableFields, type FieldMap } from '../fieldMap.ts';
import type { Value } from '../values.ts';
import { ZENDESK_VOCABULARY } from './zendesk.ts';

const { maps } = ZENDESK_VOCABULARY;
const mapOf = (name: string): FieldMap => {
  const found = [...maps.case, ...maps.customer].find((map) => map.name === name);
  assert.ok(found, name);
  return found;
};
const said = (name: string, values: readonly Value[], to: 'toSalesforce' | 'toDesk') =>
  values.map((value) => mapOf(name)[to](value, null));

const ticket: DeskCase = {
  pair: 'case',
  id: '7',
  updatedAt: '2026-01-01T00:00:00Z',
  customFields: {},
  externalId: null,
  subject: 'Printer on fire',
  description: 'It burns.',
  status: 'open',
  priority: 'normal',
  type: 'web',
  isEmail: false,
  customerId: '3',
  conversation: '',
};
const inSalesforce: SalesforceRecord = {
  Id: '500000000000001AAA',
  SystemModstamp: '2026-01-01T00:00:00.000+0000',
  Subject: 'Printer on fire',
  Description: 'It burns.',
  Status: 'Open',
  Priority: 'Medium',
  Origin: 'Web',
  ContactId: '003000000000001AAA',
};
const user: DeskCustomer = {
  pair: 'customer',
  id: '3',
  updatedAt: '2026-01-01T00:00:00Z',
  customFields: {},
  externalId: null,
  firstName: null,
  lastName: 'Ada Lovelace',
  title: null,
  background: null,
  emails: [{ type: 'work', value: 'ada@one.test' }],
  phones: [],
  companyId: null,
};
const contact: SalesforceRecord = {
  Id: '003000000000001AAA',
  SystemModstamp: '2026-01-01T00:00:00.000+0000',
  Name: 'Ada Lovelace',
  Email: 'ada@one.test',
  Phone: null,
  Description: null,
  AccountId: null,
};

function decided(given: Pick<Situation, 'pair' | 'salesforce' | 'desk'> & Partial<Situation>): Decision {
  return decide({
    maps: maps[given.pair],
    rule: DEFAULT_RULE,
    included: { salesforce: true, desk: true },
    linked: true,
    base: null,
    candidates: [],
    counterpart: (_pair, side) => (side === 'desk' ? '003000000000001AAA' : '3'),
    ...given,
  });
}
/** What is written to either side of a pair that was in step, once one of the two is another. */
function written(deskCase: Partial<DeskCase>, fields: object, before: Partial<DeskCase>, was: object) {
  const base = {
    salesforce: salesforceValues(maps.case, { ...inSalesforce, ...was }),
    desk: deskValues(maps.case, { ...ticket, ...before }),
  };
  const decision = decided({
    pair: 'case',
    salesforce: { ...inSalesforce, ...fields },
    desk: { ...ticket, ...deskCase },
    base,
  });
  return decision.do === 'update' ? [decision.toSalesforce, decision.toDesk] : decision.do;
}

test('each status of a ticket has one of Case, and each of Case one that a ticket takes', () => {
  assert.deepEqual(said('status', ['new', 'open', 'pending', 'hold', 'solved', 'closed'], 'toSalesforce'), [
    'New',
    'Open',
    'Pending',
    'Pending',
    'Resolved',
    'Closed',
  ]);
  assert.deepEqual(said('status', ['New', 'Open', 'Pending', 'Resolved', 'Closed', 'Working'], 'toDesk'), [
    'new',
    'open',
    'pending',
    'solved',
    'solved',
    'open',
  ]);
});

test('each priority of a ticket, and none, has one of Case', () => {
  assert.deepEqual(said('priority', ['urgent', 'high', 'normal', 'low', null], 'toSalesforce'), [
    'High',
    'High',
    'Medium',
    'Low',
    'Medium',
  ]);
  assert.deepEqual(said('priority', ['High', 'Medium', 'Low', 'Critical', null], 'toDesk'), [
    'high',
    'normal',
    'low',
    'normal',
    'normal',
  ]);
});

test('what Zendesk holds and means the same in Salesforce is not written over', () => {
  const same: readonly (readonly [Partial<DeskCase>, object])[] = [
    [{ priority: 'urgent' }, { Priority: 'High' }],
    [{ priority: null }, { Priority: 'Medium' }],
    [{ status: 'hold' }, { Status: 'Pending' }],
    [{ status: 'solved' }, { Status: 'Closed' }],
    [{ status: 'closed' }, { Status: 'Closed' }],
  ];
  for (const [deskCase, fields] of same)
    assert.equal(written(deskCase, fields, {}, {}), 'nothing', JSON.stringify(deskCase));
});

test('a ticket that Zendesk closes for good closes its case', () => {
  assert.deepEqual(
    written({ status: 'closed' }, { Status: 'Resolved' }, { status: 'solved' }, { Status: 'Resolved' }),
    [{ Status: 'Closed' }, {}],
  );
});

test('nothing is written to a closed ticket, and what stays behind is named', () => {
  const decision = decided({
    pair: 'case',
    salesforce: { ...inSalesforce, Status: 'Open', Subject: 'Again' },
    desk: { ...ticket, status: 'closed' },
    base: {
      salesforce: salesforceValues(maps.case, { ...inSalesforce, Status: 'Closed' }),
      desk: deskValues(maps.case, { ...ticket, status: 'closed' }),
    },
  });
  assert.deepEqual(decision.do === 'update' && [decision.rule, decision.toDesk], ['deskClosed', {}]);
  assert.deepEqual(decision.do === 'update' && decision.notCarried.map(({ field }) => field), [
    'subject',
    'status',
  ]);
});

test('a ticket that was begun does not become new again', () => {
  const status = mapOf('status');
  assert.equal(status.toDesk('New', 'new'), 'new');
  assert.equal(status.toDesk('New', null), 'new');
  assert.equal(status.toDesk('New', 'pending'), 'open');
});

test('the first comment is the description of a new record, and is not compared afterwards', () => {
  assert.equal(written({ description: 'Another' }, { Description: 'A third' }, {}, {}), 'nothing');
  const made = decided({ pair: 'case', salesforce: inSalesforce, desk: null, linked: false });
  assert.ok(made.do === 'createInDesk');
  assert.equal(made.draft.description, 'It burns.');
  // How a ticket came is Zendesk's to say.
  assert.equal('type' in made.draft, false);
  const other = decided({
    pair: 'case',
    salesforce: null,
    desk: { ...ticket, type: 'voice' },
    linked: false,
  });
  assert.ok(other.do === 'createInSalesforce');
  assert.deepEqual([other.fields['Description'], other.fields['Origin']], ['It burns.', 'Phone']);
});

test("a user's one name is a contact's two, and is compared with the name that Salesforce makes of them", () => {
  const base = {
    salesforce: salesforceValues(maps.customer, contact),
    desk: deskValues(maps.customer, user),
  };
  const renamed = decided({
    pair: 'customer',
    salesforce: contact,
    desk: { ...user, lastName: 'Ada King' },
    base,
  });
  assert.ok(renamed.do === 'update');
  assert.deepEqual(renamed.toSalesforce, { Name: 'Ada King' });
  assert.deepEqual(writableFields(maps.customer, renamed.toSalesforce), {
    FirstName: 'Ada',
    LastName: 'King',
  });
  const further = { ...mapOf('phone'), name: 'Name = custom_fields.nick', salesforce: 'Name' };
  assert.deepEqual(writableFields([...maps.customer, further], { Name: 'Plato', Phone: '1' }), {
    FirstName: null,
    LastName: 'Plato',
    Phone: '1',
  });
  const inOrg = decided({ pair: 'customer', salesforce: { ...contact, Name: 'A. King' }, desk: user, base });
  assert.deepEqual(inOrg.do === 'update' && inOrg.toDesk, { lastName: 'A. King' });
  const made = decided({ pair: 'customer', salesforce: null, desk: user, linked: false });
  assert.ok(made.do === 'createInSalesforce');
  assert.deepEqual(writableFields(maps.customer, made.fields), {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Email: 'ada@one.test',
  });
  assert.equal(made.base.salesforce['name'], 'Ada Lovelace');
});

test('a user without a name has the address in its place', () => {
  const { deskValue } = mapOf('name');
  assert.equal(deskValue({ ...user, lastName: '' }), 'ada@one.test');
  assert.equal(deskValue({ ...user, lastName: null, emails: [] }), 'Unknown');
});

test('an address and a number are written as the only ones, or as none', () => {
  const draft = {};
  mapOf('email').write(draft, 'new@one.test', user);
  mapOf('phone').write(draft, null, user);
  assert.deepEqual(draft, { emails: [{ type: 'work', value: 'new@one.test' }], phones: [] });
});

test('every map that cannot be off, and every one without which nothing is made, is there', () => {
  for (const pair of ['company', 'customer', 'case'] as const) {
    const names = maps[pair].map(({ name }) => name);
    for (const name of [...ZENDESK_VOCABULARY.needed[pair], ...ZENDESK_VOCABULARY.required[pair]])
      assert.ok(names.includes(name), `${pair} ${name}`);
  }
});
