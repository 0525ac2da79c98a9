import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCase } from '../../ports/helpDesk.ts';
import { decide, type Situation } from '../decide.ts';
import { compileConfig } from './compileConfig.ts';
import { aDescribe, typedField } from './describes.fixture.ts';
import { DEFAULT_CONFIG, DEFAULT_RULE, type Mapping, type SyncConfig } from './syncConfig.ts';

const describes = aDescribe(
  {
    Account: [],
    Contact: [],
    Case: [
      typedField('Status', 'picklist', { values: ['New', 'Working', 'Done'] }),
      typedField('Priority', 'picklist', { values: ['Urgent', 'Normal'] }),
      typedField('Size__c', 'double', { precision: 5, scale: 1 }),
      typedField('IsEscalated', 'boolean'),
      typedField('Product__c', 'reference', { referenceTo: ['Product__c'], relationshipName: 'Product__r' }),
    ],
    Product__c: [typedField('Code__c', 'string', { length: 20, externalId: true })],
  },
  {
    case: [
      { key: 'size', label: 'Size', type: 'string', active: true, choices: [] },
      { key: 'product', label: 'Product', type: 'string', active: true, choices: [] },
    ],
  },
);
const mapping = (salesforce: string, desk: string, values: Mapping['values'] = []): Mapping => ({
  pair: 'case',
  salesforce,
  desk,
  direction: 'two-way',
  owner: null,
  display: false,
  values,
});
const salesforce = {
  Id: '500A',
  SystemModstamp: '2026-01-01T00:00:00.000+0000',
  Subject: 'S',
  Description: null,
  Status: 'Working',
  Priority: 'Urgent',
  Origin: 'Email',
  ContactId: null,
  Size__c: 1.5,
  Product__r: { Code__c: 'P-1' },
};
const desk: DeskCase = {
  pair: 'case',
  id: '1',
  updatedAt: '2026-01-01T00:00:00Z',
  customFields: { size: '1.5', product: 'P-1', other: 'kept' },
  externalId: null,
  subject: 'S',
  description: null,
  status: 'open',
  priority: 9,
  type: 'email',
  customerId: null,
  isEmail: true,
  conversation: '0/0',
};
const CONFIG: SyncConfig = {
  ...DEFAULT_CONFIG,
  mappings: [
    mapping('Size__c', 'custom_fields.size'),
    mapping('Product__r.Code__c', 'custom_fields.product'),
    mapping('Priority', 'priority', [
      { salesforce: 'Urgent', desk: '10' },
      { salesforce: 'Urgent', desk: '9' },
      ...['1', '2', '3', '4', '5', '6', '7', '8'].map((one) => ({ salesforce: 'Normal', desk: one })),
    ]),
    mapping('Status', 'status', [
      { salesforce: 'New', desk: 'new' },
      { salesforce: 'Working', desk: 'open' },
      { salesforce: 'Working', desk: 'pending' },
      { salesforce: 'Done', desk: 'resolved' },
      { salesforce: 'Done', desk: 'closed' },
    ]),
  ],
};

function decideWith(config: SyncConfig, changes: Partial<Situation> = {}) {
  const compiled = compileConfig(config, describes, () => 0);
  assert.ok(compiled.ok, compiled.ok ? '' : JSON.stringify(compiled.problems));
  const { maps, rule } = compiled.active.pairs.case;
  return decide({
    pair: 'case',
    maps: maps.filter(({ relation }) => relation === undefined),
    rule,
    included: { salesforce: true, desk: true },
    linked: true,
    base: null,
    salesforce,
    desk,
    candidates: [],
    counterpart: () => undefined,
    ...changes,
  });
}

test('mapped values that mean the same on both sides cost no write', () => {
  assert.equal(decideWith(CONFIG).do, 'nothing');
});

test('a mapped field crosses into the custom fields of Desk, and the others there stay', () => {
  const decision = decideWith(CONFIG, { salesforce: { ...salesforce, Size__c: 2, Priority: 'Normal' } });
  assert.ok(decision.do === 'update');
  assert.deepEqual(decision.toDesk, { customFields: { size: '2' }, priority: 1 });
});

test('a mapped field crosses to Salesforce, a key by the path to it', () => {
  const changed = { ...desk, customFields: { size: 'big', product: 'P-2' }, status: 'closed' };
  const base = {
    salesforce: {
      'Size__c = custom_fields.size': 1.5,
      'Product__r.Code__c = custom_fields.product': 'P-1',
      status: 'Working',
      priority: 'Urgent',
      subject: 'S',
      description: null,
    },
    desk: {
      'Size__c = custom_fields.size': '1.5',
      'Product__r.Code__c = custom_fields.product': 'P-1',
      status: 'open',
      priority: 9,
      subject: 'S',
      description: null,
    },
  };
  const decision = decideWith(CONFIG, { desk: changed, base });
  assert.ok(decision.do === 'update');
  assert.deepEqual(decision.toSalesforce, { Status: 'Done', 'Product__r.Code__c': 'P-2' });
  assert.deepEqual(decision.notCarried, [
    {
      field: 'Size__c = custom_fields.size',
      reason: 'Size__c takes a number such as 1234.5, and this is none',
    },
  ]);
});

test('a status of the value map never goes back to new in Desk', () => {
  const decision = decideWith(CONFIG, { salesforce: { ...salesforce, Status: 'New' } });
  assert.equal(decision.do, 'nothing');
});

test('a field that only a condition names is watched, and never crosses', () => {
  const rules = {
    ...DEFAULT_CONFIG.rules,
    case: {
      ...DEFAULT_RULE,
      salesforceCondition: 'IsEscalated = TRUE',
      deskCondition: "custom_fields.size != 'x'",
    },
  };
  const compiled = compileConfig({ ...CONFIG, rules }, describes, () => 0);
  assert.ok(compiled.ok);
  const { maps, deskMatches, salesforceCondition } = compiled.active.pairs.case;
  assert.deepEqual(
    maps.filter(({ watched }) => watched).map(({ name }) => name),
    ['watched IsEscalated', 'watched custom_fields.size'],
  );
  assert.equal(salesforceCondition, 'IsEscalated = TRUE');
  assert.deepEqual(
    ['x', 'y', null].map((size) => deskMatches({ ...desk, customFields: { size } })),
    [false, true, true],
  );
  const changed = { ...salesforce, IsEscalated: true };
  assert.equal(decideWith({ ...CONFIG, rules }, { salesforce: changed }).do, 'nothing');
});
