import { sql, type Kysely } from 'kysely';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { openPostgres } from '@desk-connect/bridge/store/postgres.js';
import type { PairRow, Schema } from '@desk-connect/bridge/store/schema.js';
import { sqlStore } from '@desk-connect/bridge/store/sqlStore.js';
import type { Pair, Settlement } from '@desk-connect/bridge/store/store.js';
import { median } from '../figures.ts';

export type RowSizes = {
  /** Bytes a pair of the table, with what belongs to it. */
  readonly table: number;
  /** Bytes a pair of each index. */
  readonly indexes: ReadonlyMap<string, number>;
  /** Milliseconds of a claim of 400 pairs, of recording how they ended, of a batch of 100 sightings, of a heartbeat. */
  readonly claimMs: number;
  readonly settleMs: number;
  readonly sightMs: number;
  readonly beatMs: number;
  /** Milliseconds of the counts that the status and the metrics tell, which read all pairs. */
  readonly countsMs: number;
  /** Milliseconds that an upgrade of the schema takes which adds a column, and one that builds an index. */
  readonly columnMs: number;
  readonly indexMs: number;
};

const CLAIM = 400;
const SIGHTINGS = 100;
const LEASE_MS = 600_000;
/** The first one pays for connections and plans. */
const TIMES = 5;

/** A real pair of a case, as a bridge has left it. */
export async function caseRow(url: string): Promise<PairRow> {
  const { db, close } = await openPostgres(url);
  try {
    return await db
      .selectFrom('pair')
      .selectAll()
      .where('pair', '=', 'case')
      .where('state', '=', 'inStep')
      .limit(1)
      .executeTakeFirstOrThrow();
  } finally {
    await close();
  }
}

/** Fills an empty store with so many pairs like that one, and measures it. */
export async function measureRowSizes(url: string, like: PairRow, pairs: number): Promise<RowSizes> {
  const database = await openPostgres(url);
  const { db } = database;
  const store = sqlStore(database, 'bench', Date.now);
  try {
    await fill(db, like, pairs);
    const { rows: sizes } = await sql<{ name: string; bytes: number }>`
      select indexrelid::regclass::text as name, pg_relation_size(indexrelid) as bytes
      from pg_index where indrelid = 'pair'::regclass
      union all select 'pair', pg_table_size('pair')`.execute(db);
    const indexes = new Map(sizes.map(({ name, bytes }) => [name, bytes / pairs]));
    const table = indexes.get('pair') ?? Number.NaN;
    indexes.delete('pair');
    const known = Array.from({ length: SIGHTINGS }, (_, n) =>
      String(Math.floor(((n + 0.5) * pairs) / SIGHTINGS)),
    );
    const sightMs = await timed(TIMES, (turn) =>
      store.sight(
        known.map((id) => ({ pair: 'case', side: 'desk', id, seen: `bench ${turn}` })),
        PRIORITY.live,
      ),
    );
    await sql`update pair set due_at = 1 where id <= ${CLAIM * TIMES}`.execute(db);
    const claims: Pair[][] = [];
    const claimMs = await timed(TIMES, async () => claims.push(await store.claim(CLAIM, LEASE_MS)));
    const settleMs = await timed(TIMES, (turn) => store.settle((claims[turn] ?? []).map(inStep), []));
    const beatMs = await timed(TIMES, () => store.beat(LEASE_MS));
    const countsMs = await timed(TIMES, () => store.counts());
    const columnMs = await timed(1, () => sql`alter table pair add column bench text`.execute(db));
    const indexMs = await timed(1, () => sql`create index bench on pair (synced_at)`.execute(db));
    return { table, indexes, claimMs, settleMs, sightMs, beatMs, countsMs, columnMs, indexMs };
  } finally {
    await store.close();
  }
}

/** As a round ends for a pair that was changed. */
const inStep = (pair: Pair): Settlement => ({
  kind: 'inStep',
  pair,
  salesforceId: pair.salesforceId ?? '',
  deskId: pair.deskId ?? '',
  linkId: pair.linkId,
  base: pair.base ?? { salesforce: {}, desk: {} },
  salesforceSeen: 'bench',
  deskSeen: 'bench',
  conversation: pair.conversation,
  againAt: null,
  wrote: ['desk'],
});

async function fill(db: Kysely<Schema>, like: PairRow, pairs: number): Promise<void> {
  const seen = (length: number) => sql`left(repeat(md5(n::text), 4), ${length})`;
  await sql`
    insert into pair (pair, salesforce_id, desk_id, link_id, base, salesforce_seen, desk_seen, state, version,
      conversation, synced_at)
    select 'case', '500' || lpad(n::text, 12, '0') || 'AAA', n::text, 'a00' || lpad(n::text, 12, '0') || 'AAA',
      ${like.base}, ${seen(like.salesforce_seen?.length ?? 0)}, ${seen(like.desk_seen?.length ?? 0)}, 'inStep', 1,
      ${like.conversation}, ${like.synced_at}::bigint
    from generate_series(1, ${pairs}::int) as n`.execute(db);
  await sql`vacuum analyze pair`.execute(db);
}

/** The median of so many turns. */
async function timed(turns: number, work: (turn: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const started = performance.now();
    await work(turn);
    times.push(performance.now() - started);
  }
  return median(times);
}
