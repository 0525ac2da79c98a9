import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseCondition } from '@desk-connect/bridge/core/condition/parseCondition.js';
import { DEFAULT_RULE } from '@desk-connect/bridge/core/config/syncConfig.js';
import { changedRule } from '@desk-connect/plugin/config/changedRule.js';
import { readValuePairs } from '@desk-connect/plugin/config/readValuePairs.js';
import { readPlan } from '@desk-connect/plugin/plan/planFile.js';
import fc from 'fast-check';
import { damaged, tries } from '../support/fuzz.ts';

/** What a reader gives; undefined where it refuses by that error of the plugin. Anything else that is thrown fails. */
function readBy<T>(name: string, reader: () => T): T | undefined {
  try {
    return reader();
  } catch (error) {
    assert.ok(error instanceof Error && error.name === `${name}Error`, String(error));
    return undefined;
  }
}

const words = fc.constantFrom(
  ...[
    'Priority',
    'equals',
    'not equal to',
    'contains',
    'High',
    "'",
    '\\',
    '"',
    '=',
    ',',
    '(',
    ')',
    '1',
    ' ',
    '\n',
  ],
  ...['AND', 'OR', 'NOT', 'LIMIT 1', '--', '%', '__proto__', 'constructor', '\u0000', 'Account.Industry'],
);
const said = fc.oneof(
  fc.array(words, { maxLength: 8 }).map((parts) => parts.join(' ')),
  fc.string(),
);

test('whatever the rows of a rule say, they are one condition or refused', () => {
  const logic = fc.option(fc.oneof(said, fc.constantFrom('1 AND 2', '1 OR (2', '9', '1 AND (1 OR 2)')), {
    nil: undefined,
  });
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 3 }), logic, (rows, how) => {
      const flags = { 'salesforce-row': rows, 'salesforce-logic': how };
      const rule = readBy('RowUnreadable', () => changedRule('case', DEFAULT_RULE, flags, null));
      if (rule) assert.ok(parseCondition(rule.salesforceCondition).ok, rule.salesforceCondition);
    }),
    tries(500),
  );
});

test('whatever a pair of values says, it is two values or refused', () => {
  fc.assert(
    fc.property(said, (text) => {
      const [pair] = readBy('ValueUnreadable', () => readValuePairs([text])) ?? [];
      if (pair) assert.ok(pair.salesforce !== '' && pair.desk !== '');
    }),
    tries(500),
  );
});

test('whatever a file of a plan holds, it is a plan or refused', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'plan.json');
  const wishes = { relaxSessions: false, placeComponents: false };
  const plan = {
    version: 1,
    orgId: '00D',
    integrationUser: 'u',
    wishes,
    changes: [],
    files: {},
    digest: 'd',
  };
  const text = fc.oneof(
    damaged(plan).map((value) => JSON.stringify(value)),
    fc.string(),
  );
  fc.assert(
    fc.property(text, (content) => {
      writeFileSync(path, content);
      const read = readBy('PlanUnreadable', () => readPlan(path));
      if (read) assert.equal(typeof read.wishes.relaxSessions, 'boolean');
    }),
    tries(200),
  );
});
