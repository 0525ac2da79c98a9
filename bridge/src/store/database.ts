import { sql, type Kysely, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Listener } from './dueNotices.ts';
import { besideOthers, checkFloor } from './floor.ts';
import type { Migrations, SqlEngine } from './migrations.ts';
import type { Schema } from './schema.ts';

/** An open database of either engine. */
export type Database = {
  readonly db: Kysely<Schema>;
  /** The same on a connection of its own: who says that it lives must not wait behind transactions that take turns. */
  readonly aside: Kysely<Schema>;
  readonly engine: SqlEngine;
  /** The migrations that this bridge knows. */
  readonly known: Migrations;
  /** Hears what other bridges make due; null where there are none. Returns how to end it. */
  readonly hearDue: ((listener: Listener) => () => Promise<void>) | null;
  readonly close: () => Promise<void>;
};

/**
 * Brings the schema up to what this bridge knows. Where a newer one has been there it stays as it is, as long as
 * that one has only added to it. Several bridges that start at once on one PostgreSQL wait for each other here.
 * @throws StoreIsNewer
 */
export async function migrate(db: Kysely<Schema>, engine: SqlEngine, known: Migrations): Promise<void> {
  const steps = Object.entries(known).map(([name, step]) => [name, besideOthers(engine, step)] as const);
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(steps)) },
  }).migrateToLatest();
  if (!error) return;
  const done: readonly string[] = await migrationsDone(db).catch(() => []);
  if (done.every((name) => name in known)) throw error;
  await checkFloor(db, known);
  if (!Object.keys(known).every((name) => done.includes(name))) throw error;
}

async function migrationsDone(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** PostgreSQL's words for "another transaction was first": serialization, deadlock, and a unique key. */
const LOST_RACE = new Set(['40001', '40P01', '23505']);
const TRIES = 8;

type Transacting = Pick<Database, 'db' | 'engine' | 'known'>;

/**
 * One transaction. Where another bridge's came first it runs again: it sees then what that one wrote.
 * It must do nothing but SQL.
 * @throws StoreIsNewer, before anything was done, where a newer bridge has changed the schema meanwhile
 */
export async function transact<T>(
  { db, engine, known }: Transacting,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await db.transaction().execute(async (trx) => {
        if (engine === 'postgres') await checkFloor(trx, known);
        return work(trx);
      });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (left <= 1 || !LOST_RACE.has(code)) throw error;
    }
  }
}

/** Any number will do that nobody else in the database takes. */
const WRITERS = 727_001;

/**
 * One transaction at a time of those that write many rows: bridges that write the same rows in different
 * orders would wait for each other. Claims don't come here: they wait for nobody.
 */
export async function transactAlone<T>(
  database: Transacting,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return transact(database, async (trx) => {
    if (database.engine === 'postgres') await sql`select pg_advisory_xact_lock(${WRITERS})`.execute(trx);
    return work(trx);
  });
}
