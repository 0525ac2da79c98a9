import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { hearDue } from './dueNotices.ts';
import { migrate, type Database } from './database.ts';
import { StoreIsNewer } from './floor.ts';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';
import { StoreUnreachable } from './storeUnreachable.ts';

const CONNECTIONS = 6;
const CONNECT_MS = 10_000;

/**
 * Opens the store on PostgreSQL and brings its schema up to what this bridge knows. Many bridges can have it open, of
 * different versions too.
 * @throws StoreUnreachable, StoreIsNewer
 */
export async function openPostgres(url: string, known = migrations('postgres')): Promise<Database> {
  const db = connectPostgres(url);
  try {
    await migrate(db, 'postgres', known);
  } catch (error) {
    await db.destroy();
    throw error instanceof StoreIsNewer ? error : new StoreUnreachable(url, error);
  }
  const aside = connectPostgres(url, 1);
  return {
    db,
    aside,
    engine: 'postgres',
    known,
    hearDue: (listener) => hearDue(url, listener),
    close: async () => {
      await aside.destroy();
      await db.destroy();
    },
  };
}

/** The database as it is, of whichever version. */
export function connectPostgres(url: string, connections = CONNECTIONS): Kysely<Schema> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'desk-connect',
    types,
  });
  // A connection that breaks while nobody uses it is replaced at its next use, and must not end the process.
  pool.on('error', () => undefined);
  // One that breaks in use fails its query, and says so a second time to nobody: that must not end it either.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** PostgreSQL's number for the type `bigint`. */
const INT8 = 20;
/** Our integers of 64 bits are times and counts: numbers hold them, as they do in SQLite. */
const types = new pg.TypeOverrides();
types.setTypeParser(INT8, Number);
