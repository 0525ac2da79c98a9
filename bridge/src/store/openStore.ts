import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { openSqlite } from './sqlite.ts';
import { sqlStore } from './sqlStore.ts';
import type { Store } from './store.ts';

/** Where the store is: in a folder of this bridge alone, or on a PostgreSQL that several bridges share. */
export type StoreLocation =
  { readonly kind: 'sqlite'; readonly folder: string } | { readonly kind: 'postgres'; readonly url: string };

/**
 * Opens the store and brings its schema up to date.
 * @throws StoreInUse, StoreUnreadable, StoreUnreachable or StoreIsNewer, with what to do
 */
export async function openStore(location: StoreLocation, now: () => number): Promise<Store> {
  const database =
    location.kind === 'postgres'
      ? // Its driver takes time to load, which the embedded store has no use for.
        await (await import('./postgres.ts')).openPostgres(location.url)
      : await openSqlite(location.folder);
  return sqlStore(database, `${hostname()} ${process.pid} ${randomUUID()}`, now);
}
