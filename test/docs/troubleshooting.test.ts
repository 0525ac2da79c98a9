import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { CAUSE } from '@desk-connect/bridge/core/failure.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const page = read('docs/troubleshooting.md');

const sectionOf = (heading: string) => page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
/** What the first column of a section's tables names. */
const firstCells = (section: string) =>
  [...section.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, one = '']) => one),
  );

test('every error of the plugin has its place, and no other has', () => {
  const codes = [...read('plugin/messages/errors.md').matchAll(/^# error\.(\w+)$/gm)].map(
    ([, code = '']) => code,
  );
  assert.deepEqual(firstCells(sectionOf('Errors of the sf plugin')).sort(), codes.sort());
});

test('every code of the bridge, class of failure and rule that stops a record has its place', () => {
  const sources = globSync('bridge/src/**/*.ts', { cwd: ROOT, exclude: ['**/*.test.ts', '**/*.fixture.ts'] });
  const codes = sources.flatMap((file) =>
    [
      ...read(file).matchAll(/\bcode: '(\w+)'|\brefused\('([A-Z_]+)'|^export const PARENT_\w+ = '(\w+)'/gm),
    ].map(([, code, refused, parent]) => code ?? refused ?? parent ?? ''),
  );
  assert.deepEqual(firstCells(sectionOf('Codes of the bridge')).sort(), [...new Set(codes)].sort());

  const decisions = read('bridge/src/core/decide.ts').matchAll(
    /do: '(?:park|unlink)';\s*readonly rule:([^;]+);/g,
  );
  const [, exclusions = ''] = /type Exclusion = ([^;]+);/.exec(read('bridge/src/core/selection.ts')) ?? [];
  const warnings = read('bridge/src/engine/updatePairs.ts').matchAll(/(?:salesforce|desk): '(\w+Wins)'/g);
  const rules = [...decisions].map(([, union = '']) => union).concat(exclusions);
  const stopping = rules.flatMap((union) => [...union.matchAll(/'(\w+)'/g)].map(([, rule = '']) => rule));
  const told = new Set(firstCells(sectionOf('A record is not in step')));
  assert.ok(stopping.length >= 13);
  for (const one of [...Object.keys(CAUSE), ...stopping, ...[...warnings].map(([, rule = '']) => rule)])
    assert.ok(told.has(one), one);
});

test('what the bridge says when it cannot start has its place', () => {
  const said = [
    'configError',
    '../store/deskMark',
    '../store/floor',
    '../store/sqlite',
    '../store/storeUnreachable',
  ].flatMap((file) =>
    [...read(`bridge/src/service/${file}.ts`).matchAll(/super\(\s*`([^`$]+?)\s*[($\\]/g)].map(
      ([, text = '']) => text,
    ),
  );
  assert.equal(said.length, 6);
  for (const text of said) assert.ok(page.includes(`\`${text}`), text);
});
