import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWithClock } from '@desk-connect/bridge/service/sharedClock.js';
import { openPostgres } from '@desk-connect/bridge/store/postgres.js';
import { sqlStore } from '@desk-connect/bridge/store/sqlStore.js';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { startPostgres } from '../support/postgres.ts';
import { startProxy } from '../support/proxy.ts';

const HOUR_MS = 3_600_000;
const postgres = await startPostgres();
after(async () => {
  if (typeof postgres !== 'string') await postgres.close();
});

test('D2.22 a PostgreSQL that breaks off in the middle of a transaction ends nothing but that', async (t) => {
  if (typeof postgres === 'string') return t.skip(postgres);
  const url = new URL(await postgres.newDatabase());
  const proxy = await startProxy(`http://${url.host}`);
  url.host = new URL(proxy.url).host;
  const database = await openPostgres(url.href);
  const store = sqlStore(database, 'this bridge', Date.now);
  try {
    await assert.rejects(
      database.db.transaction().execute(async (trx) => {
        await trx.insertInto('cursor').values({ name: 'torn', value: '1' }).execute();
        proxy.reset();
        await trx.insertInto('cursor').values({ name: 'never', value: '1' }).execute();
      }),
    );
    await store.sight([], PRIORITY.live, [{ name: 'next', value: '2' }]);
    assert.equal(await store.cursor('torn'), null);
    assert.equal(await store.cursor('next'), '2');
  } finally {
    await store.close();
    await proxy.close();
  }
});

test('D2.21 bridges that share a store go by its clock, however wrong their own are', async (t) => {
  if (typeof postgres === 'string') return t.skip(postgres);
  const location = { kind: 'postgres', url: await postgres.newDatabase() } as const;
  const slow = await openWithClock(location, () => Date.now() - HOUR_MS);
  const fast = await openWithClock(location, () => Date.now() + HOUR_MS);
  try {
    assert.ok(Math.abs(slow.now() - fast.now()) < 60_000);
    await slow.store.beat(60_000);
    await slow.store.sight([{ pair: 'case', side: 'desk', id: '1' }], PRIORITY.live);
    assert.equal((await slow.store.claim(10, 600_000)).length, 1);
    await fast.store.beat(60_000);
    // The one that is ahead did not take the other for dead, nor what it had leased.
    assert.deepEqual(await fast.store.claim(10, 600_000), []);
  } finally {
    await slow.store.close();
    await fast.store.close();
  }
});
