import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PARENT_EXCLUDED } from '@desk-connect/bridge/core/failure.js';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import type { Pair, Settlement } from '@desk-connect/bridge/store/store.js';
import { closeEngines, ENGINES, freshStore, inStep, one, sighting } from '../support/stores.ts';

after(closeEngines);

const excluded = (pair: Pair, againAt: number | null = null, why = 'outsideCondition'): Settlement => ({
  kind: 'excluded',
  pair,
  why,
  message: 'Left out.',
  againAt,
});

for (const [engine, options] of ENGINES) {
  test(`${engine}: a pair that its rule leaves out waits for nothing, and says why`, options, async (t) => {
    const { store } = await freshStore(t, engine);
    await store.sight([sighting('1', 'seen')], PRIORITY.live);
    await store.settle([excluded(one(await store.claim(10, 1_000)))], []);
    assert.deepEqual(await store.claim(10, 1_000), []);
    const found = await store.find('company', 'desk', '1');
    assert.deepEqual(found?.failure, { class: 'excluded', code: 'outsideCondition', message: 'Left out.' });
    const counts = { inStep: 0, waiting: 0, failing: 0, excluded: 1, unlinked: 0 };
    assert.deepEqual(await store.counts(), counts);
    assert.deepEqual(await store.causes(), [], 'it is no failure');
    assert.equal(await store.retry(null), 0);
  });

  test(`${engine}: a pair that was left out is looked at when its record changes`, options, async (t) => {
    const { store } = await freshStore(t, engine);
    await store.sight([sighting('1', 'seen')], PRIORITY.live);
    await store.settle([excluded(one(await store.claim(10, 1_000)))], []);
    assert.equal(await store.sight([sighting('1', 'seen')], PRIORITY.live), 0);
    assert.equal(await store.sight([sighting('1', 'other')], PRIORITY.live), 1);
    assert.equal(one(await store.claim(10, 1_000)).state, 'excluded');
  });

  test(
    `${engine}: what a linked pair was when it was last in step outlives its exclusion`,
    options,
    async (t) => {
      const { store } = await freshStore(t, engine);
      await store.sight([sighting('1', 'a')], PRIORITY.live);
      await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
      await store.sight([sighting('1', 'b')], PRIORITY.live);
      const before = one(await store.claim(10, 1_000));
      await store.settle([excluded(before)], []);
      await store.sight([sighting('1', 'c')], PRIORITY.live);
      assert.deepEqual(one(await store.claim(10, 1_000)).base, before.base);
      assert.equal((await store.counterparts('company', 'desk', ['1'])).get('1'), '001A');
    },
  );

  test(
    `${engine}: a record whose parent is left out comes back when the parent is linked`,
    options,
    async (t) => {
      const { store, now } = await freshStore(t, engine);
      await store.sight([sighting('1')], PRIORITY.live);
      await store.settle([excluded(one(await store.claim(10, 1_000)))], []);
      assert.deepEqual([...(await store.excluded('company', 'desk', ['1', '2']))], ['1']);
      assert.deepEqual([...(await store.stuck('company', 'desk', ['1', '2']))], ['1']);
      await store.sight([{ pair: 'customer', side: 'desk', id: '9' }], PRIORITY.live);
      const child = one(await store.claim(10, 1_000));
      await store.settle([excluded(child, now() + 3_600_000, PARENT_EXCLUDED)], []);
      await store.sight([sighting('1', 'other')], PRIORITY.live);
      await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
      assert.equal(one(await store.claim(10, 1_000)).deskId, '9');
    },
  );

  test(`${engine}: what is to be compared anew is due though it was seen as it is`, options, async (t) => {
    const { store } = await freshStore(t, engine);
    await store.sight([sighting('1', 'seen')], PRIORITY.live);
    await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
    await store.sight([sighting('1', 'seen')], PRIORITY.live);
    await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
    assert.equal(await store.sight([{ ...sighting('1', 'd'), anew: true }], PRIORITY.full), 1);
  });
}
