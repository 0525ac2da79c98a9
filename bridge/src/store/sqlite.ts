import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import { migrate, type Database } from './database.ts';
import { StoreIsNewer } from './floor.ts';
import { migrations } from './migrations.ts';
import { STORE_FILE } from './storeFile.ts';
import type { Schema } from './schema.ts';

/** Another process holds the data folder. */
export class StoreInUse extends Error {
  constructor(folder: string, holder: string | null) {
    super(
      `The data folder ${folder} is in use by another bridge${holder === null ? '' : ` (${holder})`}. Stop that one first, give this one a folder of its own, or let both share a PostgreSQL (DESKCONNECT_STORE).`,
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
 * @throws StoreInUse when another process has it open, StoreIsNewer, StoreUnreadable when it is damaged
 */
export async function openSqlite(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = takeLock(folder);
  keepPrivate(join(folder, STORE_FILE));
  const { db, database } = connectSqlite(folder);
  const known = migrations('sqlite');
  try {
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
    await migrate(db, 'sqlite', known);
  } catch (error) {
    database.close();
    lock.close();
    throw error instanceof StoreIsNewer ? error : new StoreUnreadable(folder, error);
  }
  return {
    db,
    aside: db,
    engine: 'sqlite',
    known,
    hearDue: null,
    close: async () => {
      await db.destroy();
      lock.close();
    },
  };
}

/** The database in a folder as it is: without its lock, and of whichever version. */
export function connectSqlite(folder: string): { db: Kysely<Schema>; database: DatabaseSync } {
  const database = new DatabaseSync(join(folder, STORE_FILE));
  const db = new Kysely<Schema>({ dialect: new Dialect({ database: asKyselyDatabase(database) }) });
  return { db, database };
}

/**
 * SQLite takes tables back with their transaction, but kysely's adapter does not say so: a bridge that was killed
 * between a table and the note that it is there left a store that none could open.
 */
class TransactionalDdl extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
/** What fails for want of room SQLite has rolled back itself; that nothing is left to roll back must not hide why. */
class CalmDriver extends SqliteDriver {
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}
class Dialect extends SqliteDialect {
  readonly #config: { readonly database: SqliteDatabase };
  constructor(config: { readonly database: SqliteDatabase }) {
    super(config);
    this.#config = config;
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalDdl();
  }
  override createDriver(): SqliteDriver {
    return new CalmDriver(this.#config);
  }
}

/** Values of records stand in it. The folder may be one that others can read, and SQLite goes by the umask. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  for (const path of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(path)) chmodSync(path, 0o600);
}

function takeLock(folder: string): DatabaseSync {
  const holder = join(folder, 'desk-connect.holder');
  const lock = new DatabaseSync(join(folder, 'desk-connect.lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new StoreInUse(folder, nameIn(holder));
  }
  try {
    writeFileSync(holder, `process ${process.pid} on ${hostname()}`, { mode: 0o600 });
  } catch {
    // It is only told to people, and the disk may be full: the lock alone decides.
  }
  return lock;
}

function nameIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/** Statements that are kept prepared: more than the store has texts of, but for lists of ids of every length. */
const PREPARED = 200;

/**
 * Node's own SQLite in the shape that kysely's dialect drives. Statements are prepared once: each one that is not is
 * compiled anew, and holds what that took until the garbage collector finds it.
 */
function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = prepared.get(sql) ?? asKyselyStatement(database.prepare(sql));
      // The one that was used last stands last; the first one goes.
      prepared.delete(sql);
      prepared.set(sql, statement);
      const [oldest] = prepared.keys();
      if (prepared.size > PREPARED && oldest !== undefined) prepared.delete(oldest);
      return statement;
    },
  };
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)) as IterableIterator<unknown>,
  };
}
