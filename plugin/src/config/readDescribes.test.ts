import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DEFAULT_CONFIG } from '@desk-connect/bridge/core/config/syncConfig.js';
import { ZENDESK_VOCABULARY } from '@desk-connect/bridge/core/vocabulary/zendesk.js';
import { readDescribes, saveDescribes, vocabularyOf } from './readDescribes.ts';

const folder = mkdtempSync(join(tmpdir(), 'describes-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'describe.json');
const source = { file, configDir: folder };
const SIDES = { salesforce: {}, desk: { company: [], customer: [], case: [] } };

test('what was saved of both sides is of the same help desk when it is read', async () => {
  const describes = { ...SIDES, vocabulary: ZENDESK_VOCABULARY };
  saveDescribes(file, describes);
  assert.deepEqual(await readDescribes(source, DEFAULT_CONFIG), describes);
  assert.equal(vocabularyOf(source).kind, 'zendesk');
});

test("what an older release saved names no help desk, and is Desk's", async () => {
  writeFileSync(file, JSON.stringify({ version: 1, ...SIDES }));
  assert.equal((await readDescribes(source, DEFAULT_CONFIG)).vocabulary.kind, 'desk');
});

test('a file of a help desk that nobody knows is refused', async () => {
  writeFileSync(file, JSON.stringify({ version: 1, kind: 'other', ...SIDES }));
  await assert.rejects(readDescribes(source, DEFAULT_CONFIG), /DescribeUnreadable|it holds something else/);
});

test('without a file, the settings say which help desk it is; where they say none, it is Desk', () => {
  const unsaid = { file: null, configDir: folder };
  assert.equal(vocabularyOf(unsaid).kind, 'desk');
  writeFileSync(join(folder, 'bridge.env'), 'DESKCONNECT_DESK=zendesk\n');
  assert.equal(vocabularyOf(unsaid).kind, 'zendesk');
});
