import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { PRIORITY } from '../core/spending.ts';
import { backUpStore, BackupFailed } from './backup.ts';
import { openStore } from './openStore.ts';

const makeFolder = (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
};
const sight = (id: string) => ({ pair: 'company', side: 'desk', id, seen: id }) as const;
const countOf = async (folder: string) => {
  const store = await openStore({ kind: 'sqlite', folder }, Date.now);
  const { waiting } = await store.counts();
  await store.close();
  return waiting;
};

test('a store is copied while its bridge writes: whole, as it was at one moment, for its owner alone', async (t) => {
  const folder = makeFolder(t);
  const data = join(folder, 'data');
  const store = await openStore({ kind: 'sqlite', folder: data }, Date.now);
  await store.sight(
    Array.from({ length: 500 }, (_, n) => sight(String(n))),
    PRIORITY.live,
  );
  const target = join(folder, 'copy');
  backUpStore(data, target);
  await store.sight([sight('later')], PRIORITY.live);
  await store.close();
  assert.equal(statSync(target).mode & 0o777, 0o600);
  assert.equal(await countOf(data), 501, 'the bridge goes on');
  const restored = join(folder, 'restored');
  mkdirSync(restored);
  renameSync(target, join(restored, 'desk-connect.sqlite'));
  assert.equal(await countOf(restored), 500);
});

test('a backup overwrites nothing, makes no store where there is none, and leaves no half of a file', async (t) => {
  const folder = makeFolder(t);
  const data = join(folder, 'data');
  await (await openStore({ kind: 'sqlite', folder: data }, Date.now)).close();
  const refused = (from: string, target: string, why: RegExp) =>
    assert.throws(
      () => backUpStore(from, target),
      (error) => error instanceof BackupFailed && why.test(error.message),
    );
  const target = join(folder, 'copy');
  backUpStore(data, target);
  refused(data, target, /exists already/);
  refused(join(folder, 'empty'), join(folder, 'other'), /no store in that folder/);
  refused(data, join(folder, 'nowhere', 'copy'), /no such file or directory/);
  assert.deepEqual(readdirSync(folder).sort(), ['copy', 'data']);
});
