import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { secretsShown } from '../support/printed.ts';

const PRINTED = fileURLToPath(new URL('../support/printed.ts', import.meta.url));

test('a secret that anything prints fails the run, in whatever form it is printed', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'printed-'));
  t.after(() => rmSync(folder, { recursive: true }));
  // In a process of its own, as each test file is.
  const gather = (text: string) => {
    const code = `import { printed, secret } from ${JSON.stringify(PRINTED)};
      secret('the password', 'pass "word" & more'); printed('a log', ${JSON.stringify(text)});`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      env: { ...process.env, DESKCONNECT_TEST_PRINTED: folder },
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  };
  const password = 'pass "word" & more';
  gather('nothing of it: pass, word and more');
  assert.deepEqual(secretsShown(folder), []);
  for (const form of [
    `said ${password}.`,
    JSON.stringify({ password }),
    `https://desk.test/?p=${encodeURIComponent(password)}`,
    `Basic ${Buffer.from(password).toString('base64')}`,
  ]) {
    gather(form);
    assert.deepEqual(secretsShown(folder), ['the password in a log'], form);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  }
});
