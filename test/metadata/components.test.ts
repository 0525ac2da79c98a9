import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ourMetadata } from '@desk-connect/plugin/org/ourMetadata.js';
import { compileForPlatform, type Compiled } from './compileForPlatform.ts';

const ROOT = fileURLToPath(new URL('../../force-app/main/default', import.meta.url));
const LARGEST_IN_ALL = 40_000;
const bundles = globSync('lwc/*', { cwd: ROOT }).map((path) => basename(path));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const compiled = new Map<string, Compiled>();

before(async () => {
  for (const [path, text] of await ourMetadata('65.0')) {
    const [, bundle = '', file = ''] = /^lwc\/(\w+)\/(.+\.(?:js|html|css))$/.exec(path) ?? [];
    if (!bundle) continue;
    const files = compiled.get(bundle)?.files ?? {};
    compiled.set(bundle, { files: { ...files, [file]: text }, code: '', problems: [], references: [] });
  }
  for (const [bundle, { files }] of compiled) compiled.set(bundle, await compileForPlatform(bundle, files));
});

test("Salesforce's compiler takes every component as it is deployed, without a warning", () => {
  assert.deepEqual([...compiled.keys()].sort(), bundles.sort());
  for (const [bundle, { problems, code }] of compiled) {
    assert.deepEqual(problems, [], bundle);
    assert.match(code, new RegExp(`^define\\('c/${bundle}'`));
  }
});

test('the compiler refuses what the platform does not take', async () => {
  const html = { 'x.html': '<template><p onclick={go}>{a.b[0]}</p></template>' };
  const typed = await compileForPlatform('x', { ...html, 'x.js': 'export default class { @api static a }' });
  assert.notDeepEqual(typed.problems, []);
});

test('a component refers only to labels, objects and components that are there', () => {
  const labels = new Set(
    [...read('labels/CustomLabels.labels-meta.xml').matchAll(/<fullName>(\w+)</g)].map(([, name]) => name),
  );
  const used = new Set<string>();
  for (const [bundle, { references }] of compiled) {
    assert.ok(references.length > 0 || bundle === 'deskSync', bundle);
    for (const { type, id } of references) {
      if (type === 'label') used.add(id.replace('c.', ''));
      if (type === 'label') assert.ok(labels.has(id.replace('c.', '')), `${bundle}: ${id}`);
      if (type === 'sobjectClass') assert.ok(existsSync(join(ROOT, 'objects', id)), `${bundle}: ${id}`);
      if (id.startsWith('c/')) assert.ok(bundles.includes(id.slice(2)), `${bundle}: ${id}`);
    }
  }
  assert.deepEqual(
    [...labels].filter((name) => !used.has(name ?? '')),
    [],
    'labels that nothing shows',
  );
});

test('a page loads less than 40 kB for all components together, as it is sent', () => {
  const sizes = [...compiled].map(([bundle, { code }]) => ({ bundle, bytes: gzipSync(code).length }));
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  assert.ok(all < LARGEST_IN_ALL, `${all} bytes: ${JSON.stringify(sizes)}`);
});

test('what is deployed of a component is what the org needs: no sources, no tests, no settings', async () => {
  const paths = [...(await ourMetadata('65.0')).keys()];
  const lwc = paths.filter((path) => path.startsWith('lwc/'));
  assert.ok(lwc.length > bundles.length * 2);
  for (const path of lwc) assert.match(path, /\.(?:js|html|css|js-meta\.xml)$/);
  assert.deepEqual(
    paths.filter((path) => /test|tsconfig|\.ts$/i.test(path)),
    [],
  );
});
