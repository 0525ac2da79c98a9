import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { cellsOf, requirementTable, withTable } from '@desk-connect/plugin/requirements/requirementTable.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const pages = globSync(['*.md', '{bridge,plugin,docs,test}/*.md'], { cwd: ROOT });

test('every link between the pages leads somewhere', () => {
  for (const page of pages) {
    for (const [, target = ''] of read(page).matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)) {
      if (!/^[a-z]+:/.test(target))
        assert.ok(existsSync(join(ROOT, dirname(page), target)), `${page} links to ${target}`);
    }
  }
});

/** What a heading is called in an address, as GitHub and most others make it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

test('every link to a section leads to one', () => {
  for (const page of pages) {
    for (const [, target = '', anchor = ''] of read(page).matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)) {
      const file = target === '' ? page : join(dirname(page), target);
      const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
      assert.ok(headings.includes(anchor), `${page} links to ${target}#${anchor}`);
    }
  }
});

test('every file that a page names is there', () => {
  for (const page of pages) {
    for (const [, path = ''] of read(page).matchAll(
      /`((?:bridge|plugin|test|scripts|force-app|docs|deploy)\/[\w./-]+)`/g,
    )) {
      assert.ok(existsSync(join(ROOT, path)), `${page} names ${path}`);
    }
  }
});

test('every script that a page tells to run exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const page of pages) {
    for (const [, script = ''] of read(page).matchAll(/npm run ([\w:]+)/g))
      assert.ok(script in scripts, `${page} names npm run ${script}`);
  }
});

test('the environment reference names just the variables that the bridge reads', () => {
  const documented = new Set(read('docs/configuration.md').match(/DESKCONNECT_[A-Z_]+/g));
  const code = new Set(
    read('bridge/src/service/config.ts')
      .match(/^ {2}DESKCONNECT_[A-Z_]+(?=:)/gm)
      ?.map((name) => name.trim()),
  );
  assert.deepEqual([...documented].sort(), [...code].sort());
});

test('no page names a variable that the bridge does not read', () => {
  const known = read('docs/configuration.md');
  for (const page of [...pages, ...globSync('plugin/messages/*.md', { cwd: ROOT })])
    for (const [variable] of read(page).matchAll(/\bDESKCONNECT_[A-Z_]*[A-Z]\b/g))
      assert.ok(known.includes(variable), `${page} names ${variable}`);
});

test('every error of the plugin has its place in the troubleshooting page', () => {
  const page = read('docs/troubleshooting.md');
  for (const [, code = ''] of read('plugin/messages/errors.md').matchAll(/^# error\.(\w+)$/gm))
    assert.ok(page.includes(`\`${code}\``), code);
});

test('the table of requirements in the README is the list that doctor and setup work by', () => {
  const readme = read('README.md');
  assert.deepEqual(cellsOf(readme), cellsOf(withTable(readme, requirementTable())));
});
