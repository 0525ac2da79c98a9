import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aField, ALL_TYPES_DESCRIBES } from './allTypes.fixture.ts';
import { checkConfig } from './checkConfig.ts';
import type { Describes } from './describes.ts';
import { aMapping, configOf } from './mapped.fixture.ts';
import { DEFAULT_CONFIG, DEFAULT_RULE, type Mapping, type Rule, type SyncConfig } from './syncConfig.ts';

const STRING = 'custom_fields.a_string';
const LIST = 'custom_fields.a_list';
const toDesk = { direction: 'salesforce-to-desk' } as const;
const toSalesforce = { direction: 'desk-to-salesforce' } as const;
const off = { direction: 'off' } as const;

/** What is found, one line each: level, record, field, message, fix. */
const lines = (config: SyncConfig, describes = ALL_TYPES_DESCRIBES) =>
  checkConfig(config, describes).map(
    ({ level, record, field, message, fix }) => `${level} ${record} [${field}] ${message} ${fix}`,
  );
const found = (...mappings: Mapping[]) => lines(configOf(...mappings));
const withRule = (rule: Partial<Rule>, ...mappings: Mapping[]): SyncConfig => ({
  ...configOf(...mappings),
  rules: { ...DEFAULT_CONFIG.rules, case: { ...DEFAULT_RULE, ...rule } },
});
const caseField = (...fields: ReturnType<typeof aField>[]): Describes => {
  const { Case } = ALL_TYPES_DESCRIBES.salesforce;
  assert.ok(Case);
  const more = { ...Case, fields: [...Case.fields, ...fields] };
  return { ...ALL_TYPES_DESCRIBES, salesforce: { ...ALL_TYPES_DESCRIBES.salesforce, Case: more } };
};

test('a config without mappings, and one with good ones, is right', () => {
  assert.deepEqual(lines(DEFAULT_CONFIG), []);
  assert.deepEqual(
    found(
      aMapping('Subject', 'subject', { owner: 'desk' }),
      aMapping('ContactId', 'customer', toDesk),
      aMapping('Picklist__c', LIST, { ...toDesk }),
      aMapping('Number__c', 'custom_fields.a_integer'),
      aMapping('Checkbox__c', 'custom_fields.a_boolean'),
      aMapping('Product__r.Code__c', STRING),
      aMapping('Secret__c', 'none', { ...off, display: true }),
      aMapping('Product__r.Name', 'none', { ...off, display: true }),
    ),
    [],
  );
});

test('a field that would get its value from two others is told, whichever side it is on', () => {
  const [a, b] = [aMapping('Text_Area__c', STRING), aMapping('URL__c', STRING)];
  assert.deepEqual(found(a, b), [
    'error mapping case URL__c = custom_fields.a_string [desk] custom_fields.a_string of Desk would get its value from two fields of Salesforce: Text_Area__c = custom_fields.a_string and URL__c = custom_fields.a_string. Let one of the two go to Salesforce only, or switch it off.',
  ]);
  assert.deepEqual(found(a, { ...b, ...toSalesforce }), []);
  assert.match(
    found(a, aMapping('text_area__c', 'subject', toSalesforce)).join(),
    /Text_Area__c of Salesforce would/,
  );
  assert.match(
    found(aMapping('Text_Area__c', 'subject')).join(),
    /Subject = subject and Text_Area__c = subject/,
  );
  assert.match(
    found(aMapping('Account.Number__c', STRING, { pair: 'customer' })).join(),
    /AccountId of Salesforce would get its value from two fields of Desk: AccountId = company and Account.Number__c/,
  );
  assert.deepEqual(found(a, { ...a, salesforce: 'TEXT_AREA__C' }), [
    'error mapping case TEXT_AREA__C = custom_fields.a_string [salesforce] There is another mapping of these two fields. Take one of the two out.',
  ]);
  // A rule that goes one way leaves nothing to be written twice.
  assert.deepEqual(lines(withRule(toSalesforce, a, b)), []);
});

test('a ring of mappings is told once, and mappings that only share a field are none', () => {
  const ring = [
    aMapping('Text_Area__c', STRING, toDesk),
    aMapping('URL__c', STRING, toSalesforce),
    aMapping('URL__c', 'description', toDesk),
    aMapping('Text_Area__c', 'description', toSalesforce),
    aMapping('Description', 'description', off),
  ];
  assert.deepEqual(found(...ring), [
    'error mapping case Text_Area__c = custom_fields.a_string [direction] A change would go round: Text_Area__c of Salesforce, custom_fields.a_string of Desk, URL__c of Salesforce, description of Desk, Text_Area__c of Salesforce. Switch one of these mappings off, or let it go the other way only.',
  ]);
  assert.deepEqual(found(...ring.slice(0, 3), ...ring.slice(4)), []);
});

test('a record type must be there and active', () => {
  const told = (recordType: string | null) => lines(withRule({ recordType }));
  assert.deepEqual([told(null), told('Support')], [[], []]);
  assert.deepEqual(told('Suport'), [
    "error rule case [recordType] Case has no record type Suport, or the bridge's user cannot take it. Did you mean Support?",
  ]);
  assert.deepEqual(told('Sales'), [
    'error rule case [recordType] The record type Sales of Case is not active. Activate it in Setup, or take another one.',
  ]);
  const rules = { ...DEFAULT_CONFIG.rules, ticket: DEFAULT_RULE };
  assert.deepEqual(lines({ ...DEFAULT_CONFIG, rules }), [
    'error rule ticket [pair] There is no pair ticket. Take one of company, customer, case.',
  ]);
});

test('a required field that nothing fills is told where records are made', () => {
  const describes = caseField(
    aField('Must__c', { nillable: false, length: 255 }),
    aField('Filled__c', { nillable: false, defaultedOnCreate: true }),
    aField('Checked__c', { type: 'boolean', nillable: false }),
    aField('Master__c', {
      type: 'reference',
      nillable: false,
      referenceTo: ['Product__c'],
      relationshipName: 'Master__r',
    }),
  );
  const warning = (fields: string) =>
    `warning rule case [createInSalesforce] Case requires ${fields}, and nothing of Desk goes there: no record can be made in Salesforce. Map a field of Desk to it, give it a default in Setup, or switch createInSalesforce off.`;
  const must = aMapping('Must__c', 'subject', toSalesforce);
  assert.deepEqual(lines(DEFAULT_CONFIG, describes), [warning('Must__c, Master__c')]);
  assert.deepEqual(lines(configOf(must), describes), [warning('Master__c')]);
  assert.deepEqual(lines(configOf(must, aMapping('Master__r.Code__c', STRING)), describes), []);
  for (const rule of [{ createInSalesforce: false }, toDesk, off])
    assert.deepEqual(lines(withRule(rule), describes), []);
});

test('what Desk makes no record without must go to Desk', () => {
  const customer = aMapping('ContactId', 'customer', toSalesforce);
  assert.deepEqual(found(customer), [
    'warning rule case [createInDesk] Desk makes no case without customer, and ContactId does not go there: no record can be made in Desk. Let ContactId go both ways, or switch createInDesk off.',
  ]);
  assert.deepEqual(lines(withRule({ createInDesk: false }, customer)), []);
});

test('a config of more than 500 mappings, or of more than 1,000 values in one, is refused', () => {
  const many = Array.from({ length: 501 }, (_, index) => aMapping(`Field_${index}__c`, STRING, off));
  assert.deepEqual(found(...many), [
    'error config [mappings] There are 501 mappings; 500 at most are taken. Take some of them out.',
  ]);
  const values = Array.from({ length: 1001 }, (_, index) => ({ salesforce: `${index}`, desk: 'gold' }));
  assert.deepEqual(found(aMapping('Picklist__c', LIST, { values })), [
    'error mapping case Picklist__c = custom_fields.a_list [values] There are 1001 values; 1000 at most are taken. Take some of them out.',
  ]);
});
