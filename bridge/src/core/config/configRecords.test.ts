import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PAIRS } from '../pair.ts';
import { CONFIG_TYPES, toRecords, type ConfigRecord, type ConfigType } from './configRecords.ts';
import { fromRows, type ConfigRow, type ConfigRows } from './configRows.ts';
import {
  configMark,
  CONFLICT_RULES,
  DEFAULT_CONFIG,
  DEFAULT_RULE,
  DELETE_RULES,
  DIRECTIONS,
  mappingKey,
  type Mapping,
  type Rule,
  type SyncConfig,
} from './syncConfig.ts';

const words = fc.string({ minLength: 1, maxLength: 60 }).filter((one) => one === one.trim());
/** Names such as make trouble: long, alike but for signs, with each other's marks. */
const fieldName = fc.oneof(
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.]{0,90}$/),
  fc.constantFrom('A__c', 'A_c', 'a__C', 'P__r.Code__c', 'P_r_Code_c', 'A_m0000001', '__', 'Ä'),
);
const rule: fc.Arbitrary<Rule> = fc.record({
  direction: fc.constantFrom(...DIRECTIONS),
  createInSalesforce: fc.boolean(),
  createInDesk: fc.boolean(),
  updateInSalesforce: fc.boolean(),
  updateInDesk: fc.boolean(),
  salesforceCondition: fc.option(words, { nil: '' }),
  deskCondition: fc.option(words, { nil: '' }),
  recordType: fc.option(words, { nil: null }),
  conflict: fc.constantFrom(...CONFLICT_RULES),
  onDelete: fc.constantFrom(...DELETE_RULES),
});
const mapping: fc.Arbitrary<Mapping> = fc.record({
  pair: fc.constantFrom(...PAIRS),
  salesforce: fieldName,
  desk: fieldName,
  direction: fc.constantFrom(...DIRECTIONS),
  owner: fc.option(fc.constantFrom(...CONFLICT_RULES), { nil: null }),
  display: fc.boolean(),
  values: fc.array(fc.record({ salesforce: words, desk: words }), { maxLength: 12 }),
});
const config: fc.Arbitrary<SyncConfig> = fc.record({
  enabled: fc.boolean(),
  rules: fc.record({
    company: fc.oneof(rule, fc.constant(DEFAULT_RULE)),
    customer: fc.oneof(rule, fc.constant(DEFAULT_RULE)),
    case: fc.oneof(rule, fc.constant(DEFAULT_RULE)),
  }),
  mappings: fc.uniqueArray(mapping, { selector: mappingKey, maxLength: 8 }),
});

const rowsOf = (records: readonly ConfigRecord[]): ConfigRows => {
  const of = (type: ConfigType) =>
    records
      .filter((one) => one.type === type)
      .map(({ developerName, values }): ConfigRow => ({ DeveloperName: developerName, ...values }));
  const [Desk_Sync, Desk_Rule, Desk_Mapping, Desk_Value] = CONFIG_TYPES.map(of);
  return {
    Desk_Sync: Desk_Sync ?? [],
    Desk_Rule: Desk_Rule ?? [],
    Desk_Mapping: Desk_Mapping ?? [],
    Desk_Value: Desk_Value ?? [],
  };
};
const NO_ROWS = rowsOf([]);
const rows = (part: Partial<ConfigRows>) => fromRows({ ...NO_ROWS, ...part });

test('a config comes back from its records as it was, whatever their order', () => {
  fc.assert(
    fc.property(config, (given) => {
      const { config: back, problems } = fromRows(rowsOf(toRecords(given).reverse()));
      assert.deepEqual(problems, []);
      assert.equal(configMark(back), configMark(given));
    }),
    { numRuns: 500 },
  );
});

test('every record has a name and a label that Salesforce takes, and no other record of the type has it', () => {
  fc.assert(
    fc.property(config, (given) => {
      const records = toRecords(given);
      const names = records.map(({ type, developerName }) => `${type}.${developerName}`.toLowerCase());
      assert.equal(new Set(names).size, names.length);
      for (const { developerName, label } of records) {
        assert.match(developerName, /^[a-z](?:_?[a-z0-9])*$/i);
        assert.ok(developerName.length <= 40 && label.length <= 40 && label !== '', developerName);
      }
    }),
    { numRuns: 500 },
  );
});

test('the name of a mapping does not depend on the order of the mappings', () => {
  fc.assert(
    fc.property(config, (given) => {
      const sorted = (one: SyncConfig) =>
        toRecords(one)
          .map((record) => JSON.stringify(record))
          .sort();
      assert.deepEqual(sorted({ ...given, mappings: [...given.mappings].reverse() }), sorted(given));
    }),
  );
});

test('a rule that is the default has no record, and no rows are the default config', () => {
  assert.deepEqual(
    toRecords(DEFAULT_CONFIG).map((one) => `${one.type}.${one.developerName}`),
    ['Desk_Sync.Default'],
  );
  assert.deepEqual(rows({}), { config: DEFAULT_CONFIG, problems: [] });
});

test('names are readable: the pair and the field, with a mark only where two would be alike', () => {
  const one = (salesforce: string, desk: string): Mapping => ({
    pair: 'case',
    salesforce,
    desk,
    direction: 'two-way',
    owner: null,
    display: false,
    values: [{ salesforce: 'A', desk: 'a' }],
  });
  const named = (...mappings: Mapping[]) =>
    toRecords({ ...DEFAULT_CONFIG, mappings })
      .filter(({ type }) => type !== 'Desk_Sync')
      .map(({ developerName }) => developerName);
  assert.deepEqual(named(one('Product__r.Code__c', 'custom_fields.product')), [
    'Case_Product_r_Code_c',
    'Case_Product_r_Code_c_1',
  ]);
  assert.match(named(one('A__c', 'x'), one('A__c', 'y')).join(' '), /^Case_A_c_m\w{7} .* Case_A_c_m\w{7} /);
});

test('a row that says what is not known is left out, and the problem names it and what can be chosen', () => {
  const { config: found, problems } = rows({
    Desk_Rule: [
      { DeveloperName: 'Case', Pair__c: 'ticket' },
      { DeveloperName: 'Company', Pair__c: 'company', Direction__c: 'sideways' },
      { DeveloperName: 'Customer', Pair__c: 'customer', Direction__c: 'off' },
      { DeveloperName: 'Customer2', Pair__c: 'customer' },
    ],
    Desk_Mapping: [
      { DeveloperName: 'M', Pair__c: 'case', Salesforce_Field__c: 'A__c', Desk_Field__c: null },
      { DeveloperName: 'N', Pair__c: 'case', Salesforce_Field__c: 'A__c', Desk_Field__c: 'x' },
      { DeveloperName: 'O', Pair__c: 'case', Salesforce_Field__c: 'a__c', Desk_Field__c: 'X' },
    ],
    Desk_Value: [
      { DeveloperName: 'V', Mapping__c: 'n', Salesforce_Value__c: '2', Desk_Value__c: 'b', Position__c: 2 },
      { DeveloperName: 'W', Mapping__c: 'Nobody', Salesforce_Value__c: '1', Desk_Value__c: 'a' },
      { DeveloperName: 'X', Mapping__c: 'N', Salesforce_Value__c: '1', Desk_Value__c: 'a', Position__c: 1 },
    ],
    Desk_Sync: [
      { DeveloperName: 'Default', Enabled__c: false },
      { DeveloperName: 'Other', Enabled__c: true },
    ],
  });
  assert.deepEqual(
    problems.map(({ level, record, field }) => `${level} ${record} ${field}`),
    [
      'error Desk_Rule.Case pair',
      'error Desk_Rule.Company direction',
      'error Desk_Rule.Customer2 pair',
      'error Desk_Value.W mapping',
      'error Desk_Mapping.M desk',
      'error Desk_Mapping.O salesforce',
      'warning Desk_Sync.Other enabled',
    ],
  );
  assert.match(problems[1]?.fix ?? '', /two-way, desk-to-salesforce, salesforce-to-desk, off/);
  assert.deepEqual(
    [found.enabled, found.rules.customer.direction, found.rules.company, found.mappings.length],
    [false, 'off', DEFAULT_RULE, 1],
  );
  assert.deepEqual(found.mappings[0]?.values, [
    { salesforce: '1', desk: 'a' },
    { salesforce: '2', desk: 'b' },
  ]);
});
