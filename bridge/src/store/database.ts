import { sql, type Kysely, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations, type SqlEngine } from './migrations.ts';
import type { Schema } from './schema.ts';

/** An open database of either engine. */
export type Database = {
  readonly db: Kysely<Schema>;
  readonly engine: SqlEngine;
  /** Hears what other bridges make due; null where there are none. Returns how to end it. */
  readonly hearDue: ((onDue: () => void) => () => Promise<void>) | null;
  readonly close: () => Promise<void>;
};

/** A newer bridge has written the store. */
export class StoreIsNewer extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `The store was written by a newer version of the bridge (${unknown.join(', ')}), and this one would not understand it. ` +
        'Start that version again, or put the backup in its place that was made before the upgrade.',
    );
    this.name = 'StoreIsNewer';
  }
}

/** Several bridges that start at once on one PostgreSQL wait for each other here. */
export async function migrate(db: Kysely<Schema>, engine: SqlEngine): Promise<void> {
  const known = migrations(engine);
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(known) },
  }).migrateToLatest();
  if (!error) return;
  const done = await migrationsDone(db).catch(() => []);
  const unknown = done.filter((name) => !(name in known));
  throw unknown.length > 0 ? new StoreIsNewer(unknown) : error;
}

async function migrationsDone(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** PostgreSQL's words for "another transaction was first": serialization, deadlock, and a unique key. */
const LOST_RACE = new Set(['40001', '40P01', '23505']);
const TRIES = 8;

/**
 * One transaction. Where another bridge's came first it runs again: it sees then what that one wrote.
 * It must do nothing but SQL.
 */
export async function transact<T>(
  db: Kysely<Schema>,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await db.transaction().execute(work);
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
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return transact(db, async (trx) => {
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${WRITERS})`.execute(trx);
    return work(trx);
  });
}
