import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';

let local: LocalOrg;
let jsforce: Connection;

async function fails(work: PromiseLike<unknown>, errorCode: string): Promise<void> {
  const outcome = await work.then(
    () => 'no error',
    (error: { errorCode?: string }) => error.errorCode,
  );
  assert.equal(outcome, errorCode);
}

before(async () => {
  local = await startOrg();
  jsforce = clientOf(local);
});
after(() => local.close());

test('jsforce creates, reads, updates and deletes a record', async () => {
  const created = await jsforce.sobject('Case').create({ Subject: 'Printer', Priority: 'High' });
  assert.ok(created.success);
  const read = await jsforce.sobject('Case').retrieve(created.id);
  assert.equal(read['Status'], 'New');
  assert.match(String(read['CaseNumber']), /^\d{8}$/);
  await jsforce.sobject('Case').update({ Id: created.id, Status: 'Closed' });
  assert.equal((await jsforce.sobject('Case').retrieve(created.id))['IsClosed'], true);
  await jsforce.sobject('Case').destroy(created.id);
  await fails(jsforce.sobject('Case').retrieve(created.id), 'ENTITY_IS_DELETED');
});

test('a query comes in pages of 2,000 that queryMore reads to the end', async () => {
  for (let batch = 0; batch < 11; batch += 1) {
    const records = Array.from({ length: 200 }, (_, index) => ({
      attributes: { type: 'Lead' },
      LastName: `L${batch}-${index}`,
      Company: 'C',
    }));
    await jsforce.requestPost('/composite/sobjects', { allOrNone: true, records });
  }
  const first = await jsforce.query('SELECT Id FROM Lead');
  assert.deepEqual([first.done, first.records.length, first.totalSize], [false, 2_000, 2_200]);
  const second = await jsforce.queryMore(first.nextRecordsUrl ?? '');
  assert.deepEqual([second.done, second.records.length], [true, 200]);
});

test('a query follows parents and children, and filters as SOQL does', async () => {
  const account = await jsforce.sobject('Account').create({ Name: "O'Hara & Sons" });
  const contact = await jsforce
    .sobject('Contact')
    .create({ LastName: 'Hara', Email: 'Scarlett@Tara.test', AccountId: account.id });
  const up = await jsforce.query(
    `SELECT Email, Account.Name FROM Contact WHERE Account.Name = 'O\\'HARA & sons'`,
  );
  assert.deepEqual(
    up.records.map((row) => [row['Email'], (row['Account'] as { Name: string }).Name]),
    [['scarlett@tara.test', "O'Hara & Sons"]],
  );
  const down = await jsforce.query(
    `SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '${account.id}'`,
  );
  assert.equal(
    (down.records[0]?.['Contacts'] as { records: { Id: string }[] } | undefined)?.records[0]?.Id,
    contact.id,
  );
  const none = await jsforce.query(
    `SELECT Id FROM Contact WHERE LastName LIKE 'H_ra%' AND Phone = null AND (NOT Title != null)`,
  );
  assert.equal(none.totalSize, 1);
  await fails(jsforce.query('SELECT Nope FROM Contact'), 'INVALID_FIELD');
  await fails(
    jsforce.query("SELECT Id FROM Contact WHERE Id = 'a' AND Id = 'b' OR Id = 'c'"),
    'MALFORMED_QUERY',
  );
  await fails(jsforce.query('SELECT Id FROM Nope'), 'INVALID_TYPE');
});

test('writes fail with the codes of Salesforce', async () => {
  const failure = async (object: string, fields: Record<string, unknown>) => {
    const error = await jsforce
      .sobject(object)
      .create(fields)
      .then(
        () => null,
        (problem: { errorCode: string }) => problem,
      );
    return error?.errorCode;
  };
  assert.equal(await failure('Contact', { FirstName: 'No last name' }), 'REQUIRED_FIELD_MISSING');
  assert.equal(await failure('Contact', { LastName: 'x'.repeat(81) }), 'STRING_TOO_LONG');
  assert.equal(await failure('Contact', { LastName: 'X', Email: 'no address' }), 'INVALID_EMAIL_ADDRESS');
  assert.equal(await failure('Contact', { LastName: 'X', Nope: 1 }), 'INVALID_FIELD');
  assert.equal(
    await failure('Contact', { LastName: 'X', AccountId: '0019X000000zzzz' }),
    'INVALID_CROSS_REFERENCE_KEY',
  );
  assert.equal(await failure('Contact', { LastName: 'X', Name: 'Y' }), 'INVALID_FIELD_FOR_INSERT_UPDATE');
});

test('a collection with all-or-none is undone whole, and without it only the bad record fails', async () => {
  const records = [
    { attributes: { type: 'Account' }, Name: 'Good one' },
    { attributes: { type: 'Account' }, Name: null },
  ];
  type Result = { success: boolean; errors: { statusCode: string }[] };
  const whole = await jsforce.requestPost<Result[]>('/composite/sobjects', { allOrNone: true, records });
  assert.deepEqual(
    whole.map((one) => one.errors[0]?.statusCode),
    ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'],
  );
  assert.equal((await jsforce.query("SELECT Id FROM Account WHERE Name = 'Good one'")).totalSize, 0);
  const single = await jsforce.requestPost<Result[]>('/composite/sobjects', { allOrNone: false, records });
  assert.deepEqual(
    single.map((one) => one.success),
    [true, false],
  );
});

test('a graph refers to its own records and is made whole or not at all', async () => {
  const graph = (name: string, lastName: string | null) => ({
    graphId: name,
    compositeRequest: [
      {
        method: 'POST',
        url: '/services/data/v65.0/sobjects/Account',
        referenceId: 'a',
        body: { Name: name },
      },
      {
        method: 'POST',
        url: '/services/data/v65.0/sobjects/Contact',
        referenceId: 'c',
        body: { LastName: lastName, AccountId: '@{a.id}' },
      },
    ],
  });
  const answer = await jsforce.requestPost<{ graphs: { isSuccessful: boolean }[] }>('/composite/graph', {
    graphs: [graph('Graph 1', 'One'), graph('Graph 2', null)],
  });
  assert.deepEqual(
    answer.graphs.map((one) => one.isSuccessful),
    [true, false],
  );
  const accounts = await jsforce.query(
    "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name LIKE 'Graph%'",
  );
  assert.deepEqual(
    accounts.records.map((row) => row['Name']),
    ['Graph 1'],
  );
});

test('getDeleted tells the ids of a window', async () => {
  const { id = '' } = await jsforce.sobject('Account').create({ Name: 'Short-lived' });
  await jsforce.sobject('Account').destroy(id);
  const deleted = await jsforce
    .sobject('Account')
    .deleted(new Date(Date.now() - 120_000), new Date(Date.now() + 60_000));
  assert.ok(deleted.deletedRecords.some((record) => record.id === id));
});

test('an expired session, a used-up limit and a lost answer look as they do on the platform', async () => {
  const other = await startOrg({ dailyApiRequests: 3 });
  try {
    const connection = clientOf(other);
    other.org.faults.add({ match: { method: 'POST', path: /sobjects\/Account/ }, action: 'dropAfter' });
    await assert.rejects(connection.sobject('Account').create({ Name: 'Answer lost' }));
    assert.equal((await connection.query('SELECT Id FROM Account')).totalSize, 1);
    await connection.query('SELECT Id FROM Account');
    await fails(connection.query('SELECT Id FROM Account'), 'REQUEST_LIMIT_EXCEEDED');
    other.org.sessions.expireAll();
    await fails(connection.query('SELECT Id FROM Account'), 'INVALID_SESSION_ID');
  } finally {
    await other.close();
  }
});

test("a user without permission sees neither the object nor a field of the org's own", async () => {
  const token = local.addUser('minimum@local.test', 'Minimum Access - API Only Integrations');
  const connection = clientOf(local, token);
  await fails(connection.query('SELECT Id FROM Account'), 'INVALID_TYPE');
  await fails(connection.sobject('Account').create({ Name: 'X' }), 'NOT_FOUND');
});
