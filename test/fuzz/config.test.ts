import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCondition } from '@desk-connect/bridge/core/condition/parseCondition.js';
import { formatConfigFile, parseConfigFile } from '@desk-connect/bridge/core/config/configFile.js';
import { fromRows, type ConfigRows } from '@desk-connect/bridge/core/config/configRows.js';
import { inLists, literal } from '@desk-connect/bridge/salesforce/soql.js';
import { readConfig } from '@desk-connect/bridge/service/config.js';
import { ConfigError } from '@desk-connect/bridge/service/configError.js';
import { recordRef } from '@desk-connect/bridge/store/recordRef.js';
import { literals } from '@desk-connect/plugin/org/soql.js';
import fc from 'fast-check';
import { parse } from '../org/soql/parse.ts';
import { damaged, isPolluted, tries } from '../support/fuzz.ts';

const RULE = {
  direction: 'two-way',
  salesforceCondition: "Subject != 'x'",
  conflict: 'desk',
  onDelete: 'unlink',
};
const MAPPING = {
  pair: 'case',
  salesforce: 'A__c',
  desk: 'custom_fields.a',
  values: [{ salesforce: 'x', desk: 'y' }],
};
const FILE = { version: 1, enabled: true, rules: { case: RULE }, mappings: [MAPPING] };
const ROWS: ConfigRows = {
  Desk_Sync: [{ DeveloperName: 'Default', Enabled__c: true }],
  Desk_Rule: [{ DeveloperName: 'Cases', Pair__c: 'case', Direction__c: 'two-way', On_Delete__c: null }],
  Desk_Mapping: [
    { DeveloperName: 'M', Pair__c: 'case', Salesforce_Field__c: 'A__c', Desk_Field__c: 'custom_fields.a' },
  ],
  Desk_Value: [
    { DeveloperName: 'V', Mapping__c: 'M', Position__c: 1, Salesforce_Value__c: 'x', Desk_Value__c: 'y' },
  ],
};

test('whatever a config file holds, it is a config or a list of problems', () => {
  const text = fc.oneof(
    damaged(FILE).map((value) => JSON.stringify(value, null, 2)),
    damaged(FILE).map((value) => JSON.stringify(value)),
    fc.string({ maxLength: 300 }),
    fc.constantFrom('['.repeat(3_000), `a: ${'{a: '.repeat(3_000)}`, '&a [*a]', '!!js/function x', '\u0000'),
  );
  fc.assert(
    fc.property(text, (source) => {
      const parsed = parseConfigFile(source);
      if (parsed.ok) assert.deepEqual(parseConfigFile(formatConfigFile(parsed.config)), parsed);
      else assert.ok(parsed.problems.length > 0 && parsed.problems.every(({ message }) => message !== ''));
      assert.ok(!isPolluted());
    }),
    tries(300),
  );
});

test('whatever records of custom metadata hold, they are a config and a list of problems', () => {
  const rows = fc.record({
    Desk_Sync: fc.array(damaged(ROWS.Desk_Sync[0])),
    Desk_Rule: fc.array(damaged(ROWS.Desk_Rule[0])),
    Desk_Mapping: fc.array(damaged(ROWS.Desk_Mapping[0])),
    Desk_Value: fc.array(damaged(ROWS.Desk_Value[0])),
  });
  const named = (all: readonly unknown[], type: string) =>
    all.map((row, index) => ({ ...(row as object), DeveloperName: `${type}${index}` }));
  fc.assert(
    fc.property(rows, (given) => {
      const entries = Object.entries(given).map(([type, all]) => [type, named(all, type)] as const);
      const { config } = fromRows(Object.fromEntries(entries) as unknown as ConfigRows);
      assert.ok(parseConfigFile(formatConfigFile(config)).ok);
      assert.ok(!isPolluted());
    }),
    tries(300),
  );
});

const words = fc.constantFrom(
  ...[
    "'",
    '\\',
    "\\'",
    '(',
    ')',
    ' AND ',
    ' OR ',
    'NOT ',
    'Id',
    'Name',
    ' = ',
    ' IN ',
    "'x'",
    '1',
    'null',
    ',',
  ],
  ...[
    '--',
    '/*',
    ';',
    ' LIMIT 1',
    ' FOR UPDATE',
    '\n',
    '\u0000',
    ':x',
    'TODAY',
    '{',
    '%',
    'SELECT Id FROM User',
  ],
);
const soqlish = fc.array(words, { maxLength: 14 }).map((parts) => parts.join(''));

test('whatever a condition says, it is refused or stands alone behind another one', () => {
  const text = fc.oneof(
    soqlish,
    fc.string(),
    soqlish.map((rest) => `Name = 'x' ${rest}`),
  );
  fc.assert(
    fc.property(text, (condition) => {
      const parsed = parseCondition(condition);
      if (!parsed.ok) return assert.ok(parsed.message !== '' && parsed.fix !== '');
      const behind = parseCondition(`Id != null AND (${condition})`);
      assert.ok(behind.ok && behind.condition.kind === 'and');
      assert.deepEqual(behind.condition.parts[1], parsed.condition);
    }),
    tries(400),
  );
});

test('whatever a text holds, it stays one value in SOQL', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), soqlish);
  fc.assert(
    fc.property(text, (value) => {
      const wanted = parse("SELECT Id FROM Contact WHERE Name = 'x'").where;
      for (const written of [literal(value), literals([value])]) {
        const { where } = parse(`SELECT Id FROM Contact WHERE Name = ${written}`);
        assert.equal(
          JSON.stringify(where),
          JSON.stringify(wanted).replace('"x"', () => JSON.stringify(value)),
        );
      }
      assert.equal(inLists([value]).length, 1);
    }),
    tries(400),
  );
});

test('whatever a person calls a record, it is a name of one or none', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('case:007', 'case:0', 'constructor:1', '500'), soqlish);
  fc.assert(
    fc.property(text, (name) => {
      const ref = recordRef(name);
      if (ref) assert.match(ref.id, ref.side === 'desk' ? /^(?:0|[1-9]\d{0,17})$/ : /^[a-zA-Z0-9]{18}$/);
    }),
    tries(400),
  );
});

test('whatever the environment says, it is a configuration or a refusal that names each variable', () => {
  const good = {
    DESKCONNECT_SALESFORCE_URL: 'https://acme.my.salesforce.com',
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: 'token',
    DESKCONNECT_DESK_URL: 'https://acme.desk.com',
    DESKCONNECT_DESK_EMAIL: 'agent@acme.test',
    DESKCONNECT_DESK_PASSWORD: 'secret',
    DESKCONNECT_PORT: '1',
    DESKCONNECT_STORE: 'postgres://u:p@h/d',
    DESKCONNECT_HOOK_SECRET: 'a secret of this test',
    DESKCONNECT_POLL_SECONDS: '1',
    DESKCONNECT_START: 'now',
  };
  const texts = (value: unknown) =>
    Object.fromEntries(
      Object.entries(value ?? {}).map(([name, one]) => [
        name,
        typeof one === 'string' ? one : JSON.stringify(one),
      ]),
    );
  fc.assert(
    fc.property(damaged(good), (value) => {
      try {
        const { port, pollMs } = readConfig(texts(value));
        assert.ok(port >= 0 && port <= 65_535 && pollMs >= 200);
      } catch (error) {
        assert.ok(error instanceof ConfigError, String(error));
        assert.match(error.message, /DESKCONNECT_/);
      }
    }),
    tries(300),
  );
});
