import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Org } from '../org.ts';
import { longId, makeId } from './ids.ts';

const USER = '0059X0000000001QAA';

function newOrg() {
  const org = new Org({ now: () => Date.UTC(2026, 0, 1) });
  const account = org.schema.object('Account');
  assert.ok(account);
  return { org, account };
}

test('an id has its checksum, and the short form finds the same record', () => {
  assert.equal(longId('001D000000IRFma'), '001D000000IRFmaIAH');
  assert.match(makeId('001', 62), /^0019X0\w{12}$/);
});

test('a transaction that fails leaves nothing behind, and tells nobody', () => {
  const { org, account } = newOrg();
  let told = 0;
  org.listeners.committed.push(() => (told += 1));
  assert.throws(() =>
    org.records.transact(USER, null, () => {
      org.records.insert(account, { Name: 'First' });
      org.records.insert(account, { Name: null });
    }),
  );
  assert.equal(org.records.rows('Account').size, 0);
  assert.equal(told, 0);
});

test('a savepoint that fails undoes itself alone', () => {
  const { org, account } = newOrg();
  org.records.transact(USER, null, () => {
    org.records.insert(account, { Name: 'Outer' });
    assert.throws(() => org.records.transact(USER, null, () => org.records.insert(account, { Name: '' })));
  });
  assert.deepEqual(
    [...org.records.rows('Account').values()].map((row) => row['Name']),
    ['Outer'],
  );
});

test('a deleted record can be found, is not changed, and comes back by undelete', () => {
  const { org, account } = newOrg();
  const id = org.records.transact(USER, null, () => org.records.insert(account, { Name: 'Back again' }));
  org.records.transact(USER, null, () => org.records.delete(account, id));
  assert.equal(org.records.get('Account', id)?.['IsDeleted'], true);
  assert.throws(
    () => org.records.transact(USER, null, () => org.records.update(account, id, { Name: 'X' })),
    { code: 'ENTITY_IS_DELETED' },
  );
  org.records.transact(USER, null, () => org.records.undelete(account, id));
  assert.equal(org.records.live('Account', id)['Name'], 'Back again');
});
