import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Org } from '../org.ts';
import { evaluate } from './evaluate.ts';
import { type QueryContext } from './resolve.ts';
import { parse } from './parse.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const org = new Org({ now: () => NOW });
const context: QueryContext = {
  schema: org.schema,
  records: org.records,
  now: NOW,
  version: '65.0',
  includeDeleted: false,
  unmasked: false,
  see: () => true,
};

function insert(object: string, fields: Record<string, unknown>): string {
  const schema = org.schema.object(object);
  assert.ok(schema);
  return org.records.transact('0059X0000000001QAA', null, () => org.records.insert(schema, fields));
}
const acme = insert('Account', { Name: 'Acme', Industry: 'Banking' });
insert('Account', { Name: 'Zenith' });
insert('Contact', { LastName: 'Ant', AccountId: acme, Title: 'Boss', Birthdate: '2026-06-15' });
insert('Contact', { LastName: 'Bee', Title: null, Birthdate: '2026-06-01' });
insert('Contact', { LastName: 'Cow_1', AccountId: acme });

const names = (where: string) =>
  evaluate(context, parse(`SELECT LastName FROM Contact WHERE ${where} ORDER BY LastName`)).rows.map(
    (row) => row['LastName'],
  );

test('null is equal to null, differs from every value, and is not ordered', () => {
  assert.deepEqual(names('Title = null'), ['Bee', 'Cow_1']);
  assert.deepEqual(names("Title != 'Boss'"), ['Bee', 'Cow_1']);
  assert.deepEqual(names('Birthdate > 2020-01-01'), ['Ant', 'Bee']);
  assert.deepEqual(names("Account.Name = 'acme'"), ['Ant', 'Cow_1']);
  assert.deepEqual(names('Account.Name = null'), ['Bee'], 'a missing parent reads as null');
});

test('IN takes lists and queries, and LIKE its two wild cards with their escapes', () => {
  assert.deepEqual(names("LastName IN ('ANT', 'bee')"), ['Ant', 'Bee']);
  assert.deepEqual(names("AccountId IN (SELECT Id FROM Account WHERE Industry = 'Banking')"), [
    'Ant',
    'Cow_1',
  ]);
  assert.deepEqual(names("LastName LIKE '_e%'"), ['Bee']);
  assert.deepEqual(names("LastName LIKE 'Cow\\\\_1'"), ['Cow_1']);
  assert.deepEqual(names("(NOT LastName LIKE 'C%')"), ['Ant', 'Bee']);
});

test('dates are compared as days, and date literals from the clock of the org', () => {
  assert.deepEqual(names('Birthdate = TODAY'), ['Ant']);
  assert.deepEqual(names('Birthdate = THIS_MONTH'), ['Ant', 'Bee']);
  assert.deepEqual(names('Birthdate = LAST_N_DAYS:3'), ['Ant']);
  assert.deepEqual(names('CreatedDate >= 2026-06-15T11:59:59Z'), ['Ant', 'Bee', 'Cow_1']);
});

test('groups are counted, and COUNT() alone is a number without rows', () => {
  const { rows } = evaluate(context, parse('SELECT AccountId, COUNT(Id) n FROM Contact GROUP BY AccountId'));
  assert.deepEqual(
    rows.map((row) => [row['AccountId'], row['n']]),
    [
      [acme, 2],
      [null, 1],
    ],
  );
  assert.deepEqual(evaluate(context, parse('SELECT COUNT() FROM Contact')), { rows: [], count: 3 });
});

test('what Salesforce refuses is refused by its code', () => {
  const code = (soql: string) => {
    try {
      evaluate(context, parse(soql));
      return 'none';
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  assert.equal(code('SELECT Nope FROM Contact'), 'INVALID_FIELD');
  assert.equal(code('SELECT Id FROM Nope'), 'INVALID_TYPE');
  assert.equal(code("SELECT Id FROM Contact WHERE Description = 'x'"), 'INVALID_FIELD');
  assert.equal(code("SELECT Id FROM Contact WHERE Birthdate = '2026-01-01'"), 'INVALID_FIELD');
  assert.equal(code("SELECT Id FROM Contact WHERE LastName = 'x"), 'MALFORMED_QUERY');
  assert.equal(code('SELECT Id FROM Contact LIMIT'), 'MALFORMED_QUERY');
  assert.equal(code('SELECT FIELDS(ALL) FROM Contact'), 'MALFORMED_QUERY');
});
