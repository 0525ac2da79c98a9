import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { cellsOf, requirementTable, withTable } from '@desk-connect/plugin/requirements/requirementTable.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const pages = globSync(['*.md', '{bridge,plugin,test}/*.md', 'docs/**/*.md'], { cwd: ROOT });

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of markdown.replaceAll(/```.*?```/gs, '').matchAll(/^#+ (.+)$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
    let one = anchor;
    for (let again = 1; anchors.has(one); again += 1) one = `${anchor}-${again}`;
    anchors.add(one);
  }
  return anchors;
}

test('every link between the pages leads somewhere, to the heading too where it names one', () => {
  let found = 0;
  for (const page of pages) {
    for (const [, path = '', anchor] of read(page).matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)) {
      if (/^[a-z]+:/.test(path)) continue;
      found += 1;
      const target = path === '' ? page : join(dirname(page), path);
      assert.ok(existsSync(join(ROOT, target)), `${page} links to ${path}`);
      if (anchor !== undefined)
        assert.ok(anchorsOf(read(target)).has(anchor), `${page} links to ${path}#${anchor}`);
    }
  }
  assert.ok(found > 100, `${found} links`);
});

test('every page of the docs is found from their index, and every picture is shown on a page', () => {
  const linked = (page: string) =>
    [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, path = '']) => join(dirname(page), path));
  const index = new Set(linked('docs/README.md'));
  for (const page of globSync('docs/*.md', { cwd: ROOT }).filter((one) => one !== 'docs/README.md'))
    assert.ok(index.has(page), `docs/README.md does not lead to ${page}`);
  for (const page of globSync('docs/adr/[0-9]*.md', { cwd: ROOT }))
    assert.ok(linked('docs/adr/README.md').includes(page), `docs/adr/README.md does not lead to ${page}`);
  const shown = new Set(pages.flatMap(linked));
  for (const picture of globSync('docs/images/*', { cwd: ROOT }))
    assert.ok(shown.has(picture), `no page shows ${picture}`);
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

test('every file that the design and the decisions name is there, and each stage of the flow names its own', () => {
  const files = globSync(['{bridge,plugin}/src/**/*.ts', 'test/*/**/*.ts', 'scripts/*'], { cwd: ROOT });
  for (const page of ['DESIGN.md', ...globSync('docs/adr/*.md', { cwd: ROOT })]) {
    for (const [, file = ''] of read(page).matchAll(/`([\w./-]+\.ts)`/g))
      assert.ok(
        files.some((one) => `/${one}`.endsWith(`/${file}`)),
        `${page} names ${file}`,
      );
  }
  const [, flow = ''] = /## The flow, stage by stage\n(.*?)\n## /s.exec(read('DESIGN.md')) ?? [];
  const stages = [...flow.matchAll(/^\*\*(.+?)\*\* \((.+?)\)\./gm)];
  for (const stage of ['Capture', 'Inbox', 'Load', 'Decide', 'Apply', 'Record'])
    assert.match(stages.find(([, name]) => name === stage)?.[2] ?? '', /`.+`/, stage);
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
    ['bridge/src/service/config.ts', ...globSync('bridge/src/desks/*.ts', { cwd: ROOT })].flatMap(
      (file) =>
        read(file).match(/(?<=^ {2})DESKCONNECT_[A-Z_]+(?=:)|(?<= = ')DESKCONNECT_[A-Z_]+(?=';)/gm) ?? [],
    ),
  );
  assert.deepEqual([...documented].sort(), [...code].sort());
});

test('no page names a variable that nothing reads', () => {
  const tests = globSync(['test/**/*.ts', 'scripts/*.ts'], { cwd: ROOT, exclude: ['**/node_modules/**'] });
  const known = read('docs/configuration.md') + tests.map(read).join('\n');
  for (const page of [...pages, ...globSync('plugin/messages/*.md', { cwd: ROOT })])
    for (const [variable] of read(page).matchAll(/\bDESKCONNECT_[A-Z_]*[A-Z]\b/g))
      assert.ok(known.includes(variable), `${page} names ${variable}`);
});

test('the table of requirements is the list that doctor and setup work by', () => {
  const page = read('docs/requirements.md');
  assert.deepEqual(cellsOf(page), cellsOf(withTable(page, requirementTable())));
});
