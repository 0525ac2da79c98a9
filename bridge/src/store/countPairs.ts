import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { SqlEngine, StoreMigration } from './migrations.ts';

const PAIRS = ['company', 'customer', 'case'];
const STATUSES = ['inStep', 'waiting', 'failing', 'conflict', 'ambiguous', 'excluded', 'unlinked'];
/** A claim and a lease touch none of them. */
const COUNTED = 'pair, state, due_at, failure, conflict';

/**
 * How many pairs there are of each kind and status, kept by the database itself in the transaction that changes
 * one: to count a million of them takes seconds, in which the embedded store answers nothing else.
 */
export const countPairs = (engine: SqlEngine): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('pair_count')
      .addColumn('pair', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('pairs', 'integer', (column) => column.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('pair_count_key', ['pair', 'status'])
      .execute();
    for (const pair of PAIRS)
      for (const status of STATUSES)
        await sql`insert into pair_count (pair, status) values (${pair}, ${status})`.execute(db);
    await sql`
      update pair_count set pairs = counted.pairs
      from (select pair, ${statusIn(engine, 'pair')} as status, count(*) as pairs from pair group by 1, 2) as counted
      where pair_count.pair = counted.pair and pair_count.status = counted.status`.execute(db);
    await (engine === 'sqlite' ? countInSqlite(db) : countInPostgres(db));
  },
});

/** What a pair counts as; `row` is a name of it in SQL. */
function statusIn(engine: SqlEngine, row: 'pair' | 'new' | 'old' | 'added' | 'removed') {
  const failureClass =
    engine === 'sqlite' ? `json_extract(${row}.failure, '$.class')` : `${row}.failure::json ->> 'class'`;
  return sql.raw(`case
    when ${row}.state in ('unlinked', 'excluded') then ${row}.state
    when ${row}.state = 'failing' and ${failureClass} = 'ambiguous' then 'ambiguous'
    when ${row}.state = 'failing' then 'failing'
    when ${row}.due_at is not null or ${row}.state = 'new' then 'waiting'
    when ${row}.conflict = 1 then 'conflict'
    else 'inStep' end`);
}

/** One more, or one less, of what that row is. */
const counted = (engine: SqlEngine, row: 'new' | 'old') => sql`
  update pair_count set pairs = pairs ${sql.raw(row === 'new' ? '+' : '-')} 1
  where pair = ${sql.raw(row)}.pair and status = ${statusIn(engine, row)};`;

async function countInSqlite(db: Kysely<unknown>): Promise<void> {
  const one = (row: 'new' | 'old') => counted('sqlite', row);
  await sql`create trigger pair_made after insert on pair begin ${one('new')} end`.execute(db);
  await sql`create trigger pair_gone after delete on pair begin ${one('old')} end`.execute(db);
  await sql`create trigger pair_changed after update of ${sql.raw(COUNTED)} on pair
    when ${statusIn('sqlite', 'old')} is not ${statusIn('sqlite', 'new')}
    begin ${one('old')} ${one('new')} end`.execute(db);
}

async function countInPostgres(db: Kysely<unknown>): Promise<void> {
  const one = (row: 'new' | 'old') => counted('postgres', row);
  await sql`create function count_pair() returns trigger language plpgsql as $$ begin
    if tg_op <> 'INSERT' then ${one('old')} end if;
    if tg_op <> 'DELETE' then ${one('new')} end if;
    return null;
  end $$`.execute(db);
  await sql`create trigger pair_counted after insert or delete on pair
    for each row execute function count_pair()`.execute(db);
  await sql`create trigger pair_changed after update of ${sql.raw(COUNTED)} on pair for each row
    when (${statusIn('postgres', 'old')} is distinct from ${statusIn('postgres', 'new')})
    execute function count_pair()`.execute(db);
}

/**
 * The same for all rows of a statement together. PostgreSQL keeps each state that a count had until the transaction is
 * over, and goes past all of them to reach the last: to record 400 pairs took twice as long with a trigger for each
 * row, and to put in a million at once had no end.
 */
export const countByStatement = (engine: SqlEngine): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    if (engine === 'sqlite') return;
    await sql`drop trigger pair_counted on pair`.execute(db);
    await sql`drop trigger pair_changed on pair`.execute(db);
    await sql`drop function count_pair()`.execute(db);
    const rows = (row: 'added' | 'removed') =>
      sql`select pair, ${statusIn('postgres', row)} as status, ${row === 'added' ? sql`1` : sql`-1`} as one
        from ${sql.raw(row)}`;
    const count = (all: RawBuilder<unknown>) => sql`
      update pair_count set pairs = pair_count.pairs + found.pairs
      from (select pair, status, sum(one)::integer as pairs from (${all}) as each_one group by 1, 2) as found
      where found.pairs <> 0 and pair_count.pair = found.pair and pair_count.status = found.status;`;
    await sql`create function count_pairs() returns trigger language plpgsql as $$ begin
      if tg_op = 'INSERT' then ${count(rows('added'))}
      elsif tg_op = 'DELETE' then ${count(rows('removed'))}
      else ${count(sql`${rows('added')} union all ${rows('removed')}`)}
      end if;
      return null;
    end $$`.execute(db);
    for (const [event, tables] of [
      ['insert', 'new table as added'],
      ['delete', 'old table as removed'],
      ['update', 'new table as added old table as removed'],
    ] as const)
      await sql`create trigger ${sql.ref(`pairs_counted_on_${event}`)} after ${sql.raw(event)} on pair
        referencing ${sql.raw(tables)} for each statement execute function count_pairs()`.execute(db);
  },
});
