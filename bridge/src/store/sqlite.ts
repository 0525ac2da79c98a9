import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import { migrate, type Database } from './database.ts';
import type { Schema } from './schema.ts';

/** Another process holds the data folder. */
export class StoreInUse extends Error {
  constructor(folder: string) {
    super(
      `The data folder ${folder} is in use by another bridge. Stop that one first, give this one a folder of its own, or let both share a PostgreSQL (DESKCONNECT_STORE).`,
    );
    this.name = 'StoreInUse';
  }
}

/** The file of the store is damaged, or another version wrote it. */
export class StoreUnreadable extends Error {
  constructor(folder: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `The store in ${folder} cannot be read: ${reason}. Put a backup of the folder in its place, or move it away: ` +
        'the bridge then makes a new one from the links in Salesforce.',
      { cause },
    );
    this.name = 'StoreUnreadable';
  }
}

/**
 * Opens the embedded store in a folder, made if it is missing, and brings its schema up to date.
 * The lock dies with the process, so that a killed bridge leaves nothing to clean up.
 * @throws StoreInUse when another process has it open, StoreUnreadable when it is damaged
 */
export async function openSqlite(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = takeLock(folder);
  const file = join(folder, 'desk-connect.sqlite');
  keepPrivate(file);
  const database = new DatabaseSync(file);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: asKyselyDatabase(database) }) });
  try {
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
    await migrate(db, 'sqlite');
  } catch (error) {
    database.close();
    lock.close();
    throw new StoreUnreadable(folder, error);
  }
  return {
    db,
    engine: 'sqlite',
    hearDue: null,
    close: async () => {
      await db.destroy();
      lock.close();
    },
  };
}

/** Values of records stand in it. The folder may be one that others can read, and SQLite goes by the umask. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  for (const path of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(path)) chmodSync(path, 0o600);
}

function takeLock(folder: string): DatabaseSync {
  const lock = new DatabaseSync(join(folder, 'desk-connect.lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    throw new StoreInUse(folder);
  }
}

/** Node's own SQLite in the shape that kysely's dialect drives. */
function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)) as IterableIterator<unknown>,
      };
    },
  };
}
