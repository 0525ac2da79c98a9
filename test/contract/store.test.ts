import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import type { Base } from '@desk-connect/bridge/core/values.js';
import { openStore, type StoreLocation } from '@desk-connect/bridge/store/openStore.js';
import { StoreUnreachable } from '@desk-connect/bridge/store/postgres.js';
import { openSqlite, StoreInUse } from '@desk-connect/bridge/store/sqlite.js';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import type { Pair, Settlement, Store } from '@desk-connect/bridge/store/store.js';
import { startPostgres } from '../support/postgres.ts';

const BASE: Base = { salesforce: { name: 'A' }, desk: { name: 'A' } };
const FAILURE = { class: 'network', code: 'ECONNRESET', message: 'reset' } as const;

const postgres = await startPostgres();
after(async () => {
  if (typeof postgres !== 'string') await postgres.close();
});
const skipped = typeof postgres === 'string' ? { skip: postgres } : {};

const ENGINES: Record<string, () => Promise<StoreLocation>> = {
  sqlite: () => Promise.resolve({ kind: 'sqlite', folder: mkdtempSync(join(tmpdir(), 'store-')) }),
  postgres: async () => ({
    kind: 'postgres',
    url: typeof postgres === 'string' ? '' : await postgres.newDatabase(),
  }),
};

async function fresh(t: TestContext, engine: string) {
  const location = await (ENGINES[engine] ?? assert.fail())();
  let clock = Date.UTC(2026, 0);
  const open = () => openStore(location, () => clock);
  const opened: Store[] = [await open()];
  t.after(async () => {
    for (const store of opened) await store.close();
    if (location.kind === 'sqlite') rmSync(location.folder, { recursive: true });
  });
  return {
    location,
    get store() {
      return opened.at(-1) ?? assert.fail();
    },
    now: () => clock,
    advance: (ms: number) => {
      clock += ms;
    },
    /** Another bridge that shares the store. */
    another: async () => {
      const store = await open();
      opened.unshift(store);
      return store;
    },
    reopen: async () => {
      await opened.pop()?.close();
      opened.push(await open());
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
  linkId: `link ${deskId}`,
  base: BASE,
  salesforceSeen: 's',
  deskSeen: 'd',
  conversation: null,
  againAt: null,
});

for (const engine of Object.keys(ENGINES)) {
  const options = engine === 'postgres' ? skipped : {};

  test(`${engine}: a record seen many times is one entry of the inbox`, options, async (t) => {
    const { store } = await fresh(t, engine);
    await store.sight([sighting('1'), sighting('1')], PRIORITY.live);
    await store.sight([sighting('1')], PRIORITY.live);
    one(await store.claim(10, 1_000));
    assert.deepEqual(await store.claim(10, 1_000), []);
  });

  test(`${engine}: sightings and the cursor survive a restart together`, options, async (t) => {
    const world = await fresh(t, engine);
    await world.store.sight([sighting('1')], PRIORITY.live, [{ name: 'desk', value: '5' }]);
    await world.reopen();
    assert.equal(await world.store.cursor('desk'), '5');
    assert.equal(one(await world.store.claim(10, 1_000)).deskId, '1');
  });

  test(`${engine}: the same fingerprint makes nothing due, another one does`, options, async (t) => {
    const { store } = await fresh(t, engine);
    await store.sight([sighting('1', 'd')], PRIORITY.live);
    await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
    assert.equal(await store.sight([sighting('1', 'd')], PRIORITY.live), 0);
    assert.deepEqual(await store.claim(10, 1_000), []);
    assert.equal(await store.sight([sighting('1', 'other')], PRIORITY.live), 1);
    one(await store.claim(10, 1_000));
  });

  test(
    `${engine}: what the day leaves no room for is not claimed, and is not waited for`,
    options,
    async (t) => {
      const { store, now } = await fresh(t, engine);
      await store.sight([sighting('1')], PRIORITY.full);
      assert.deepEqual(await store.claim(10, 1_000, PRIORITY.retry), []);
      assert.deepEqual([await store.nextDue(PRIORITY.retry), await store.nextDue()], [null, now()]);
      await store.sight([sighting('2')], PRIORITY.live);
      assert.equal(one(await store.claim(10, 1_000, PRIORITY.live)).deskId, '2');
      assert.equal(one(await store.claim(10, 1_000)).deskId, '1');
    },
  );

  test(`${engine}: a sighting that comes while a round runs leaves the pair due`, options, async (t) => {
    const { store } = await fresh(t, engine);
    await store.sight([sighting('1')], PRIORITY.live);
    const pair = one(await store.claim(10, 1_000));
    await store.sight([sighting('1', 'later')], PRIORITY.live);
    await store.settle([inStep(pair, '001A', '1')], []);
    one(await store.claim(10, 1_000));
  });

  test(
    `${engine}: a half row of the other side becomes part of the pair and is compared once more`,
    options,
    async (t) => {
      const { store } = await fresh(t, engine);
      await store.sight([sighting('1')], PRIORITY.live);
      const pair = one(await store.claim(10, 1_000));
      await store.sight([{ pair: 'company', side: 'salesforce', id: '001A' }], PRIORITY.live);
      await store.settle([inStep(pair, '001A', '1')], []);
      const again = one(await store.claim(10, 1_000));
      assert.deepEqual([again.salesforceId, again.deskId, again.linkId], ['001A', '1', 'link 1']);
    },
  );

  test(`${engine}: two halves that adopt the same link at once become one pair`, options, async (t) => {
    const { store } = await fresh(t, engine);
    await store.sight([sighting('1'), { pair: 'company', side: 'salesforce', id: '001A' }], PRIORITY.live);
    const halves = await store.claim(10, 1_000);
    assert.equal(halves.length, 2);
    const ids = { salesforceId: '001A', deskId: '1', linkId: 'link 1' };
    await store.settle(
      halves.map((pair) => ({ kind: 'linked', pair, ...ids }) as const),
      [],
    );
    const pair = one(await store.claim(10, 1_000));
    assert.deepEqual([pair.salesforceId, pair.deskId, pair.linkId], ['001A', '1', 'link 1']);
  });

  test(
    `${engine}: a link that was moved takes the place of the pair that it had before`,
    options,
    async (t) => {
      const { store } = await fresh(t, engine);
      await store.sight([sighting('1')], PRIORITY.live);
      await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
      await store.sight([{ pair: 'company', side: 'salesforce', id: '001B' }], PRIORITY.live);
      const survivor = one(await store.claim(10, 1_000));
      const linked = {
        kind: 'linked',
        pair: survivor,
        salesforceId: '001B',
        deskId: '1',
        linkId: 'link 1',
      } as const;
      await store.settle([linked], []);
      assert.equal((await store.pairsOf('company', 'salesforce', ['001A'])).size, 0);
      assert.equal((await store.counterparts('company', 'desk', ['1'])).get('1'), '001B');
    },
  );

  test(`${engine}: a failed pair waits for its time and holds up no other`, options, async (t) => {
    const world = await fresh(t, engine);
    await world.store.sight([sighting('1')], PRIORITY.live);
    const pair = one(await world.store.claim(10, 1_000));
    await world.store.settle([{ kind: 'retry', pair, failure: FAILURE, dueAt: world.now() + 5_000 }], []);
    await world.store.sight([sighting('2')], PRIORITY.live);
    assert.equal(one(await world.store.claim(10, 60_000)).deskId, '2');
    assert.equal(await world.store.nextDue(), world.now() + 5_000);
    world.advance(5_000);
    assert.equal(one(await world.store.claim(10, 1_000)).attempts, 1);
  });

  test(
    `${engine}: invariant 10: unlinked means unlinked, no sighting makes the pair due`,
    options,
    async (t) => {
      const { store } = await fresh(t, engine);
      await store.sight([sighting('1')], PRIORITY.live);
      await store.settle(
        [{ kind: 'unlinked', pair: one(await store.claim(10, 1_000)), reason: 'goneInDesk' }],
        [],
      );
      assert.equal(await store.sight([sighting('1', 'x')], PRIORITY.live), 0);
      assert.deepEqual(await store.claim(10, 1_000), []);
    },
  );

  test(`${engine}: what a bridge had leased is due again after its end`, options, async (t) => {
    const world = await fresh(t, engine);
    await world.store.sight([sighting('1')], PRIORITY.live);
    await world.store.claim(10, 600_000);
    await world.reopen();
    await world.store.releaseLeases();
    one(await world.store.claim(10, 1_000));
  });

  test(`${engine}: counterparts are found both ways, in any number`, options, async (t) => {
    const { store } = await fresh(t, engine);
    const ids = Array.from({ length: 450 }, (_, index) => String(index));
    await store.sight(
      ids.map((id) => sighting(id)),
      PRIORITY.live,
    );
    const pairs = await store.claim(450, 1_000);
    await store.settle(
      pairs.map((pair) => inStep(pair, `001-${pair.deskId}`, pair.deskId ?? '')),
      [],
    );
    const toSalesforce = await store.counterparts('company', 'desk', ids);
    assert.equal(toSalesforce.size, 450);
    assert.equal(toSalesforce.get('17'), '001-17');
    assert.deepEqual(
      [...(await store.counterparts('company', 'salesforce', ['001-5', 'x']))],
      [['001-5', '5']],
    );
  });

  test(`${engine}: live changes are claimed before a full sync`, options, async (t) => {
    const { store } = await fresh(t, engine);
    await store.sight([sighting('old')], PRIORITY.full);
    await store.sight([sighting('new')], PRIORITY.live);
    assert.equal(one(await store.claim(1, 1_000)).deskId, 'new');
  });
}

test('a second bridge on the same folder is refused with words that help', async (t) => {
  const { location } = await fresh(t, 'sqlite');
  await assert.rejects(
    openSqlite(location.kind === 'sqlite' ? location.folder : ''),
    (error) => error instanceof StoreInUse && /in use by another bridge/.test(error.message),
  );
});

test(
  'postgres: bridges that share a store claim different pairs, and each settles its own',
  skipped,
  async (t) => {
    const world = await fresh(t, 'postgres');
    const stores = [world.store, await world.another(), await world.another()] as const;
    const ids = Array.from({ length: 300 }, (_, index) => String(index));
    await world.store.sight(
      ids.map((id) => sighting(id)),
      PRIORITY.live,
    );
    const claims = await Promise.all(
      stores.flatMap((store) => [store.claim(60, 60_000), store.claim(60, 60_000)]),
    );
    const claimed = claims.flat().map(({ deskId }) => deskId);
    assert.equal(new Set(claimed).size, claimed.length);
    const [first] = claims[0] ?? [];
    assert.ok(first);
    await stores[1].settle([inStep(first, '001A', first.deskId ?? '')], []);
    assert.equal((await world.store.counts()).inStep, 0, 'the pair is not leased to that bridge');
    await stores[0].settle([inStep(first, '001A', first.deskId ?? '')], []);
    assert.equal((await world.store.counts()).inStep, 1);
  },
);

test(
  'postgres: bridges that see and settle the same records at once lose nothing and stop at nothing',
  skipped,
  async (t) => {
    const world = await fresh(t, 'postgres');
    const stores = [world.store, await world.another(), await world.another()];
    const ids = Array.from({ length: 40 }, (_, index) => String(index));
    const orders = [ids, [...ids].reverse(), ids];
    await Promise.all(
      stores.map(async (store, index) => {
        for (let turn = 0; turn < 3; turn += 1) {
          await store.sight(
            (orders[index] ?? ids).map((id) => sighting(id, `${index} ${turn}`)),
            PRIORITY.live,
          );
          await store.sight(
            ids.map((id) => ({ pair: 'company', side: 'salesforce', id: `001-${id}` })),
            PRIORITY.live,
          );
          const pairs = (await store.claim(20, 60_000)).filter(({ deskId }) => deskId !== null);
          await store.settle(
            pairs.map((pair) => inStep(pair, `001-${pair.deskId}`, pair.deskId ?? '')),
            [],
          );
        }
      }),
    );
    const counts = await world.store.counts();
    assert.equal(counts.failing, 0);
    assert.ok(counts.inStep + counts.waiting >= ids.length);
  },
);

test(
  'postgres: one bridge captures; when it dies another takes over, and what it had leased is due',
  skipped,
  async (t) => {
    const world = await fresh(t, 'postgres');
    const [leader, other] = [world.store, await world.another()];
    assert.equal((await leader.beat(10_000)).elected, true);
    assert.deepEqual(await other.beat(10_000), { elected: false, members: 2 });
    await leader.sight([sighting('1')], PRIORITY.live);
    const late = one(await leader.claim(10, 600_000));
    world.advance(9_000);
    assert.equal((await leader.beat(10_000)).elected, true);
    world.advance(9_000);
    assert.equal((await other.beat(10_000)).elected, false);
    assert.deepEqual(await other.claim(10, 1_000), []);
    world.advance(2_000);
    assert.equal((await other.beat(10_000)).elected, true, 'it takes over');
    one(await other.claim(10, 60_000));
    await leader.settle([inStep(late, '001A', '1')], []);
    assert.equal((await other.counts()).inStep, 0, 'who was taken for dead settles nothing');
  },
);

test('postgres: who leaves gives the capture and its pairs to the others at once', skipped, async (t) => {
  const world = await fresh(t, 'postgres');
  const other = await world.another();
  assert.equal((await world.store.beat(10_000)).elected, true);
  await world.store.sight([sighting('1')], PRIORITY.live);
  one(await world.store.claim(10, 600_000));
  await world.reopen();
  assert.equal((await other.beat(10_000)).elected, true);
  one(await other.claim(10, 1_000));
});

test('a PostgreSQL that does not answer is named, without its password', async () => {
  await assert.rejects(
    openStore({ kind: 'postgres', url: 'postgres://bridge:sesame@127.0.0.1:1/desk' }, Date.now),
    (error) =>
      error instanceof StoreUnreachable &&
      /127\.0\.0\.1:1\/desk cannot be opened/.test(error.message) &&
      !error.message.includes('sesame'),
  );
});
