import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { checkDesk, StoreOfOtherDesk } from '@desk-connect/bridge/store/deskMark.js';
import { closeEngines, ENGINES, freshStore, sighting } from '../support/stores.ts';

after(closeEngines);

for (const [engine, options] of ENGINES) {
  test(
    `${engine}: a store serves the kind of help desk that it was made with, and no other`,
    options,
    async (t) => {
      const world = await freshStore(t, engine);
      await checkDesk(world.store, 'zendesk');
      await world.reopen();
      await checkDesk(world.store, 'zendesk');
      await assert.rejects(checkDesk(world.store, 'desk'), (error) => {
        assert.ok(error instanceof StoreOfOtherDesk);
        assert.match(error.message, /made with DESKCONNECT_DESK=zendesk.*to serve desk.*DESKCONNECT_DATA/s);
        return true;
      });
    },
  );

  test(
    `${engine}: a store with something in it, from before this was kept in mind, is Desk's`,
    options,
    async (t) => {
      for (const fill of ['cursor', 'pair']) {
        const { store } = await freshStore(t, engine);
        if (fill === 'pair') await store.sight([sighting('1')], PRIORITY.live);
        else await store.sight([], PRIORITY.live, [{ name: 'sweep Account', value: '2026' }]);
        await assert.rejects(checkDesk(store, 'zendesk'), StoreOfOtherDesk);
        await checkDesk(store, 'desk');
      }
    },
  );
}
