import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Base } from '../core/values.ts';
import { openSqlite, StoreInUse } from './sqlite.ts';
import { sqlStore } from './sqlStore.ts';
import { PRIORITY, type Pair, type Settlement } from './store.ts';

const BASE: Base = { salesforce: { name: 'A' }, desk: { name: 'A' } };
const FAILURE = { class: 'network', code: 'ECONNRESET', message: 'reset' } as const;

async function fresh(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  let clock = 1_000_000;
  const open = async () => {
    const sqlite = await openSqlite(folder);
    return sqlStore(
      sqlite.db,
      () => clock,
      () => sqlite.close(),
    );
  };
  let store = await open();
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    get store() {
      return store;
    },
    advance: (ms: number) => {
      clock += ms;
    },
    reopen: async () => {
      await store.close();
      store = await open();
    },
  };
}

const sighting = (id: string, seen?: string) =>
  ({ pair: 'company', side: 'desk', id, ...(seen ? { seen } : {}) }) as const;
const one = (pairs: readonly Pair[]): Pair => {
  assert.equal(pairs.length, 1);
  const [pair] = pairs;
  assert.ok(pair);
  return pair;
};
const inStep = (pair: Pair, salesforceId: string, deskId: string): Settlement => ({
  kind: 'inStep',
  pair,
  salesforceId,
  deskId,
  linkId: 'link',
  base: BASE,
  salesforceSeen: 's',
  deskSeen: 'd',
  conversation: null,
});

test('a record seen many times is one entry of the inbox', async (t) => {
  const { store } = await fresh(t);
  await store.sight([sighting('1'), sighting('1')], PRIORITY.live);
  await store.sight([sighting('1')], PRIORITY.live);
  one(await store.claim(10, 1_000));
  assert.deepEqual(await store.claim(10, 1_000), []);
});

test('sightings and the cursor survive a restart together', async (t) => {
  const world = await fresh(t);
  await world.store.sight([sighting('1')], PRIORITY.live, [{ name: 'desk', value: '5' }]);
  await world.reopen();
  assert.equal(await world.store.cursor('desk'), '5');
  assert.equal(one(await world.store.claim(10, 1_000)).deskId, '1');
});

test('the same fingerprint makes nothing due, another one does', async (t) => {
  const { store } = await fresh(t);
  await store.sight([sighting('1', 'd')], PRIORITY.live);
  await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
  assert.equal(await store.sight([sighting('1', 'd')], PRIORITY.live), 0);
  assert.deepEqual(await store.claim(10, 1_000), []);
  assert.equal(await store.sight([sighting('1', 'other')], PRIORITY.live), 1);
  one(await store.claim(10, 1_000));
});

test('a sighting that comes while a round runs leaves the pair due', async (t) => {
  const { store } = await fresh(t);
  await store.sight([sighting('1')], PRIORITY.live);
  const pair = one(await store.claim(10, 1_000));
  await store.sight([sighting('1', 'later')], PRIORITY.live);
  await store.settle([inStep(pair, '001A', '1')], []);
  one(await store.claim(10, 1_000));
});

test('a half row of the other side becomes part of the pair and is compared once more', async (t) => {
  const { store } = await fresh(t);
  await store.sight([sighting('1')], PRIORITY.live);
  const pair = one(await store.claim(10, 1_000));
  await store.sight([{ pair: 'company', side: 'salesforce', id: '001A' }], PRIORITY.live);
  await store.settle([inStep(pair, '001A', '1')], []);
  const again = one(await store.claim(10, 1_000));
  assert.deepEqual([again.salesforceId, again.deskId, again.linkId], ['001A', '1', 'link']);
});

test('a failed pair waits for its time and holds up no other', async (t) => {
  const world = await fresh(t);
  await world.store.sight([sighting('1')], PRIORITY.live);
  const pair = one(await world.store.claim(10, 1_000));
  await world.store.settle([{ kind: 'retry', pair, failure: FAILURE, dueAt: 1_005_000 }], []);
  await world.store.sight([sighting('2')], PRIORITY.live);
  assert.equal(one(await world.store.claim(10, 60_000)).deskId, '2');
  assert.equal(await world.store.nextDue(), 1_005_000);
  world.advance(5_000);
  assert.equal(one(await world.store.claim(10, 1_000)).attempts, 1);
});

test('unlinked means unlinked: no sighting makes the pair due', async (t) => {
  const { store } = await fresh(t);
  await store.sight([sighting('1')], PRIORITY.live);
  await store.settle(
    [{ kind: 'unlinked', pair: one(await store.claim(10, 1_000)), reason: 'goneInDesk' }],
    [],
  );
  assert.equal(await store.sight([sighting('1', 'x')], PRIORITY.live), 0);
  assert.deepEqual(await store.claim(10, 1_000), []);
});

test('what a dead process had leased is due again at the next start', async (t) => {
  const world = await fresh(t);
  await world.store.sight([sighting('1')], PRIORITY.live);
  await world.store.claim(10, 600_000);
  await world.reopen();
  await world.store.releaseLeases();
  one(await world.store.claim(10, 1_000));
});

test('counterparts are found both ways, in any number', async (t) => {
  const { store } = await fresh(t);
  const ids = Array.from({ length: 1_000 }, (_, index) => String(index));
  await store.sight(
    ids.map((id) => sighting(id)),
    PRIORITY.live,
  );
  const pairs = await store.claim(1_000, 1_000);
  await store.settle(
    pairs.map((pair) => inStep(pair, `001-${pair.deskId}`, pair.deskId ?? '')),
    [],
  );
  const toSalesforce = await store.counterparts('company', 'desk', ids);
  assert.equal(toSalesforce.size, 1_000);
  assert.equal(toSalesforce.get('17'), '001-17');
  assert.deepEqual(
    [...(await store.counterparts('company', 'salesforce', ['001-5', 'x']))],
    [['001-5', '5']],
  );
});

test('live changes are claimed before a full sync', async (t) => {
  const { store } = await fresh(t);
  await store.sight([sighting('old')], PRIORITY.full);
  await store.sight([sighting('new')], PRIORITY.live);
  assert.equal(one(await store.claim(1, 1_000)).deskId, 'new');
});

test('a second bridge on the same folder is refused with words that help', async (t) => {
  const { folder } = await fresh(t);
  await assert.rejects(
    openSqlite(folder),
    (error) => error instanceof StoreInUse && /in use by another bridge/.test(error.message),
  );
});
