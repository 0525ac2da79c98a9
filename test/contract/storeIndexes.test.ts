import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql, type CompiledQuery, type Kysely, type KyselyPlugin, type RootOperationNode } from 'kysely';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { openPostgres } from '@desk-connect/bridge/store/postgres.js';
import type { Schema } from '@desk-connect/bridge/store/schema.js';
import { sqlStore } from '@desk-connect/bridge/store/sqlStore.js';
import { BASE, closeEngines, emptyLocation, inStep, POSTGRES, sighting } from '../support/stores.ts';

after(closeEngines);

const PAIRS = 20_000;

test('postgres: what a bridge does all the time reads no more of a store that grows', POSTGRES, async (t) => {
  const location = await emptyLocation(t, 'postgres');
  const database = await openPostgres(location.kind === 'postgres' ? location.url : assert.fail());
  t.after(() => database.close());
  await sql`insert into pair (pair, salesforce_id, desk_id, link_id, state)
    select 'company', '001-' || n, n::text, 'link ' || n, 'inStep' from generate_series(1, ${PAIRS}::int) as n`.execute(
    database.db,
  );
  await sql`vacuum analyze pair`.execute(database.db);
  const asked: RootOperationNode[] = [];
  const recorder: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked.push(node);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const store = sqlStore({ ...database, db: database.db.withPlugin(recorder) }, 'bridge', Date.now);
  await store.beat(10_000);
  await store.releaseLeases();
  await store.sight(
    ['1', '2', `${PAIRS + 1}`].map((id) => sighting(id, 'seen')),
    PRIORITY.live,
  );
  await store.sight([{ pair: 'company', side: 'salesforce', id: '001-7' }], PRIORITY.live);
  const pairs = await store.claim(400, 60_000);
  assert.equal(pairs.length, 4);
  await store.intend(pairs.map((pair) => ({ pair, intent: { do: 'make', base: BASE } })));
  await store.counterparts('company', 'desk', ['1', '2']);
  await store.settle(
    pairs.map((pair) => inStep(pair, pair.salesforceId ?? '001-new', pair.deskId ?? 'new')),
    [],
  );
  await store.nextDue();
  await store.reserve('company', ['001-9'], 60_000);
  await store.giveBack();
  await store.pairsOf('company', 'salesforce', ['001-1']);
  for (const node of asked) {
    const query = database.db.getExecutor().compileQuery(node, { queryId: 'explained' });
    const plan = await planOf(database.db, query);
    assert.doesNotMatch(plan, /Seq Scan on "?pair/, `${query.sql}\n${plan}`);
  }
});

/** How the server would run it now. */
async function planOf(db: Kysely<Schema>, query: CompiledQuery): Promise<string> {
  if (!/^(select|insert|update|delete|with)/.test(query.sql.trim())) return '';
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': string }>({ ...query, sql: `explain ${query.sql}` });
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
