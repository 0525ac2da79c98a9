import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations, type SqlEngine } from '@desk-connect/bridge/store/migrations.js';
import type { Schema } from '@desk-connect/bridge/store/schema.js';
import { connectSqlite } from '@desk-connect/bridge/store/sqlite.js';

/** The versions of the store that there have been, the oldest first. */
export const VERSIONS = Object.keys(migrations('sqlite')).sort();

/** Brings an empty database to that version, as the bridge of that time did. */
export async function makeOlder(db: Kysely<Schema>, engine: SqlEngine, version: string): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations(engine)) };
  const { error } = await new Migrator({ db, provider }).migrateTo(version);
  if (error) throw error;
}

/** Makes the embedded store in a folder one of that version, with what that version could hold of it. */
export async function ageStore(folder: string, version: string): Promise<void> {
  const file = join(folder, 'desk-connect.sqlite');
  const newer = join(folder, 'newer.sqlite');
  const { db: closing, database: last } = connectSqlite(folder);
  // All that is in the journal goes into the file.
  last.exec('PRAGMA journal_mode=DELETE');
  await closing.destroy();
  renameSync(file, newer);
  const { db, database } = connectSqlite(folder);
  await makeOlder(db, 'sqlite', version);
  database.exec(`ATTACH '${newer}' AS newer`);
  for (const { name, columns } of await db.introspection.getTables()) {
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    // What the database counts itself has been counted while the pairs were put in.
    await sql
      .raw(`insert or replace into main."${name}" (${names}) select ${names} from newer."${name}"`)
      .execute(db);
  }
  await db.destroy();
  rmSync(newer);
}
