import { sql, type Kysely } from 'kysely';
import { asLogEntry } from './rows.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** The log of the store: read, carried elsewhere, and forgotten when it is old. */
export function logEntries(db: Kysely<Schema>): Pick<Store, 'log' | 'logAfter' | 'pruneLog'> {
  return {
    log: async (limit) =>
      (await db.selectFrom('log').selectAll().orderBy('id', 'desc').limit(limit).execute()).map(asLogEntry),
    logAfter: async (after, levels, limit) => {
      // The end is read first: what is written meanwhile stays behind the position.
      const end = await db
        .selectFrom('log')
        .select((eb) => eb.fn.max('id').as('id'))
        .executeTakeFirst();
      const last = Math.max(after, end?.id ?? 0);
      const rows = await db
        .selectFrom('log')
        .selectAll()
        .where('id', '>', after)
        .where('id', '<=', last)
        .where('level', 'in', levels)
        .orderBy('id')
        .limit(limit)
        .execute();
      return {
        entries: rows.map((row) => ({ ...asLogEntry(row), row: row.id })),
        position: rows.length < limit ? last : (rows.at(-1)?.id ?? last),
      };
    },
    pruneLog: async (keep, before) => {
      await sql`delete from log where id <= (select max(id) from log) - ${keep}`.execute(db);
      // Entries are written in the order of their times, so that the first young one tells where the old end.
      await sql`delete from log where id < coalesce((select id from log where at >= ${before} order by id limit 1), (select max(id) from log) + 1)`.execute(
        db,
      );
    },
  };
}
