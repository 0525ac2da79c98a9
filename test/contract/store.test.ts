import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { openSqlite, StoreInUse } from '@desk-connect/bridge/store/sqlite.js';
import type { Pair } from '@desk-connect/bridge/store/store.js';
import {
  BASE,
  closeEngines,
  ENGINES,
  FAILURE,
  freshStore,
  inStep,
  one,
  sighting,
} from '../support/stores.ts';

after(closeEngines);

for (const [engine, options] of ENGINES) {
  test(`${engine}: a record seen many times is one entry of the inbox`, options, async (t) => {
    const { store } = await freshStore(t, engine);
    await store.sight([sighting('1'), sighting('1')], PRIORITY.live);
    await store.sight([sighting('1')], PRIORITY.live);
    one(await store.claim(10, 1_000));
    assert.deepEqual(await store.claim(10, 1_000), []);
  });

  test(`${engine}: sightings and the cursor survive a restart together`, options, async (t) => {
    const world = await freshStore(t, engine);
    await world.store.sight([sighting('1')], PRIORITY.live, [{ name: 'desk', value: '5' }]);
    await world.reopen();
    assert.equal(await world.store.cursor('desk'), '5');
    assert.equal(one(await world.store.claim(10, 1_000)).deskId, '1');
  });

  test(`${engine}: the same fingerprint makes nothing due, another one does`, options, async (t) => {
    const { store } = await freshStore(t, engine);
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
      const { store, now } = await freshStore(t, engine);
      await store.sight([sighting('1')], PRIORITY.full);
      assert.deepEqual(await store.claim(10, 1_000, PRIORITY.retry), []);
      assert.deepEqual([await store.nextDue(PRIORITY.retry), await store.nextDue()], [null, now()]);
      await store.sight([sighting('2')], PRIORITY.live);
      assert.equal(one(await store.claim(10, 1_000, PRIORITY.live)).deskId, '2');
      assert.equal(one(await store.claim(10, 1_000)).deskId, '1');
    },
  );

  test(`${engine}: a sighting that comes while a round runs leaves the pair due`, options, async (t) => {
    const { store } = await freshStore(t, engine);
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
      const { store } = await freshStore(t, engine);
      await store.sight([sighting('1')], PRIORITY.live);
      const pair = one(await store.claim(10, 1_000));
      await store.sight([{ pair: 'company', side: 'salesforce', id: '001A' }], PRIORITY.live);
      await store.settle([inStep(pair, '001A', '1')], []);
      const again = one(await store.claim(10, 1_000));
      assert.deepEqual([again.salesforceId, again.deskId, again.linkId], ['001A', '1', 'link 1']);
    },
  );

  test(`${engine}: two halves that adopt the same link at once become one pair`, options, async (t) => {
    const { store } = await freshStore(t, engine);
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

  test(`${engine}: pairs that are linked together take in each its own half`, options, async (t) => {
    const { store } = await freshStore(t, engine);
    const inDesk = [sighting('1'), { ...sighting('1'), pair: 'customer' } as const, sighting('2')];
    await store.sight(inDesk, PRIORITY.live);
    const pairs = await store.claim(10, 1_000);
    // Their counterparts were just made; two of them are seen before the round ends, and so is somebody else.
    const idOf = ({ pair, deskId }: Pair) => `${pair} made of ${deskId}`;
    const seen = [...pairs.slice(0, 2).map(idOf), 'somebody else'];
    for (const id of seen)
      await store.sight(
        (['company', 'customer'] as const).map((pair) => ({ pair, side: 'salesforce', id })),
        PRIORITY.full,
      );
    await store.settle(
      pairs.map((pair) => ({
        kind: 'linked',
        pair,
        salesforceId: idOf(pair),
        deskId: pair.deskId ?? assert.fail(),
        linkId: `link of ${idOf(pair)}`,
      })),
      [],
    );
    const after = await store.claim(10, 1_000);
    const linked = after.filter(({ linkId }) => linkId !== null);
    assert.deepEqual(
      linked.map(({ row, salesforceId, linkId }) => `${row}: ${salesforceId}, ${linkId}`).sort(),
      pairs.map((pair) => `${pair.row}: ${idOf(pair)}, link of ${idOf(pair)}`).sort(),
    );
    const halves = after.filter(({ linkId }) => linkId === null);
    assert.deepEqual(
      halves.map(({ pair, salesforceId }) => `${pair}: ${salesforceId}`).sort(),
      ['company', 'customer']
        .flatMap((kind) => seen.map((id) => `${kind}: ${id}`))
        .filter((half) => !pairs.some((pair) => half === `${pair.pair}: ${idOf(pair)}`))
        .sort(),
    );
  });

  test(
    `${engine}: a link that was moved takes the place of the pair that it had before`,
    options,
    async (t) => {
      const { store } = await freshStore(t, engine);
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

  test(`${engine}: halves that are reserved are there, and nobody else's to claim`, options, async (t) => {
    const { store } = await freshStore(t, engine);
    const half = (id: string) => ({ pair: 'company', side: 'salesforce', id }) as const;
    await store.sight([half('001A'), half('001B')], PRIORITY.live);
    const [made, linked] = await store.claim(10, 1_000);
    assert.ok(made && linked);
    await store.intend([{ pair: made, intent: { do: 'make', base: BASE } }]);
    await store.settle([inStep(linked, '001B', '2')], []);
    const reserved = await store.reserve('company', ['001A', '001B', '001C'], 60_000);
    assert.deepEqual(
      reserved.map(({ salesforceId }) => salesforceId),
      ['001C'],
      'neither what may have been made already, nor what is linked',
    );
    await store.sight([half('001C')], PRIORITY.live);
    assert.deepEqual(await store.claim(10, 1_000), []);
    assert.equal((await store.reserve('company', ['001C'], 60_000)).length, 1, 'its own');
    const retry = { failure: FAILURE, dueAt: 0 } as const;
    await store.settle([{ kind: 'retry', pair: one(reserved), ...retry }], []);
    assert.equal(one(await store.claim(10, 1_000)).salesforceId, '001C');
  });

  test(`${engine}: a failed pair waits for its time and holds up no other`, options, async (t) => {
    const world = await freshStore(t, engine);
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
      const { store } = await freshStore(t, engine);
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
    const world = await freshStore(t, engine);
    await world.store.sight([sighting('1')], PRIORITY.live);
    await world.store.claim(10, 600_000);
    await world.reopen();
    await world.store.releaseLeases();
    one(await world.store.claim(10, 1_000));
  });

  test(`${engine}: counterparts are found both ways, in any number`, options, async (t) => {
    const { store } = await freshStore(t, engine);
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
    const { store } = await freshStore(t, engine);
    await store.sight([sighting('old')], PRIORITY.full);
    await store.sight([sighting('new')], PRIORITY.live);
    assert.equal(one(await store.claim(1, 1_000)).deskId, 'new');
  });
}

for (const [engine, options] of ENGINES) {
  test(
    `${engine}: what is about to be done is kept until it is recorded, and what one half was made with is the pair's`,
    options,
    async (t) => {
      const world = await freshStore(t, engine);
      await world.store.sight([sighting('1')], PRIORITY.live);
      const pair = one(await world.store.claim(10, 1_000));
      const made = { do: 'make', base: BASE } as const;
      await world.store.intend([{ pair, intent: made }]);
      await world.reopen();
      await world.store.releaseLeases();
      await world.store.sight([{ pair: 'company', side: 'salesforce', id: '001A' }], PRIORITY.live);
      const [first, echo] = await world.store.claim(10, 1_000);
      assert.deepEqual([first?.intent, echo?.intent], [made, null]);
      assert.ok(echo);
      // The echo of what was made adopts the link first.
      const ids = { salesforceId: '001A', deskId: '1', linkId: 'link 1' };
      await world.store.settle([{ kind: 'linked', pair: echo, ...ids, adopted: true }], []);
      const linked = one(await world.store.claim(10, 1_000));
      assert.deepEqual([linked.base, linked.intent], [BASE, null]);
    },
  );
}

test('a second bridge on the same folder is refused with words that help', async (t) => {
  const { location } = await freshStore(t, 'sqlite');
  await assert.rejects(
    openSqlite(location.kind === 'sqlite' ? location.folder : ''),
    (error) => error instanceof StoreInUse && /in use by another bridge/.test(error.message),
  );
});
