import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqlite } from './sqlite.ts';

test('only its owner can read the store, whatever the folder lets others do', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o777);
  const open = async () => {
    const database = await openSqlite(folder);
    const modes = readdirSync(folder)
      .filter((name) => name.startsWith('desk-connect.sqlite'))
      .map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    await database.close();
    return Object.fromEntries(modes) as Record<string, number>;
  };
  const modes = {
    'desk-connect.sqlite': 0o600,
    'desk-connect.sqlite-shm': 0o600,
    'desk-connect.sqlite-wal': 0o600,
  };
  assert.deepEqual(await open(), modes);
  chmodSync(join(folder, 'desk-connect.sqlite'), 0o644);
  assert.deepEqual(await open(), modes, 'one that an older version made');
});
