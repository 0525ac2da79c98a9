import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedField, aDescribe } from '../config/describes.fixture.ts';
import { checkDeskCondition, checkSalesforceCondition } from './checkCondition.ts';

const describes = aDescribe({
  Case: [
    typedField('Subject', 'string', { length: 255 }),
    typedField('Description', 'textarea', { length: 32_000 }),
    typedField('Priority', 'picklist', { values: ['High', 'Low'] }),
    typedField('Tags__c', 'multipicklist', { values: ['A', 'B'] }),
    typedField('IsEscalated', 'boolean'),
    typedField('Score__c', 'double', { precision: 5 }),
    typedField('CreatedDate', 'datetime'),
    typedField('AccountId', 'reference', { referenceTo: ['Account'], relationshipName: 'Account' }),
    typedField('OwnerId', 'reference', { referenceTo: ['Group', 'User'], relationshipName: 'Owner' }),
  ],
  Account: [typedField('Industry', 'picklist', { values: ['Banking'] })],
});
const inSalesforce = (text: string) =>
  checkSalesforceCondition(text, 'Case', describes).map(({ level, message }) => `${level}: ${message}`);

test('a condition that fits the fields of its object has no problems', () => {
  for (const text of [
    '',
    "Priority = 'high' AND IsEscalated = TRUE",
    "Account.Industry IN ('Banking') OR Owner.Name = 'x'",
    "Tags__c INCLUDES ('A;B') AND Score__c > 3 AND CreatedDate = LAST_N_DAYS:7",
    'AccountId = null',
  ])
    assert.deepEqual(inSalesforce(text), [], text);
});

const BAD: readonly (readonly [string, string])[] = [
  ["Priorty = 'High'", 'error: Case has no field Priorty. Did you mean Priority?'],
  ["Acount.Industry = 'Banking'", 'error: Case has no parent Acount. Did you mean Account?'],
  ["Account.Industri = 'x'", 'error: Account has no field Industri. Did you mean Industry?'],
  ["Description = 'x'", 'error: Description is a long text, which Salesforce does not compare.'],
  ['Subject = 5', 'error: Subject is not compared with 5.'],
  ["IsEscalated = 'yes'", "error: IsEscalated is not compared with 'yes'."],
  ["Score__c LIKE '5%'", 'error: Score__c is no text, so LIKE does not fit.'],
  ["Subject INCLUDES ('x')", 'error: INCLUDES is for lists of several values, and Subject is none.'],
  ["Tags__c LIKE 'A%'", 'error: Tags__c cannot be compared by LIKE.'],
  ["Priority = 'Hihg'", "warning: Priority has no value 'Hihg'. Did you mean High?"],
  ["Tags__c INCLUDES ('A;C')", "warning: Tags__c has no value 'C'. Did you mean A?"],
  ['CreatedDate > 2026-01-31', 'error: CreatedDate is not compared with 2026-01-31.'],
  ['Priority = ', 'error:'],
];

test('a condition that does not fit names the field and what was probably meant', () => {
  for (const [text, message] of BAD) {
    const [problem = 'none'] = inSalesforce(text);
    assert.ok(problem.startsWith(message), `${text}: ${problem}`);
  }
});

test("a condition on Desk's records goes by Desk's fields", () => {
  const fields = [
    { name: 'status', type: 'list', choices: ['new', 'open'] },
    { name: 'priority', type: 'integer', choices: [] },
    { name: 'custom_fields.vip', type: 'boolean', choices: [] },
    { name: 'custom_fields.since', type: 'date', choices: [] },
  ] as const;
  const check = (text: string) => checkDeskCondition(text, fields).map(({ message }) => message);
  assert.deepEqual(
    check("status != 'new' AND priority >= 5 AND custom_fields.vip = TRUE AND custom_fields.since < TODAY"),
    [],
  );
  assert.deepEqual(check("stauts = 'new'"), ['Desk has no field stauts. Did you mean status?']);
  assert.deepEqual(check("priority = 'high'"), ["priority is not compared with 'high'."]);
  assert.deepEqual(check("status = 'closed'"), ["status has no value 'closed'."]);
});
