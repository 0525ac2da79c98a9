import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configDiff } from './configDiff.ts';
import { DEFAULT_CONFIG, DEFAULT_RULE, type Mapping, type SyncConfig } from './syncConfig.ts';

const mapping: Mapping = {
  pair: 'case',
  salesforce: 'Product__c',
  desk: 'custom_fields.product',
  direction: 'two-way',
  owner: null,
  display: false,
  values: [],
};

test('a config does not differ from itself, nor from the same mappings in another order', () => {
  const other = { ...mapping, salesforce: 'Area__c', desk: 'custom_fields.area' };
  const config: SyncConfig = { ...DEFAULT_CONFIG, mappings: [mapping, other] };
  assert.deepEqual(configDiff(config, config), []);
  assert.deepEqual(configDiff(config, { ...config, mappings: [other, mapping] }), []);
});

test('a difference names the record, the setting, and what it was and is', () => {
  const rules = {
    ...DEFAULT_CONFIG.rules,
    case: { ...DEFAULT_RULE, salesforceCondition: 'IsEscalated = true' },
  };
  const values = [{ salesforce: 'Hard', desk: 'hardware' }];
  const from: SyncConfig = { ...DEFAULT_CONFIG, mappings: [mapping] };
  const to: SyncConfig = { enabled: false, rules, mappings: [{ ...mapping, values }] };
  assert.deepEqual(configDiff(from, to), [
    { change: 'changed', record: 'switch', pair: null, fields: [{ name: 'enabled', from: 'on', to: 'off' }] },
    {
      change: 'changed',
      record: 'rule case',
      pair: 'case',
      fields: [{ name: 'salesforceCondition', from: 'nothing', to: 'IsEscalated = true' }],
    },
    {
      change: 'changed',
      record: 'mapping case Product__c = custom_fields.product',
      pair: 'case',
      fields: [{ name: 'values', from: 'nothing', to: 'Hard = hardware' }],
    },
  ]);
});

test('mappings that come and go are told as a whole', () => {
  const record = 'mapping case Product__c = custom_fields.product';
  const without = DEFAULT_CONFIG;
  const withIt: SyncConfig = { ...DEFAULT_CONFIG, mappings: [mapping] };
  assert.deepEqual(configDiff(without, withIt), [{ change: 'added', record, pair: 'case', fields: [] }]);
  assert.deepEqual(configDiff(withIt, without), [{ change: 'removed', record, pair: 'case', fields: [] }]);
});
