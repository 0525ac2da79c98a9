import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatConfigFile, parseConfigFile } from './configFile.ts';
import {
  CONFLICT_RULES,
  DEFAULT_CONFIG,
  DEFAULT_RULE,
  DELETE_RULES,
  DIRECTIONS,
  type Rule,
  type SyncConfig,
} from './syncConfig.ts';

/** Records as they are read: plain objects. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true });
const rule: fc.Arbitrary<Rule> = record({
  direction: fc.constantFrom(...DIRECTIONS),
  createInSalesforce: fc.boolean(),
  createInDesk: fc.boolean(),
  updateInSalesforce: fc.boolean(),
  updateInDesk: fc.boolean(),
  salesforceCondition: fc.string(),
  deskCondition: fc.string(),
  recordType: fc.option(fc.string({ minLength: 1 })),
  conflict: fc.constantFrom(...CONFLICT_RULES),
  onDelete: fc.constantFrom(...DELETE_RULES),
});
const name = fc.string({ minLength: 1, maxLength: 20 });
const config: fc.Arbitrary<SyncConfig> = record({
  enabled: fc.boolean(),
  rules: record({ company: rule, customer: rule, case: rule }),
  mappings: fc.array(
    record({
      pair: fc.constantFrom('company', 'customer', 'case'),
      salesforce: name,
      desk: name,
      direction: fc.constantFrom(...DIRECTIONS),
      owner: fc.option(fc.constantFrom(...CONFLICT_RULES)),
      display: fc.boolean(),
      values: fc.array(record({ salesforce: fc.string(), desk: fc.string() }), { maxLength: 3 }),
    }),
    { maxLength: 4 },
  ),
});

test('what is written to a file is read back as the same config', () => {
  fc.assert(
    fc.property(config, (given) => {
      const read = parseConfigFile(formatConfigFile(given));
      assert.deepEqual(read, { ok: true, config: given });
    }),
  );
});

test('a file that says nothing but its version is the default', () => {
  assert.deepEqual(parseConfigFile('version: 1'), { ok: true, config: DEFAULT_CONFIG });
  assert.equal(formatConfigFile(DEFAULT_CONFIG), 'version: 1\nenabled: true\n');
});

test('a file says only what differs from the default', () => {
  const rules = { ...DEFAULT_CONFIG.rules, case: { ...DEFAULT_RULE, conflict: 'desk' as const } };
  assert.equal(
    formatConfigFile({ ...DEFAULT_CONFIG, rules }),
    'version: 1\nenabled: true\nrules:\n  case:\n    conflict: desk\n',
  );
});

const BAD: [string, RegExp, string][] = [
  ['', /version/, 'file'],
  ['version: 2', /must be 1/, 'file'],
  ['version: 1\nrules:\n  case:\n    direction: sideways', /must be one of two-way, /, 'rule case'],
  ['version: 1\nrules:\n  case:\n    dierction: off', /no setting called dierction/, 'rule case'],
  ['version: 1\nrules:\n  lead: {}', /no setting called lead/, 'file'],
  ['version: 1\nmappings: 7', /must be a list/, 'file'],
  [
    'version: 1\nmappings:\n  - { pair: case, salesforce: A__c, desk: custom_fields.a, display: maybe }',
    /must be true or false/,
    'mapping case A__c = custom_fields.a',
  ],
  ['version: 1\nmappings:\n  - { pair: case }', /must be text/, 'mapping 1'],
  ['version: 1\nversion: 1', /unique/, 'file'],
  ['version: [', /./, 'file'],
];

test('a bad file is refused with the record, the field and the reason', () => {
  for (const [source, message, record] of BAD) {
    const read = parseConfigFile(source);
    assert.ok(!read.ok, source);
    const [problem] = read.problems;
    assert.match(`${problem?.field} ${problem?.message}`, message, source);
    assert.equal(problem?.record, record, source);
    assert.ok(problem.fix.length > 0);
  }
});

test('a file of 10 MB, and one that grows by aliases, are refused at once', () => {
  assert.ok(!parseConfigFile('x'.repeat(10_000_000)).ok);
  const laughs = Array.from(
    { length: 9 },
    (_, n) => `a${n}: &a${n} [${n === 0 ? 'x' : `${`*a${n - 1},`.repeat(9)}x`}]`,
  );
  assert.ok(!parseConfigFile(laughs.join('\n')).ok);
});

test('no text makes reading throw', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (source) => {
      parseConfigFile(source);
      parseConfigFile(`version: 1\n${source}`);
    }),
  );
});
