import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../store/openStore.ts';
import { startProblem } from './startProblem.ts';

test('a port that is taken is told by its number, with the variables that change it', async () => {
  const first = createServer().listen(0, '127.0.0.1');
  await once(first, 'listening');
  const address = first.address();
  const port = typeof address === 'object' && address ? address.port : assert.fail();
  const second = createServer().listen(port, '127.0.0.1');
  const [error] = (await once(second, 'error')) as [unknown];
  assert.match(
    startProblem(error) ?? '',
    new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use .* DESKCONNECT_PORT`),
  );
  first.close();
});

test('a data folder that cannot be one is told by its path and its variable', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-problem-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const error: unknown = await openStore({ kind: 'sqlite', folder: file }, Date.now).catch(
    (thrown: unknown) => thrown,
  );
  assert.match(startProblem(error) ?? '', /cannot use .*file: EEXIST.* DESKCONNECT_DATA/);
  rmSync(folder, { recursive: true });
});

test('an error that nobody expected keeps its stack', () => {
  assert.equal(startProblem(new TypeError('x is not a function')), null);
  assert.equal(startProblem('words'), null);
});
