import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { migrate, type Database } from '@desk-connect/bridge/store/database.js';
import { migrations, type SqlEngine } from '@desk-connect/bridge/store/migrations.js';
import { connectPostgres } from '@desk-connect/bridge/store/postgres.js';
import type { Schema } from '@desk-connect/bridge/store/schema.js';
import { connectSqlite } from '@desk-connect/bridge/store/sqlite.js';
import { sqlStore } from '@desk-connect/bridge/store/sqlStore.js';
import type { Settlement, Store } from '@desk-connect/bridge/store/store.js';
import { hearQueries } from '../support/hearQueries.ts';
import { BASE, closeEngines, emptyLocation, ENGINES, FAILURE, inStep } from '../support/stores.ts';

after(closeEngines);

const PAIRS = 40_000;
const NOW = Date.UTC(2026, 0);
const HOUR_MS = 3_600_000;

type Statement = { readonly text: string; readonly values: readonly unknown[] };
type Watched = {
  readonly database: Database;
  /** What was run since the last time. */
  heard(): readonly Statement[];
  /** The lines of a plan that look at every row of a table. */
  readsAll(statement: Statement): Promise<string[]>;
};

/** The tables that grow with the records of a customer. */
const BIG = ['pair', 'log'];
/** Indexes of a few pairs. */
const SMALL = ['pair_leased', 'pair_failing'];
/** What goes through the log from one of its ends, and stops where it has enough. */
const FROM_ITS_END = /from "?log"? (?:where at >= \S+ )?order by "?id"?(?: desc)? limit/;

function watchSqlite(folder: string): Watched {
  const { db, database } = connectSqlite(folder);
  let statements: Statement[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (text) => {
    statements.push({ text, values: [] });
    return prepare(text);
  };
  return {
    database: {
      db,
      aside: db,
      engine: 'sqlite',
      known: migrations('sqlite'),
      hearDue: null,
      close: () => db.destroy(),
    },
    heard: () => statements.splice(0),
    readsAll: ({ text }) => {
      if (!/^(?:select|insert|update|delete|with)\b/i.test(text.trim())) return Promise.resolve([]);
      const lines = prepare(`explain query plan ${text}`)
        .all()
        .map(({ detail }) => String(detail));
      const isBig = new RegExp(
        `^SCAN (?:${BIG.join('|')})\\b(?! USING (?:COVERING )?INDEX (?:${SMALL.join('|')})\\b)`,
      );
      return Promise.resolve(lines.filter((line) => isBig.test(line) && !FROM_ITS_END.test(text)));
    },
  };
}

type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
};

function watchPostgres(t: TestContext, url: string): Watched {
  const db = connectPostgres(url);
  const statements: Statement[] = [];
  t.after(
    hearQueries((text, values) => {
      if (typeof text === 'string' && Array.isArray(values)) statements.push({ text, values });
    }),
  );
  const plain = new pg.Client({ connectionString: url });
  t.after(() => plain.end());
  const connected = plain.connect();
  return {
    database: {
      db,
      aside: db,
      engine: 'postgres',
      known: migrations('postgres'),
      hearDue: null,
      close: () => db.destroy(),
    },
    heard: () => statements.splice(0),
    readsAll: async ({ text, values }) => {
      if (!/^(?:select|insert|update|delete|with)\b/i.test(text.trim())) return [];
      await connected;
      const explain = { text: `explain (format json) ${text}`, values: [...values] };
      const { rows } = await plain.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain);
      return rows.flatMap((row) => [...seqScans(row['QUERY PLAN'][0].Plan)]);
    },
  };
}

function* seqScans(plan: Plan): Generator<string> {
  const table = plan['Relation Name'] ?? '';
  if (plan['Node Type'] === 'Seq Scan' && BIG.includes(table)) yield `Seq Scan on ${table}`;
  for (const inner of plan.Plans ?? []) yield* seqScans(inner);
}

/** Pairs as a store of a year has them: nearly all in step, some that fail, wait, were unlinked or are in hand. */
async function fill(db: Kysely<Schema>, engine: SqlEngine): Promise<void> {
  const numbers =
    engine === 'postgres'
      ? sql`select n from generate_series(1, ${sql.lit(PAIRS)}) as numbers(n)`
      : sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${sql.lit(PAIRS)}) select n from numbers`;
  const base = sql.lit(JSON.stringify({ ...BASE, filler: 'x'.repeat(400) }));
  await sql`insert into pair (pair, salesforce_id, desk_id, link_id, base, state, failure, due_at, priority, lease_until, lease_by)
    select case n % 10 when 0 then 'company' when 1 then 'customer' when 2 then 'customer' else 'case' end,
      'S' || n, 'D' || n, 'L' || n, ${base},
      case n % 200 when 1 then 'failing' when 2 then 'unlinked' when 3 then 'excluded' else 'inStep' end,
      case n % 200 when 1 then ${sql.lit(JSON.stringify(FAILURE))} else null end,
      case when n % 200 = 1 then ${sql.lit(NOW + HOUR_MS)} when n % 50 = 5 then ${sql.lit(NOW - 1)} else null end,
      case n % 200 when 1 then 1 else 0 end,
      case n % 1000 when 5 then ${sql.lit(NOW + HOUR_MS)} else null end,
      case n % 1000 when 5 then 'somebody' else null end
    from (${numbers}) as all_numbers`.execute(db);
  await sql`insert into log (at, level, pair, salesforce_id, desk_id, rule, text)
    select ${sql.lit(NOW)} - ${sql.lit(PAIRS)} + n, case n % 50 when 0 then 'warn' else 'info' end, 'case', 'S' || n, 'D' || n, 'rule', 'text'
    from (${numbers}) as all_numbers`.execute(db);
  if (engine === 'postgres') await sql`vacuum analyze`.execute(db);
}

/** What a bridge asks of its store in a day's work, by what it is for. */
const WORK: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  'a sighting of a stream': (store) =>
    store.sight(
      [
        { pair: 'case', side: 'salesforce', id: 'S3' },
        { pair: 'case', side: 'salesforce', id: 'new' },
        { pair: 'case', side: 'salesforce', id: 'S3', exists: true },
        { pair: 'case', side: 'salesforce', id: 'S4', commented: { stamp: 'now' } },
        { pair: 'case', side: 'salesforce', id: 'S5', asked: 'Sync Now' },
      ],
      PRIORITY.live,
      [{ name: 'stream', value: 'here' }],
      100,
    ),
  'a sighting of the feed': (store) =>
    store.sight([{ pair: 'case', side: 'desk', id: 'D6', seen: 'so' }], PRIORITY.live),
  'a page of a full sync': (store) =>
    store.sight([{ pair: 'case', side: 'desk', id: 'D7', seen: 'so', anew: true }], PRIORITY.full, [
      { name: 'full sync', value: '{}' },
    ]),
  'where a capture is': (store) => store.cursor('stream'),
  'a claim': (store) => store.claim(200, HOUR_MS),
  'a claim of what is live': (store) => store.claim(200, HOUR_MS, PRIORITY.live),
  'when the next is due': (store) => store.nextDue(),
  'what is left of a full sync': (store) => store.waiting(PRIORITY.full),
  'counterparts of parents': async (store) => {
    const ids = Array.from({ length: 400 }, (_, n) => `S${n * 10}`);
    await store.counterparts('company', 'salesforce', ids);
    await store.unlinked('company', 'salesforce', ids);
    await store.excluded('company', 'salesforce', ids);
    await store.stuck('company', 'salesforce', ids);
    await store.pairsOf('company', 'salesforce', ids);
  },
  'an intent, and how all kinds of rounds end': async (store) => {
    const claimed = await store.claim(7, HOUR_MS);
    await store.intend(claimed.map((pair) => ({ pair, intent: { do: 'write', fields: [] } })));
    const ends: ((pair: (typeof claimed)[number]) => Settlement)[] = [
      (pair) => inStep({ ...pair, state: 'failing' }, pair.salesforceId ?? '', pair.deskId ?? ''),
      (pair) => ({ ...inStep(pair, '', ''), kind: 'linked', salesforceId: 'A', deskId: 'B', linkId: 'C' }),
      (pair) => ({ kind: 'retry', pair, failure: FAILURE, dueAt: NOW }),
      (pair) => ({ kind: 'parked', pair, failure: FAILURE }),
      (pair) => ({ kind: 'excluded', pair, why: 'rule', message: 'so', againAt: null }),
      (pair) => ({ kind: 'unlinked', pair, reason: 'asked' }),
      (pair) => ({ kind: 'forgotten', pair }),
    ];
    assert.equal(claimed.length, ends.length);
    const log = {
      level: 'info',
      pair: 'case',
      salesforceId: 'A',
      deskId: 'B',
      rule: 'r',
      text: 't',
    } as const;
    await store.settle(
      claimed.map((pair, index) => ends[index]?.(pair) ?? assert.fail()),
      [log],
    );
  },
  'a parent that is mended': async (store) => {
    await store.sight([{ pair: 'company', side: 'desk', id: 'D10' }], PRIORITY.live);
    const claimed = await store.claim(400, HOUR_MS);
    const company = claimed.find(({ deskId }) => deskId === 'D10') ?? assert.fail();
    await store.settle([inStep({ ...company, state: 'failing' }, 'S10', 'D10')], []);
  },
  'a survivor that is reserved': (store) => store.reserve('case', ['S8', 'newer'], HOUR_MS),
  'what a round could not record': (store) => store.giveBack(),
  'what the dead held': (store) => store.releaseLeases(),
  'a beat': (store) => store.beat(10_000, 3_000),
  'how all pairs are': (store) => store.countsByPair(),
  'what fails': async (store) => {
    await store.failures(3);
    await store.causes();
  },
  'another try of what fails': async (store) => {
    await store.retry('network');
    await store.retry(null);
  },
  'one pair, and its history': async (store) => {
    for (const [side, id] of [
      ['desk', 'D9'],
      ['salesforce', 'S9'],
    ] as const) {
      const found = (await store.find('case', side, id)) ?? assert.fail();
      await store.history(found.pair, 50);
    }
  },
  'all pairs in step, part by part': (store) => store.inStep(PAIRS / 2, 200),
  'the log that is carried': async (store) => {
    await store.logAfter(PAIRS - 1_000, ['warn', 'error'], 200);
    await store.log(100);
  },
  'the log that is old': (store) => store.pruneLog(PAIRS, NOW - PAIRS),
  'what was done in which hour': (store) => store.hours(NOW - 24 * HOUR_MS),
};

for (const [engine, options] of ENGINES) {
  test(
    `${engine}: nothing that a bridge asks of a store of many pairs reads all of them`,
    options,
    async (t) => {
      const location = await emptyLocation(t, engine);
      const watched =
        location.kind === 'postgres' ? watchPostgres(t, location.url) : watchSqlite(location.folder);
      const { db } = watched.database;
      await migrate(db, engine, migrations(engine));
      await fill(db, engine);
      const store = sqlStore(watched.database, 'this bridge', () => NOW);
      t.after(() => store.close());
      watched.heard();
      const problems: string[] = [];
      for (const [what, work] of Object.entries(WORK)) {
        await work(store);
        for (const statement of watched.heard())
          for (const line of await watched.readsAll(statement))
            problems.push(`${what}: ${line}, by ${statement.text}`);
      }
      assert.deepEqual(problems, []);
    },
  );
}
