import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const SOURCES = fileURLToPath(new URL('../..', import.meta.url));
/** The adapter, its words, the list of vocabularies, and the room of the kinds of help desk. */
const ROOMS = [
  /^src\/zendesk\//,
  /^src\/desks\//,
  /^src\/core\/vocabulary\/(?:zendesk[/.]|vocabular(?:y|ies)\.ts$)/,
  /\.test\.ts$/,
];

test('nothing outside of its adapter, its vocabulary and the list of kinds knows Zendesk', () => {
  const files = globSync('src/**/*.ts', { cwd: SOURCES });
  assert.ok(files.length > 100, `${files.length} files`);
  const others = files.filter((file) => !ROOMS.some((room) => room.test(file)));
  const knowing = others.filter((file) => /zendesk/i.test(readFileSync(`${SOURCES}/${file}`, 'utf8')));
  assert.deepEqual(knowing, []);
});
