import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCustomer } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { DEFAULT_RULE } from './config/syncConfig.ts';
import { decide } from './decide.ts';
import { deskValues, salesforceValues } from './fieldMap.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';

const maps = DESK_VOCABULARY.maps.customer;
const CONTACT = '003000000000001AAA';

test('an e-mail from Salesforce becomes the first address and the others stay', () => {
  const customer: DeskCustomer = {
    pair: 'customer',
    id: '3',
    updatedAt: '2026-01-01T00:00:00Z',
    customFields: {},
    externalId: null,
    firstName: 'Ada',
    lastName: 'Byron',
    title: null,
    background: null,
    emails: [
      { type: 'work', value: 'ada@work.test' },
      { type: 'home', value: 'ada@home.test' },
    ],
    phones: [{ type: 'work', value: '1' }],
    companyId: null,
  };
  const contact: SalesforceRecord = {
    Id: CONTACT,
    SystemModstamp: '',
    FirstName: 'Ada',
    LastName: 'Byron',
    Email: 'ada@work.test',
    Phone: '1',
  };
  const base = { salesforce: salesforceValues(maps, contact), desk: deskValues(maps, customer) };
  const changed = { ...contact, Email: 'ada@new.test', MobilePhone: '2' };
  const decision = decide({
    pair: 'customer',
    maps,
    rule: DEFAULT_RULE,
    included: { salesforce: true, desk: true },
    linked: true,
    base,
    salesforce: changed,
    desk: customer,
    candidates: [],
    counterpart: () => undefined,
  });
  assert.deepEqual(decision.do === 'update' && decision.toDesk, {
    emails: [
      { type: 'work', value: 'ada@new.test' },
      { type: 'home', value: 'ada@home.test' },
    ],
    phones: [
      { type: 'work', value: '1' },
      { type: 'mobile', value: '2' },
    ],
  });
});

test('a customer with one name, whichever it is in Desk, keeps what Salesforce makes of it', () => {
  const plato: DeskCustomer = {
    pair: 'customer',
    id: '3',
    updatedAt: '2026-01-01T00:00:00Z',
    customFields: {},
    externalId: null,
    firstName: 'Plato',
    lastName: null,
    title: null,
    background: null,
    emails: [],
    phones: [],
    companyId: null,
  };
  const contact: SalesforceRecord = { Id: CONTACT, SystemModstamp: '', FirstName: null, LastName: 'Plato' };
  const base = { salesforce: salesforceValues(maps, contact), desk: deskValues(maps, plato) };
  // As its base alone tells of it: which of its names it has does not show there.
  const asLeft = { ...plato, firstName: null, lastName: 'Plato' };
  const names = (salesforce: SalesforceRecord, desk: DeskCustomer) => {
    const decision = decide({
      pair: 'customer',
      maps,
      rule: DEFAULT_RULE,
      included: { salesforce: true, desk: true },
      linked: true,
      base,
      salesforce,
      desk,
      candidates: [],
      counterpart: () => undefined,
    });
    assert.ok(decision.do === 'update');
    const { firstName, lastName } = { ...plato, ...decision.toDesk };
    return [firstName, lastName];
  };
  for (const desk of [plato, asLeft]) {
    assert.deepEqual(names({ ...contact, LastName: 'Platon' }, desk), [null, 'Platon']);
    assert.deepEqual(names({ ...contact, FirstName: 'Aristocles' }, desk), ['Aristocles', 'Plato']);
  }
});
