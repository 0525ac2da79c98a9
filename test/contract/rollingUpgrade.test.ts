import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { StoreIsNewer } from '@desk-connect/bridge/store/floor.js';
import { migrations, type Migrations } from '@desk-connect/bridge/store/migrations.js';
import { connectPostgres, openPostgres } from '@desk-connect/bridge/store/postgres.js';
import { sqlStore } from '@desk-connect/bridge/store/sqlStore.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import { adding, changing, takingAway } from '../support/laterMigrations.ts';
import { makeOlder, VERSIONS } from '../support/olderStore.ts';
import { BASE, closeEngines, emptyLocation, inStep, one, POSTGRES, sighting } from '../support/stores.ts';
import { waitFor } from '../support/waitFor.ts';

after(closeEngines);

/** An empty database, and bridges on it that know so much. */
async function shared(t: TestContext) {
  const location = await emptyLocation(t, 'postgres');
  const url = location.kind === 'postgres' ? location.url : assert.fail();
  let bridges = 0;
  const open = async (known: Migrations): Promise<Store> => {
    const store = sqlStore(await openPostgres(url, known), `bridge ${(bridges += 1)}`, Date.now);
    t.after(() => store.close());
    return store;
  };
  return { url, open };
}

const works = async (store: Store, id: string) => {
  await store.sight([sighting(id)], PRIORITY.live);
  await store.settle([inStep(one(await store.claim(10, 60_000)), `001-${id}`, id)], []);
};

const refused = (work: Promise<unknown>) => assert.rejects(work, StoreIsNewer);

test('postgres: an older bridge works beside a newer one that has only added', POSTGRES, async (t) => {
  const { open } = await shared(t);
  const older = await open(migrations('postgres'));
  await works(older, '1');
  const newer = await open(adding('postgres'));
  await works(older, '2');
  await works(newer, '3');
  // It may come back, too: an upgrade can be taken back by starting the older version.
  await works(await open(migrations('postgres')), '4');
  assert.equal((await older.counts()).inStep, 4);
});

test(
  'postgres: what is taken away a release later turns away only those that did not know it yet',
  POSTGRES,
  async (t) => {
    const { open } = await shared(t);
    const [first, second] = [await open(migrations('postgres')), await open(adding('postgres'))];
    await works(await open(takingAway('postgres')), '1');
    await works(second, '2');
    await works(await open(adding('postgres')), '3');
    await refused(first.claim(10, 60_000));
    await refused(open(migrations('postgres')));
  },
);

test('postgres: whom one upgrade leaves behind the next one does not let in again', POSTGRES, async (t) => {
  const { open } = await shared(t);
  const behind = await open(adding('postgres'));
  const later = { needs: '900_adds', up: () => Promise.resolve() };
  await works(await open({ ...changing('postgres'), '903_takes_away': later }), '1');
  await refused(behind.claim(10, 60_000));
  await refused(open(adding('postgres')));
});

test(
  'postgres: a bridge at work that a newer one leaves behind writes and claims nothing from then on',
  POSTGRES,
  async (t) => {
    const { open } = await shared(t);
    const older = await open(migrations('postgres'));
    await older.beat(60_000);
    await older.sight([sighting('1'), sighting('2')], PRIORITY.live);
    const pair = one(await older.claim(1, 60_000));
    const newer = await open(changing('postgres'));
    for (const attempt of [
      () => older.beat(60_000),
      () => older.claim(10, 60_000),
      () => older.sight([sighting('3')], PRIORITY.live),
      () => older.sight([], PRIORITY.live, [{ name: 'desk', value: '1' }]),
      () => older.intend([{ pair, intent: { do: 'make', base: BASE } }]),
      () => older.settle([inStep(pair, '001A', '1')], []),
      () => older.reserve('company', ['001B'], 60_000),
      () => older.releaseLeases(),
    ])
      await refused(attempt());
    assert.deepEqual(await newer.counts(), { inStep: 0, waiting: 2, failing: 0, excluded: 0, unlinked: 0 });
    assert.equal(await newer.cursor('desk'), null);
    await older.close();
    assert.equal((await newer.claim(10, 60_000)).length, 2, 'what it held is free once it has ended');
  },
);

test(
  'postgres: an upgrade waits for transactions under way, and none begins before it is done',
  POSTGRES,
  async (t) => {
    const { url, open } = await shared(t);
    const database = await openPostgres(url);
    t.after(() => database.close());
    const older = sqlStore(database, 'older', Date.now);
    await older.sight([sighting('1')], PRIORITY.live);
    const order: string[] = [];
    const isWaiting = async (what: string) => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like ${what}`.execute(
        database.db,
      );
      return rows.length > 0;
    };
    const begun = await database.db.transaction().execute(async (trx) => {
      await trx.selectFrom('cursor').selectAll().execute();
      const newer = open(changing('postgres')).finally(() => order.push('the upgrade'));
      await waitFor('the upgrade to wait', () => isWaiting('%lock table%'));
      const late = older.claim(10, 60_000).finally(() => order.push('a claim'));
      late.catch(() => undefined);
      await waitFor('the claim to wait', () => isWaiting('%from "cursor"%'));
      await trx.updateTable('pair').set({ due_at: 1 }).execute();
      order.push('what was under way');
      return { newer, late };
    });
    await refused(begun.late);
    await begun.newer;
    assert.equal(order[0], 'what was under way');
  },
);

test(
  'postgres: a migration that says nothing only adds what older bridges can leave out',
  POSTGRES,
  async (t) => {
    const { url } = await shared(t);
    const db = connectPostgres(url);
    t.after(() => db.destroy());
    const known = migrations('postgres');
    let before: Awaited<ReturnType<typeof look>> | null = null;
    for (const version of VERSIONS) {
      await makeOlder(db, 'postgres', version);
      const now = await look();
      if (before !== null && known[version]?.needs === undefined) {
        for (const [table, columns] of before.tables) {
          const there = now.tables.get(table);
          assert.ok(there, `${version} takes ${table} away`);
          for (const [name, column] of columns)
            assert.deepEqual(there.get(name), column, `${version} changes ${table}.${name}`);
          for (const [name, { mayStayAway }] of there)
            assert.ok(columns.has(name) || mayStayAway, `${version} makes ${table}.${name} a must`);
        }
        for (const rule of now.rules)
          assert.ok(
            before.rules.has(rule) ||
              ![...before.tables.keys()].some((table) => rule.startsWith(`${table} `)),
            `${version} makes the rule ${rule}`,
          );
      }
      before = now;
    }

    /** Tables with their columns, and what rows must keep to. */
    async function look() {
      const tables = new Map(
        (await db.introspection.getTables()).map(({ name, columns }) => [
          name,
          new Map(
            columns.map((column) => [
              column.name,
              {
                type: column.dataType,
                mayStayAway: column.isNullable || column.hasDefaultValue || column.isAutoIncrementing,
              },
            ]),
          ),
        ]),
      );
      const { rows } = await sql<{ rule: string }>`
      select conrelid::regclass || ' ' || pg_get_constraintdef(oid) as rule from pg_constraint
      where contype in ('u', 'c', 'f', 'x')
      union select indrelid::regclass || ' ' || pg_get_indexdef(indexrelid) from pg_index
      where indisunique and indrelid::regclass::text not like 'pg_%'`.execute(db);
      return { tables, rules: new Set(rows.map(({ rule }) => rule)) };
    }
  },
);
