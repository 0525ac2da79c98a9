import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { controlToken, controlTokenPath, isAuthorized } from './controlToken.ts';

test('the control token is kept, and made anew once others could read it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'token-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const first = controlToken(folder);
  assert.equal(controlToken(folder), first);
  assert.equal(statSync(controlTokenPath(folder)).mode & 0o777, 0o600);
  chmodSync(controlTokenPath(folder), 0o644);
  const second = controlToken(folder);
  assert.notEqual(second, first);
  assert.equal(statSync(controlTokenPath(folder)).mode & 0o777, 0o600);
});

test('a control token that somebody has deleted is made anew at the next start', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'token-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const first = controlToken(folder);
  rmSync(controlTokenPath(folder));
  const second = controlToken(folder);
  assert.ok(!isAuthorized(`Bearer ${first}`, second));
});

test('a control token counts whole and alone', () => {
  const token = 'f'.repeat(64);
  assert.ok(isAuthorized(`Bearer ${token}`, token));
  for (const wrong of [undefined, '', 'Bearer', 'Bearer ', `Bearer ${token}0`, `Bearer ${token.slice(1)}`])
    assert.ok(!isAuthorized(wrong, token), wrong);
});
