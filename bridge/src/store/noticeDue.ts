import { sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** PostgreSQL's name for what bridges tell each other by it. */
export const DUE_CHANNEL = 'desk_connect_due';

/** Tells all bridges on the database that something is due, once the transaction is done. */
export async function noticeDue(trx: Transaction<Schema>): Promise<void> {
  await sql`select pg_notify(${DUE_CHANNEL}, '')`.execute(trx);
}
