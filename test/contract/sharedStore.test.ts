import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { openStore } from '@desk-connect/bridge/store/openStore.js';
import type { Pair } from '@desk-connect/bridge/store/store.js';
import { StoreUnreachable } from '@desk-connect/bridge/store/storeUnreachable.js';
import { waitFor } from '../support/waitFor.ts';
import { closeEngines, freshStore, inStep, one, POSTGRES, sighting } from '../support/stores.ts';

after(closeEngines);

test(
  'postgres: bridges that share a store claim different pairs, and each settles its own',
  POSTGRES,
  async (t) => {
    const world = await freshStore(t, 'postgres');
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
  POSTGRES,
  async (t) => {
    const world = await freshStore(t, 'postgres');
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
  POSTGRES,
  async (t) => {
    const world = await freshStore(t, 'postgres');
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

test(
  'postgres: two bridges that come to a link by one half each, found or made, tell it once',
  POSTGRES,
  async (t) => {
    const { store: first, another } = await freshStore(t, 'postgres');
    const second = await another();
    await first.sight([sighting('1')], PRIORITY.live);
    const half = one(await first.claim(1, 60_000));
    await first.sight([{ pair: 'company', side: 'salesforce', id: '001A' }], PRIORITY.live);
    const other = one(await second.claim(1, 60_000));
    const told = ({ salesforceId, deskId }: Pair) =>
      ({
        level: 'info',
        pair: 'company',
        salesforceId,
        deskId,
        rule: 'adopted',
        text: 'Took over.',
      }) as const;
    const ids = { salesforceId: '001A', deskId: '1', linkId: 'link 1', adopted: true } as const;
    await first.settle([{ kind: 'linked', pair: half, ...ids }], [told(half)]);
    await second.settle(
      [{ kind: 'linked', pair: other, ...ids }],
      [told(other), told({ ...other, deskId: '1' })],
    );
    assert.deepEqual(
      (await first.log(10)).map(({ deskId }) => deskId),
      ['1'],
    );
  },
);

test('postgres: bridges hear at once that what a dead one had leased is free', POSTGRES, async (t) => {
  const world = await freshStore(t, 'postgres');
  const [dead, one] = [world.store, await world.another()];
  await dead.beat(10_000);
  await dead.sight([sighting('1')], PRIORITY.live);
  await dead.claim(10, 600_000);
  let heard = 0;
  one.hearDue(() => {
    heard += 1;
  });
  await waitFor('the connection', () => heard === 1);
  world.advance(11_000);
  await one.beat(10_000);
  await waitFor('the notice', () => heard === 2);
});

test('postgres: who leaves gives the capture and its pairs to the others at once', POSTGRES, async (t) => {
  const world = await freshStore(t, 'postgres');
  const other = await world.another();
  assert.equal((await world.store.beat(10_000)).elected, true);
  await world.store.sight([sighting('1')], PRIORITY.live);
  one(await world.store.claim(10, 600_000));
  await world.reopen();
  assert.equal((await other.beat(10_000)).elected, true);
  one(await other.claim(10, 1_000));
});

test('postgres: a bridge hears at once what another one made due', POSTGRES, async (t) => {
  const world = await freshStore(t, 'postgres');
  const other = await world.another();
  let heard = 0;
  other.hearDue(() => {
    heard += 1;
  });
  await waitFor('the connection', () => heard === 1);
  await world.store.sight([sighting('1')], PRIORITY.live);
  await waitFor('the notice', () => heard === 2);
  await world.store.sight([sighting('1', 'a')], PRIORITY.live);
  await waitFor('the next', () => heard === 3);
  await other.sight([], PRIORITY.live, [{ name: 'desk', value: '1' }]);
  await world.store.sight([sighting('2')], PRIORITY.live);
  await waitFor('what is due', () => heard === 4, 5_000);
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
