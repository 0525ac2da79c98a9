import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCase } from '../../ports/helpDesk.ts';
import type { FieldMap } from '../fieldMap.ts';
import { ZENDESK_VOCABULARY } from '../vocabulary/zendesk.ts';
import { aField } from './allTypes.fixture.ts';
import { checkConfig } from './checkConfig.ts';
import { compileConfig } from './compileConfig.ts';
import { aDescribe, typedField } from './describes.fixture.ts';
import type { Describes, DeskCustomField, DeskType } from './describes.ts';
import { fieldPairs, unmappable } from './fieldPairs.ts';
import { A_CASE, aMapping, configOf, pairsOf } from './mapped.fixture.ts';
import { mapsOf } from './mappingMaps.ts';
import { DEFAULT_CONFIG, DEFAULT_RULE, type Mapping, type SyncConfig } from './syncConfig.ts';

const custom = (key: string, type: DeskType, ...choices: string[]): DeskCustomField => ({
  key,
  label: key,
  type,
  active: true,
  choices,
});
const readOnly = { createable: false, updateable: false };
const values = (...list: string[]) => ({ values: list, restrictedPicklist: true });

const DESCRIBES: Describes = {
  ...aDescribe(
    {
      Account: [aField('Name', { length: 255, nillable: false })],
      Contact: [
        aField('Name', { length: 121, nillable: false, ...readOnly }),
        aField('FirstName', { length: 40 }),
        aField('LastName', { nillable: false }),
        typedField('Email', 'email'),
        typedField('Phone', 'phone', { length: 40 }),
        typedField('Description', 'textarea', { length: 32_000 }),
        typedField('AccountId', 'reference'),
      ],
      Case: [
        aField('Subject', { length: 255 }),
        typedField('Description', 'textarea', { length: 32_000 }),
        typedField('Status', 'picklist', values('New', 'Open', 'Pending', 'Resolved', 'Closed', 'Escalated')),
        typedField('Priority', 'picklist', values('High', 'Medium', 'Low')),
        typedField('Origin', 'picklist', values('Email', 'Phone', 'Web', 'Chat')),
        typedField('ContactId', 'reference'),
        typedField('Amount__c', 'currency', { precision: 10, scale: 2 }),
        typedField('Topics__c', 'multipicklist', { length: 255, ...values('Billing', 'Login', 'Other') }),
        aField('Source__c', { length: 255 }),
        aField('Auto__c', { ...readOnly, autoNumber: true }),
      ],
    },
    {
      case: [
        custom('1001', 'decimal'),
        custom('1002', 'multi', 'login', 'billing', 'other', 'vip'),
        custom('1003', 'other'),
      ],
      customer: [custom('nick', 'string')],
    },
  ),
  vocabulary: ZENDESK_VOCABULARY,
};
const found = (...mappings: Mapping[]) =>
  checkConfig(configOf(...mappings), DESCRIBES).map(
    ({ level, field, message, fix }) => `${level} [${field}] ${message} ${fix}`,
  );
const mapFor = (mapping: Mapping): FieldMap => {
  const map = mapsOf(configOf(mapping), DESCRIBES)[mapping.pair].find(
    (one) => one.salesforce === mapping.salesforce && one.desk === mapping.desk,
  );
  assert.ok(map);
  return map;
};
const aTicket = (more: Partial<DeskCase>): DeskCase => ({ ...A_CASE, priority: 'normal', ...more });

test('without any mapping, the words of Zendesk hold and nothing is wrong', () => {
  assert.deepEqual(checkConfig(DEFAULT_CONFIG, DESCRIBES), []);
  assert.deepEqual(mapsOf(DEFAULT_CONFIG, DESCRIBES), ZENDESK_VOCABULARY.maps);
});

test('the name goes both ways though nobody can write it, and takes the fields that it is made of', () => {
  const name = { salesforce: 'Name', desk: 'name', direction: 'two-way', loss: null };
  assert.deepEqual(fieldPairs('customer', DESCRIBES)[0], name);
  const inCustomer = (salesforce: string, desk: string, said: Partial<Mapping> = {}) =>
    aMapping(salesforce, desk, { pair: 'customer', ...said });
  assert.deepEqual(found(inCustomer('Name', 'name')), []);
  assert.deepEqual(found(inCustomer('FirstName', 'custom_fields.nick')).slice(-1), [
    'error [salesforce] FirstName of Salesforce would get its value from two fields of Desk: Name = name and FirstName = custom_fields.nick. Let one of the two go to Desk only, or switch it off.',
  ]);
  assert.deepEqual(
    found(inCustomer('FirstName', 'custom_fields.nick', { direction: 'salesforce-to-desk' })),
    [],
  );
  assert.match(found(inCustomer('Name', 'name', { direction: 'off' })).join(), /cannot be off/);
  const { Contact } = DESCRIBES.salesforce;
  assert.ok(Contact);
  const fields = Contact.fields.map((field) =>
    field.name === 'FirstName' ? { ...field, ...readOnly } : field,
  );
  const seen = { ...DESCRIBES, salesforce: { ...DESCRIBES.salesforce, Contact: { ...Contact, fields } } };
  assert.match(
    checkConfig(configOf(inCustomer('Name', 'name')), seen)
      .map(({ message }) => message)
      .join(),
    /Name can go to Desk only: the bridge's user cannot change FirstName/,
  );
});

test('how a ticket came goes to Salesforce only, by the standard pair and by any other', () => {
  const origin = aMapping('Origin', 'via.channel');
  const only =
    'via.channel can go to Salesforce only: nobody sets via.channel in Desk. Set the direction to desk-to-salesforce.';
  assert.deepEqual(found(origin), [`error [direction] ${only}`]);
  const toSalesforce = { direction: 'desk-to-salesforce' } as const;
  const chat = { ...origin, ...toSalesforce, values: pairsOf('Chat=chat') };
  assert.deepEqual(found(chat), []);
  assert.equal(mapFor(chat).toSalesforce('chat'), 'Chat');
  assert.equal(mapFor(chat).toSalesforce('email'), 'Email');
  assert.deepEqual(found(aMapping('Source__c', 'via.channel')), [`error [direction] ${only}`]);
  assert.deepEqual(found(aMapping('Source__c', 'via.channel', toSalesforce)), []);
  assert.equal(mapFor(aMapping('Source__c', 'via.channel')).direction, 'desk-to-salesforce');
  assert.match(found(aMapping('Auto__c', 'via.channel', toSalesforce)).join(), /cannot be mapped/);
  const listed = fieldPairs('case', DESCRIBES).filter(({ desk }) => desk === 'via.channel');
  assert.deepEqual(
    listed.map(({ salesforce, direction }) => `${salesforce} ${direction}`),
    ['Origin', 'Subject', 'Description', 'Amount__c', 'Topics__c', 'Source__c'].map(
      (name) => `${name} desk-to-salesforce`,
    ),
  );
});

test('statuses are paired in the words of Zendesk, and nothing becomes new again by them', () => {
  const status = aMapping('Status', 'status', { values: pairsOf('Escalated=hold') });
  assert.deepEqual(found(status), []);
  const map = mapFor(status);
  assert.deepEqual([map.toDesk('Escalated', 'open'), map.toSalesforce('hold')], ['hold', 'Escalated']);
  assert.equal(map.toDesk('New', 'pending'), 'open');
  assert.equal(map.locks?.('closed'), true);
  assert.match(
    found(aMapping('Status', 'status', { values: pairsOf('Escalated=resolved') })).join(),
    /status has no choice "resolved"\. Did you mean "solved"\?/,
  );
  const urgent = mapFor(aMapping('Priority', 'priority', { values: pairsOf('High=urgent') }));
  assert.deepEqual([urgent.toDesk('High', null), urgent.toSalesforce('high')], ['urgent', 'High']);
  assert.equal(urgent.toSalesforce(null), 'Medium');
});

test('an amount goes with a decimal, cents and all, both ways', () => {
  const map = mapFor(aMapping('Amount__c', 'custom_fields.1001'));
  assert.equal(map.toDesk(12.5, null), '12.5');
  const read = (held: string | number) => map.deskValue(aTicket({ customFields: { 1001: held } }));
  assert.deepEqual([read('12.50'), read(12.5), read('12.00'), read('120')], ['12.5', '12.5', '12', '120']);
  assert.equal(map.toSalesforce('12.5'), 12.5);
  assert.equal(
    map.refuses?.('12.505', 'desk'),
    'Amount__c takes 2 digits after the point, and this has more',
  );
});

test('a selection goes with one of several choices, in the order of each side', () => {
  const mapping = aMapping('Topics__c', 'custom_fields.1002');
  assert.deepEqual(found(mapping), [
    'warning [values] Of custom_fields.1002, "vip" has no place in Topics__c, and will not be carried. Pair each of them with a value of the other side.',
  ]);
  const map = mapFor({ ...mapping, values: pairsOf('Other=vip') });
  assert.equal(map.toDesk('Billing;Login', null), 'login;billing');
  assert.equal(map.toSalesforce('login;billing'), 'Billing;Login');
  assert.equal(map.toSalesforce('vip'), 'Other');
  assert.equal(map.deskValue(aTicket({ customFields: { 1002: 'billing;login' } })), 'login;billing');
  assert.equal(map.deskValue(aTicket({ customFields: { 1002: '' } })), null);
  assert.deepEqual([map.toDesk(null, null), map.toSalesforce(null)], [null, null]);
  assert.match(
    found(aMapping('Topics__c', 'custom_fields.1002', { values: pairsOf('Other=vip;login') })).join(),
    /no choice "vip;login"/,
  );
});

test('what cannot be mapped says why, in the words of Zendesk', () => {
  const told: readonly (readonly [Mapping, RegExp])[] = [
    [aMapping('Source__c', 'custom_fields.1003'), /leads to another record there, or hides what it holds/],
    [aMapping('Source__c', 'custom_fields.1001'), /takes numbers.*Take a field of Desk of the type string/],
    [aMapping('Source__c', 'tags'), /tags of Desk cannot be mapped: a ticket has many tags/],
    [aMapping('Source__c', 'labels'), /A case in Desk has no field labels.*of a ticket, its number there/],
  ];
  for (const [mapping, reason] of told) assert.match(found(mapping).join(), reason);
  assert.deepEqual(
    unmappable('customer', DESCRIBES).map(({ salesforce }) => salesforce),
    [],
  );
});

test('a condition on tickets is read by the fields of Zendesk', () => {
  const withCondition = (deskCondition: string): SyncConfig => ({
    ...DEFAULT_CONFIG,
    rules: { ...DEFAULT_CONFIG.rules, case: { ...DEFAULT_RULE, deskCondition } },
  });
  const compiled = compileConfig(
    withCondition(
      "via.channel = 'email' AND custom_fields.1002 INCLUDES ('vip') AND custom_fields.1001 > 9.5",
    ),
    DESCRIBES,
    () => 0,
  );
  assert.ok(compiled.ok, JSON.stringify(compiled));
  const matches = (more: Partial<DeskCase>) => compiled.active.pairs.case.deskMatches(aTicket(more));
  const customFields = { 1001: '10.0', 1002: 'vip;login' };
  assert.equal(matches({ customFields }), true);
  assert.equal(matches({ customFields, type: 'web' }), false);
  assert.equal(matches({ customFields: { ...customFields, 1002: 'login' } }), false);
  assert.match(
    checkConfig(withCondition("custom_fields.1003 = 'x'"), DESCRIBES)
      .map(({ message }) => message)
      .join(),
    /holds nothing that can be compared/,
  );
});
