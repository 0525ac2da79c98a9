import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCompany, DeskCustomer } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { DEFAULT_RULE } from './config/syncConfig.ts';
import { decide, type Situation } from './decide.ts';
import { deskValues, salesforceValues } from './fieldMap.ts';
import { contactInAccount, fittingPerson, onAccount, personColumns } from './personAccounts.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';
import { fingerprint } from './values.ts';

const maps = DESK_VOCABULARY.maps.customer;
const ACCOUNT = '001000000000001AAA';
const CONTACT = '003000000000001AAA';
const contact: SalesforceRecord = {
  Id: CONTACT,
  SystemModstamp: '',
  AccountId: ACCOUNT,
  IsPersonAccount: true,
  FirstName: 'Ada',
  LastName: 'Byron',
  Email: 'ada@home.test',
  MobilePhone: '1',
  Description: 'Poet',
};
const account: SalesforceRecord = {
  Id: ACCOUNT,
  SystemModstamp: '',
  IsPersonAccount: true,
  PersonContactId: CONTACT,
  Name: 'Ada Byron',
  FirstName: 'Ada',
  LastName: 'Byron',
  PersonEmail: 'ada@home.test',
  PersonMobilePhone: '1',
  Description: 'Poet',
};
const customer: DeskCustomer = {
  pair: 'customer',
  id: '3',
  updatedAt: '2026-01-01T00:00:00Z',
  customFields: {},
  externalId: null,
  firstName: 'Ada',
  lastName: 'Byron',
  title: null,
  background: 'Poet',
  emails: [{ type: 'work', value: 'ada@home.test' }],
  phones: [{ type: 'mobile', value: '1' }],
  companyId: null,
};
const base = { salesforce: salesforceValues(maps, contact), desk: deskValues(maps, customer) };

function situation(overrides: Partial<Situation>): Situation {
  return {
    pair: 'customer',
    maps,
    rule: DEFAULT_RULE,
    included: { salesforce: true, desk: true },
    linked: true,
    base,
    salesforce: contact,
    desk: customer,
    candidates: [],
    counterpart: () => undefined,
    ...overrides,
  };
}

test('an account of a person shows its contact just as the contact is', () => {
  assert.deepEqual(contactInAccount(maps, account), {
    id: CONTACT,
    seen: fingerprint(salesforceValues(maps, contact)),
  });
  assert.equal(contactInAccount(maps, { ...account, IsPersonAccount: false }), null);
  assert.ok(personColumns(maps).includes('PersonMobilePhone'));
  assert.ok(!personColumns(maps).includes('AccountId'));
});

test('fields of a person have the names of the account, and its lengths', () => {
  assert.deepEqual(onAccount({ LastName: 'Byron', Email: null, Level__c: 1 }), {
    LastName: 'Byron',
    PersonEmail: null,
    Level__pc: 1,
  });
  assert.deepEqual(fittingPerson({ Title: 'T'.repeat(128), LastName: 'Byron' }), {
    Title: 'T'.repeat(80),
    LastName: 'Byron',
  });
});

test('a person awaits no company, and none is taken from its customer', () => {
  assert.equal(decide(situation({})).do, 'nothing');
  const made = decide(situation({ linked: false, base: null, desk: null }));
  assert.ok(made.do === 'createInDesk' && made.draft.companyId === undefined);
});

test("a company of a person's customer is said once and not carried", () => {
  const employed = { ...customer, companyId: '9' };
  const first = decide(situation({ desk: employed }));
  assert.ok(first.do === 'update');
  assert.equal(first.rule, 'notCarried');
  const notCarried = [{ field: 'company', reason: 'a person account has no company' }];
  assert.deepEqual([first.notCarried, first.toSalesforce, first.toDesk], [notCarried, {}, {}]);
  const said = { ...base, desk: deskValues(maps, employed) };
  assert.equal(decide(situation({ desk: employed, base: said })).do, 'nothing');
});

test('an account that is a person is no company', () => {
  const company: DeskCompany = {
    pair: 'company',
    id: '1',
    updatedAt: '',
    customFields: {},
    externalId: null,
    name: 'Ada Byron',
    domains: [],
  };
  const of = (overrides: Partial<Situation>) =>
    decide(
      situation({
        pair: 'company',
        maps: DESK_VOCABULARY.maps.company,
        base: null,
        salesforce: account,
        ...overrides,
      }),
    );
  assert.deepEqual(of({ linked: false, desk: null }), { do: 'forget', rule: 'personAccount' });
  assert.deepEqual(of({ desk: company }), { do: 'unlink', rule: 'becamePerson', deletes: null });
});
