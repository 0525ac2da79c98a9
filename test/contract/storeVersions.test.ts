import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { migrate } from '@desk-connect/bridge/store/database.js';
import { StoreIsNewer } from '@desk-connect/bridge/store/floor.js';
import type { Migrations } from '@desk-connect/bridge/store/migrations.js';
import { openStore, type StoreLocation } from '@desk-connect/bridge/store/openStore.js';
import { connectPostgres } from '@desk-connect/bridge/store/postgres.js';
import { connectSqlite } from '@desk-connect/bridge/store/sqlite.js';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { adding, changing } from '../support/laterMigrations.ts';
import { makeOlder, VERSIONS } from '../support/olderStore.ts';
import { BASE, closeEngines, emptyLocation, ENGINES, inStep, one, sighting } from '../support/stores.ts';

after(closeEngines);

const connect = (location: StoreLocation) =>
  location.kind === 'postgres' ? connectPostgres(location.url) : connectSqlite(location.folder).db;

/** As a bridge does that knows these migrations. */
async function upgrade(location: StoreLocation, known: Migrations): Promise<void> {
  const db = connect(location);
  await migrate(db, location.kind, known);
  await db.destroy();
}

for (const [engine, options] of ENGINES) {
  for (const version of VERSIONS) {
    test(`${engine}: a store of version ${version} is upgraded, and keeps its pairs`, options, async (t) => {
      const location = await emptyLocation(t, engine);
      const db = connect(location);
      await makeOlder(db, engine, version);
      await sql`insert into pair (pair, salesforce_id, desk_id, link_id, base, state, due_at)
        values ('company', '001A', '1', 'link 1', ${JSON.stringify(BASE)}, 'inStep', null)`.execute(db);
      await sql`insert into cursor (name, value) values ('desk company', 'there')`.execute(db);
      await sql`insert into log (at, level, pair, desk_id, rule, text)
        values (1, 'info', 'company', '1', 'newInDesk', 'Created in Salesforce.')`.execute(db);
      await db.destroy();
      const store = await openStore(location, Date.now);
      t.after(() => store.close());
      const kept = (await store.find('company', 'desk', '1'))?.pair;
      assert.deepEqual(
        [kept?.salesforceId, kept?.linkId, kept?.base, kept?.state],
        ['001A', 'link 1', BASE, 'inStep'],
      );
      assert.equal(await store.cursor('desk company'), 'there');
      assert.equal((await store.log(10)).length, 1);
      await store.sight([sighting('1')], PRIORITY.live);
      await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
      assert.equal((await store.counts()).inStep, 1);
    });
  }

  test(`${engine}: a store that a newer bridge has only added to serves this one too`, options, async (t) => {
    const location = await emptyLocation(t, engine);
    await upgrade(location, adding(engine));
    const store = await openStore(location, Date.now);
    t.after(() => store.close());
    await store.sight([sighting('1')], PRIORITY.live);
    await store.settle([inStep(one(await store.claim(10, 1_000)), '001A', '1')], []);
    assert.equal((await store.counts()).inStep, 1);
  });

  test(
    `${engine}: a store that a newer bridge has changed for good is refused, and stays as it is`,
    options,
    async (t) => {
      const location = await emptyLocation(t, engine);
      await (await openStore(location, Date.now)).close();
      await upgrade(location, changing(engine));
      for (let time = 0; time < 2; time += 1)
        await assert.rejects(
          openStore(location, Date.now),
          (error) =>
            error instanceof StoreIsNewer && /newer version.*902_changes.*in its place/.test(error.message),
        );
    },
  );
}
