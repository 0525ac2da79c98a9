import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkConfig } from './checkConfig.ts';
import { compileConfig, lookupsIn } from './compileConfig.ts';
import type { DeskCustomField, Describes } from './describes.ts';
import { aDescribe, aField } from './describes.fixture.ts';
import { fieldPairsOf } from './fieldPairs.ts';
import { DEFAULT_CONFIG, DEFAULT_RULE, type Mapping, type Rule, type SyncConfig } from './syncConfig.ts';

const custom = (key: string, type: DeskCustomField['type'], choices: string[] = []): DeskCustomField => ({
  key,
  label: key,
  type,
  active: true,
  choices,
});
const CASE = [
  aField('Subject', 'string', { length: 255 }),
  aField('Description', 'textarea', { length: 32_000 }),
  aField('Status', 'picklist', { values: ['New', 'Open', 'Pending', 'Resolved', 'Closed', 'Working'] }),
  aField('Priority', 'picklist', { values: ['High', 'Medium', 'Low'] }),
  aField('Origin', 'picklist', { values: ['Email', 'Phone', 'Web'] }),
  aField('ContactId', 'reference', { referenceTo: ['Contact'], relationshipName: 'Contact' }),
  aField('Kind__c', 'picklist', { values: ['Hard', 'Soft'], restrictedPicklist: true }),
  aField('Area__c', 'string', { length: 40 }),
  aField('Region__c', 'string', { length: 40 }),
  aField('Score__c', 'double', {
    precision: 5,
    calculated: true,
    calculatedFormula: '1',
    createable: false,
    updateable: false,
  }),
  aField('Product__c', 'reference', { referenceTo: ['Product__c'], relationshipName: 'Product__r' }),
];
const describes: Describes = {
  ...aDescribe(
    {
      Account: [aField('Name', 'string', { length: 255, nillable: false })],
      Contact: [aField('LastName', 'string', { length: 80, nillable: false })],
      Case: CASE,
      Product__c: [
        aField('Code__c', 'string', { length: 20, externalId: true, unique: true }),
        aField('Name', 'string', { length: 80 }),
      ],
    },
    {
      case: [
        custom('kind', 'list', ['hardware', 'software']),
        custom('area', 'string'),
        custom('region', 'string'),
        custom('score', 'integer'),
        custom('product', 'string'),
        { ...custom('old', 'string'), active: false },
      ],
    },
  ),
};
const mapping = (salesforce: string, desk: string, rest: Partial<Mapping> = {}): Mapping => ({
  pair: 'case',
  salesforce,
  desk,
  direction: 'two-way',
  owner: null,
  display: false,
  values: [],
  ...rest,
});
const config = (mappings: readonly Mapping[], rule: Partial<Rule> = {}): SyncConfig => ({
  ...DEFAULT_CONFIG,
  rules: { ...DEFAULT_CONFIG.rules, case: { ...DEFAULT_RULE, ...rule } },
  mappings,
});
const KIND = mapping('Kind__c', 'custom_fields.kind', {
  values: [
    { salesforce: 'Hard', desk: 'hardware' },
    { salesforce: 'Soft', desk: 'software' },
  ],
});

test('a config that fits both sides has no problems', () => {
  const good = config(
    [
      KIND,
      mapping('Area__c', 'custom_fields.area', { direction: 'salesforce-to-desk', owner: 'desk' }),
      mapping('Priority', 'priority', { direction: 'off' }),
      mapping('Score__c', 'custom_fields.score', { direction: 'salesforce-to-desk' }),
    ],
    { salesforceCondition: "Kind__c = 'Hard'", deskCondition: 'priority >= 5', conflict: 'newest' },
  );
  const errors = checkConfig(good, describes).filter(({ level }) => level === 'error');
  assert.deepEqual(errors, []);
  assert.ok(compileConfig(good, describes, () => 0).ok);
});

const BAD: readonly (readonly [SyncConfig, string, RegExp])[] = [
  [
    config([mapping('Aera__c', 'custom_fields.area')]),
    'salesforce',
    /Case has no field Aera__c\. Did you mean Area__c\?/,
  ],
  [
    config([mapping('Area__c', 'custom_fields.aera')]),
    'desk',
    /Desk has no field custom_fields\.aera\. Did you mean custom_fields\.area\?/,
  ],
  [config([mapping('Area__c', 'custom_fields.old')]), 'desk', /is not active/],
  [config([mapping('Area__c', 'custom_fields.score')]), 'desk', /do not agree/],
  [config([mapping('Product__c', 'custom_fields.product')]), 'desk', /Map a key of the other record/],
  [config([mapping('Product__r.Cod__c', 'custom_fields.product')]), 'salesforce', /Did you mean Code__c/],
  [config([mapping('Produkt__r.Code__c', 'custom_fields.product')]), 'salesforce', /no lookup Produkt__r/],
  [config([mapping('A.B.C', 'custom_fields.product')]), 'salesforce', /more than one lookup/],
  [config([mapping('Product__r.Name', 'custom_fields.product')]), 'direction', /goes to Desk only/],
  [config([mapping('Score__c', 'custom_fields.score')]), 'direction', /goes to Desk only/],
  [config([KIND, KIND]), '', /two mappings of these fields/],
  [
    config([mapping('Area__c', 'custom_fields.area'), mapping('Area__c', 'custom_fields.region')]),
    'direction',
    /Area__c is written from custom_fields\.area already/,
  ],
  [
    config([mapping('Area__c', 'custom_fields.area'), mapping('Region__c', 'custom_fields.area')]),
    'direction',
    /custom_fields\.area is written from Area__c already/,
  ],
  [
    config([
      mapping('Area__c', 'custom_fields.area', { direction: 'salesforce-to-desk' }),
      mapping('Region__c', 'custom_fields.area', { direction: 'desk-to-salesforce' }),
      mapping('Region__c', 'custom_fields.region', { direction: 'salesforce-to-desk' }),
      mapping('Area__c', 'custom_fields.region', { direction: 'desk-to-salesforce' }),
    ]),
    'direction',
    /would come back to it/,
  ],
  [config([mapping('Subject', 'subject', { direction: 'off' })]), 'direction', /no record can be made/],
  [
    config([
      mapping('Kind__c', 'custom_fields.kind', { values: [{ salesforce: 'Hrad', desk: 'hardware' }] }),
    ]),
    'values',
    /no active value Hrad\. Did you mean Hard/,
  ],
  [
    config([
      mapping('Kind__c', 'custom_fields.kind', { values: [{ salesforce: 'Hard', desk: 'hardwear' }] }),
    ]),
    'values',
    /no value hardwear\. Did you mean hardware/,
  ],
  [
    config([mapping('Area__c', 'custom_fields.area', { values: [{ salesforce: 'A', desk: 'B' }] })]),
    'values',
    /no list of values/,
  ],
  [config([], { salesforceCondition: "Kind__c = 'x' LIMIT 1" }), 'salesforceCondition', /goes on behind/],
  [config([], { salesforceCondition: "Knid__c = 'x'" }), 'salesforceCondition', /Did you mean Kind__c/],
  [config([], { deskCondition: "stauts = 'x'" }), 'deskCondition', /Did you mean status/],
  [config([], { recordType: 'Support' }), 'recordType', /no record type Support/],
  [
    {
      ...DEFAULT_CONFIG,
      rules: { ...DEFAULT_CONFIG.rules, customer: { ...DEFAULT_RULE, onDelete: 'delete' } },
    },
    'onDelete',
    /Only cases are deleted/,
  ],
  [
    config(Array.from({ length: 501 }, (_, n) => mapping(`F${n}__c`, `custom_fields.f${n}`))),
    'mappings',
    /500 are the most/,
  ],
];

test('a config that does not fit is refused with the record, the field, the reason and a fix', () => {
  for (const [bad, field, message] of BAD) {
    const [problem] = checkConfig(bad, describes).filter(({ level }) => level === 'error');
    assert.ok(problem, `${String(message)} was not found`);
    assert.match(problem.message, message);
    assert.equal(problem.field, field, problem.message);
    assert.ok(problem.fix.length > 0 && problem.record.length > 0);
    assert.ok(!compileConfig(bad, describes, () => 0).ok);
  }
});

test('what is lost by a config that can be used is warned of', () => {
  const warnings = (given: SyncConfig) =>
    checkConfig(given, describes).map(({ level, message }) => `${level}: ${message}`);
  const half = mapping('Kind__c', 'custom_fields.kind', {
    values: [{ salesforce: 'Hard', desk: 'hardware' }],
  });
  assert.deepEqual(warnings(config([half])).slice(1), [
    'warning: These values of Salesforce have no place in Desk: Soft.',
    'warning: These values of Desk have no place in Salesforce: software.',
  ]);
  const needs = { ...describes, salesforce: { ...describes.salesforce } };
  needs.salesforce['Case'] = {
    name: 'Case',
    recordTypes: [],
    fields: [...CASE, aField('Needed__c', 'string', { nillable: false })],
  };
  assert.match(checkConfig(config([]), needs)[0]?.message ?? '', /Case needs Needed__c/);
});

test('only pairs whose types agree are listed, with the reason for the others', () => {
  const { pairs, unmappable } = fieldPairsOf('case', describes);
  const kind = pairs.filter(({ salesforce }) => salesforce === 'Kind__c').map(({ desk }) => desk);
  assert.ok(kind.includes('custom_fields.kind') && !kind.includes('custom_fields.score'));
  const score = pairs.filter(({ salesforce }) => salesforce === 'Score__c');
  assert.ok(score.length > 0 && score.every(({ direction }) => direction === 'salesforce-to-desk'));
  assert.match(unmappable.find(({ salesforce }) => salesforce === 'Product__c')?.reason ?? '', /Code__c/);
});

test('the lookups of a config are known, so that what they lead to is described', () => {
  const given = config([mapping('Product__r.Code__c', 'custom_fields.product')], {
    salesforceCondition: "Account.Industry = 'x' AND Account.Type = 'y'",
  });
  assert.deepEqual(lookupsIn(given, 'case'), ['Product__r', 'Account']);
});
