import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { convertSource } from '@desk-connect/plugin/org/convertSource.js';
import { stageBridge, stagePlugin } from '../../scripts/packages/stage.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Packed, in bytes: somebody waits for it, and what is much larger holds something that it should not. */
const LARGEST = { bridge: 1_500_000, plugin: 1_000_000 };
const PLUGIN_METADATA = 'lib/metadata/';
const BUNDLED = 'node_modules/@desk-connect/bridge/';

type Packed = { name: string; size: number; files: { path: string }[] };
let folder: string;
let packed: Record<'bridge' | 'plugin', Packed>;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packages-'));
  stageBridge(join(folder, 'bridge'));
  await stagePlugin(join(folder, 'plugin'));
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', './bridge', './plugin', '--dry-run', '--json'],
    { cwd: folder },
  );
  const told = Object.values(JSON.parse(stdout) as Record<string, Packed>);
  const named = (name: string) =>
    told.find((one) => one.name === `@desk-connect/${name}`) ?? assert.fail(stdout);
  packed = { bridge: named('bridge'), plugin: named('plugin') };
});
after(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (name: 'bridge' | 'plugin') => packed[name].files.map(({ path }) => path).sort();
const COMMON = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
/** The compiled files of a package, by its sources. */
const compiled = (name: string, exclude: string[]) =>
  globSync('src/**/*.ts', {
    cwd: join(ROOT, name),
    exclude: ['**/*.test.ts', '**/*.fixture.ts', ...exclude],
  }).map((path) => path.replace(/^src/, 'lib').replace(/\.ts$/, '.js'));
const bridgeCode = (exclude: string[] = []) => [...compiled('bridge', exclude), 'proto/pubsub_api.proto'];
/** What the program of the bridge, and the commands that need no org, are bundled into; named by what is in it. */
const BUNDLE_PART = /^lib\/bundle\/[\w-]+\.js$/;
function bundleOf(files: readonly string[]): string[] {
  const parts = files.filter((path) => BUNDLE_PART.test(path));
  assert.ok(parts.length > 1, parts.join());
  return ['lib/bundle/NOTICES.txt', ...parts];
}

test('the package of the bridge holds its compiled code, its pages, what operators install, and nothing else', () => {
  const files = filesOf('bridge');
  const pages = files.filter((path) => path.startsWith('docs/'));
  const deploy = globSync('deploy/{grafana,prometheus,systemd}/*', { cwd: ROOT });
  assert.deepEqual(files, [...bridgeCode(), ...bundleOf(files), ...COMMON, ...pages, ...deploy].sort());
  assert.ok(packed.bridge.size < LARGEST.bridge, `${packed.bridge.size} bytes`);
});

test('the package of the plugin holds all that setup deploys, its manifest, and the bridge', async () => {
  const metadata = await convertSource(join(ROOT, 'force-app/main/default'), '65.0');
  const files = filesOf('plugin');
  const pages = files.filter((path) => path.startsWith('docs/'));
  const expected = [
    ...compiled('plugin', ['src/requirements/emptyView.ts']),
    ...bundleOf(files),
    ...[...metadata.keys()].map((path) => `${PLUGIN_METADATA}${path}`),
    ...globSync('{messages/*.md,schemas/*.json}', { cwd: join(ROOT, 'plugin') }),
    ...['LICENSE', 'package.json', ...bridgeCode(['src/service/main.ts'])].map((path) => `${BUNDLED}${path}`),
    'oclif.manifest.json',
    ...COMMON,
    ...pages,
  ];
  assert.deepEqual(files, expected.sort());
  for (const [path, text] of metadata)
    assert.equal(readFileSync(join(folder, 'plugin', PLUGIN_METADATA, path), 'utf8'), text, path);
  assert.ok(packed.plugin.size < LARGEST.plugin, `${packed.plugin.size} bytes`);
});

test('nothing that is packed tells of the machine that packed it, or has a source map', () => {
  for (const name of ['bridge', 'plugin'] as const)
    for (const path of filesOf(name)) {
      const text = readFileSync(join(folder, name, path), 'utf8');
      for (const told of [ROOT, folder, 'sourceMappingURL'])
        assert.ok(!text.includes(told), `${path}: ${told}`);
    }
});

test('all that a package says it holds is in it: the CLI warns of a plugin that lacks some', () => {
  for (const name of ['bridge', 'plugin'] as const) {
    const told = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { files: string[] };
    for (const one of told.files)
      assert.ok(
        filesOf(name).some((path) => path === one || path.startsWith(`${one}/`)),
        `${one} of the ${name}`,
      );
  }
});

test('every link of a packed page leads to a page that is packed too', () => {
  for (const name of ['bridge', 'plugin'] as const) {
    const files = filesOf(name);
    for (const page of files.filter((path) => /^(?:README|docs\/[\w-]+)\.md$/.test(path)))
      for (const [, target = ''] of readFileSync(join(folder, name, page), 'utf8').matchAll(/\]\(([^)#]+)/g))
        if (!/^https?:/.test(target))
          assert.ok(files.includes(join(dirname(page), target)), `${page} of the ${name} links to ${target}`);
  }
});

test('the plugin depends on what the bundled bridge needs, in the same versions, and on nothing of ours elsewhere', () => {
  const read = (path: string) =>
    JSON.parse(readFileSync(path, 'utf8')) as {
      dependencies: Record<string, string>;
      bundleDependencies?: string[];
    };
  const plugin = read(join(folder, 'plugin/package.json'));
  const bridge = read(join(ROOT, 'bridge/package.json'));
  for (const [name, version] of Object.entries(bridge.dependencies))
    assert.equal(plugin.dependencies[name], version);
  assert.deepEqual(plugin.bundleDependencies, ['@desk-connect/bridge']);
  for (const [name, version] of Object.entries(read(join(ROOT, 'plugin/package.json')).dependencies))
    assert.equal(plugin.dependencies[name], version);
});
