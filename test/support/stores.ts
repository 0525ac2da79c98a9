import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Base } from '@desk-connect/bridge/core/values.js';
import { openStore, type StoreLocation } from '@desk-connect/bridge/store/openStore.js';
import type { Pair, Settlement, Store } from '@desk-connect/bridge/store/store.js';
import { startPostgres } from './postgres.ts';

export const BASE: Base = { salesforce: { name: 'A' }, desk: { name: 'A' } };
export const FAILURE = { class: 'network', code: 'ECONNRESET', message: 'reset' } as const;

const postgres = await startPostgres();

/** To be called when the tests of a file are over. */
export async function closeEngines(): Promise<void> {
  if (typeof postgres !== 'string') await postgres.close();
}
/** Options of a test that needs PostgreSQL: skipped with the reason where there is none. */
export const POSTGRES = typeof postgres === 'string' ? { skip: postgres } : {};

const LOCATIONS: Record<string, () => Promise<StoreLocation>> = {
  sqlite: () => Promise.resolve({ kind: 'sqlite', folder: mkdtempSync(join(tmpdir(), 'store-')) }),
  postgres: async () => ({
    kind: 'postgres',
    url: typeof postgres === 'string' ? '' : await postgres.newDatabase(),
  }),
};

/** The engines of the store, each with the options of its tests. */
export const ENGINES = [
  ['sqlite', {}],
  ['postgres', POSTGRES],
] as const;

/** A place for one test's own store, with nothing in it. */
export async function emptyLocation(t: TestContext, engine: string): Promise<StoreLocation> {
  const location = await (LOCATIONS[engine] ?? assert.fail())();
  if (location.kind === 'sqlite') t.after(() => rmSync(location.folder, { recursive: true }));
  return location;
}

/** An empty store of its own for one test, with a clock that only the test moves. */
export async function freshStore(t: TestContext, engine: string) {
  const location = await (LOCATIONS[engine] ?? assert.fail())();
  let clock = Date.UTC(2026, 0);
  const open = () => openStore(location, () => clock);
  const opened: Store[] = [await open()];
  t.after(async () => {
    for (const store of opened) await store.close();
    if (location.kind === 'sqlite') rmSync(location.folder, { recursive: true });
  });
  return {
    location,
    get store() {
      return opened.at(-1) ?? assert.fail();
    },
    now: () => clock,
    advance: (ms: number) => {
      clock += ms;
    },
    /** Another bridge that shares the store. */
    another: async () => {
      const store = await open();
      opened.unshift(store);
      return store;
    },
    reopen: async () => {
      await opened.pop()?.close();
      opened.push(await open());
    },
  };
}

/** Somebody saw that company in Desk. */
export const sighting = (id: string, seen?: string) =>
  ({ pair: 'company', side: 'desk', id, ...(seen ? { seen } : {}) }) as const;
/** The only pair of a claim. */
export const one = (pairs: readonly Pair[]): Pair => {
  assert.equal(pairs.length, 1);
  const [pair] = pairs;
  assert.ok(pair);
  return pair;
};
/** The claimed pair ended in step with these ids. */
export const inStep = (pair: Pair, salesforceId: string, deskId: string): Settlement => ({
  kind: 'inStep',
  pair,
  salesforceId,
  deskId,
  linkId: `link ${deskId}`,
  base: BASE,
  salesforceSeen: 's',
  deskSeen: 'd',
  conversation: null,
  againAt: null,
});
