import { sql } from 'kysely';
import type pg from 'pg';

/** Any number will do that nobody else in the database takes; the second one is the bridge's own. */
const PRESENCES = 727_002;

/**
 * Has the database know that a bridge is there: a lock that goes with the connection, and so with the process. It is a
 * shared one, so that a new connection need not wait until the database has noticed the end of the last.
 */
export async function showPresence(client: pg.Client, presence: number): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, $2)', [PRESENCES, presence]);
}

/** Of a row `member` of the table of leases: it once had a connection, and has none now. */
export const isLost = sql<boolean>`member.presence is not null and not exists (
  select from pg_locks
  where locktype = 'advisory' and classid = ${sql.lit(PRESENCES)} and objid = member.presence
    and database = (select oid from pg_database where datname = current_database()))`;
