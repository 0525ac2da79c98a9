import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openStore, type StoreLocation } from '@desk-connect/bridge/store/openStore.js';
import type { LogEntry } from '@desk-connect/bridge/store/store.js';
import { startPostgres } from '../support/postgres.ts';

const postgres = await startPostgres();
after(async () => {
  if (typeof postgres !== 'string') await postgres.close();
});

const ENGINES: Record<string, () => Promise<StoreLocation>> = {
  sqlite: () => Promise.resolve({ kind: 'sqlite', folder: mkdtempSync(join(tmpdir(), 'store-')) }),
  postgres: async () => ({
    kind: 'postgres',
    url: typeof postgres === 'string' ? '' : await postgres.newDatabase(),
  }),
};
const entry = (level: LogEntry['level'], text: string): LogEntry => ({
  level,
  pair: 'case',
  salesforceId: null,
  deskId: '1',
  rule: 'rule',
  text,
});

for (const [engine, locate] of Object.entries(ENGINES)) {
  const options = engine === 'postgres' && typeof postgres === 'string' ? { skip: postgres } : {};
  test(
    `${engine}: the log is read by level behind a position, and what is old is forgotten`,
    options,
    async (t) => {
      const location = await locate();
      let clock = Date.UTC(2026, 0);
      const store = await openStore(location, () => clock);
      t.after(async () => {
        await store.close();
        if (location.kind === 'sqlite') rmSync(location.folder, { recursive: true });
      });
      assert.deepEqual(await store.logAfter(0, ['error'], 2), { entries: [], position: 0 });
      await store.settle([], [entry('error', 'a'), entry('info', 'b'), entry('warn', 'c')]);
      clock += 1_000;
      await store.settle([], [entry('error', 'd'), entry('info', 'e')]);
      const texts = (page: { entries: readonly LogEntry[] }) => page.entries.map(({ text }) => text);
      const first = await store.logAfter(0, ['warn', 'error'], 2);
      assert.deepEqual(texts(first), ['a', 'c']);
      assert.equal(first.position, first.entries[1]?.row);
      const second = await store.logAfter(first.position, ['warn', 'error'], 2);
      assert.deepEqual(texts(second), ['d']);
      assert.deepEqual(await store.logAfter(second.position, ['info'], 2), {
        entries: [],
        position: second.position,
      });

      await store.pruneLog(100, clock);
      assert.deepEqual(texts({ entries: await store.log(10) }), ['e', 'd']);
      await store.pruneLog(1, clock);
      assert.deepEqual(texts({ entries: await store.log(10) }), ['e']);
      await store.pruneLog(1, clock + 1);
      assert.deepEqual(await store.log(10), []);
      await store.settle([], [entry('error', 'f')]);
      assert.deepEqual(texts(await store.logAfter(second.position, ['error'], 2)), ['f'], 'positions go on');
    },
  );
}
