import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from './manifest.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BRIDGE = '@desk-connect/bridge';
/** Pages for people who have no clone of the repository. */
const PAGES = [
  'configuration',
  'conflicts',
  'desk-rule',
  'failures',
  'install',
  'metrics',
  'operations',
  'promises',
  'rules-and-mappings',
  'runbook',
  'scaling',
  'selective-sync',
  'troubleshooting',
  'what-is-synced',
  'widget',
];
/** What an operator puts to use as it is. What builds an image needs the sources, and stays with them. */
const FOR_OPERATORS = ['grafana', 'prometheus', 'systemd'];
const PLUGIN_PAGES = [
  ...PAGES,
  'agents',
  'commands',
  'moving',
  'package',
  'professional-edition',
  'requirements',
  'setup',
];

type PackageJson = {
  readonly version: string;
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
} & Record<string, unknown>;

const packageJson = (name: string) =>
  JSON.parse(readFileSync(join(ROOT, name, 'package.json'), 'utf8')) as PackageJson;

/** Puts the compiled bridge into a folder, just as it is to be packed. */
export function stageBridge(folder: string): void {
  copyBridge(folder, packageJson('bridge'), []);
  copyPages('bridge', folder, PAGES);
  for (const name of FOR_OPERATORS)
    cpSync(join(ROOT, 'deploy', name), join(folder, 'deploy', name), { recursive: true });
}

/**
 * Puts the compiled plugin into a folder, just as it is to be packed. The bridge, which is in no registry, goes
 * inside as a bundled dependency, and what the bridge needs is among the plugin's own dependencies: so one file is
 * all that has to be handed over, and nothing is packed twice.
 */
export async function stagePlugin(folder: string): Promise<void> {
  const plugin = packageJson('plugin');
  const bridge = packageJson('bridge');
  for (const name of ['lib', 'messages', 'schemas'])
    cpSync(join(ROOT, 'plugin', name), join(folder, name), { recursive: true });
  write(folder, 'oclif.manifest.json', await readManifest(join(ROOT, 'plugin')));
  write(folder, 'package.json', {
    ...asPacked(plugin),
    dependencies: sorted({ ...bridge.dependencies, ...plugin.dependencies }),
    bundleDependencies: [BRIDGE],
  });
  copyPages('plugin', folder, PLUGIN_PAGES);
  const { bin: _, ...module } = bridge;
  copyBridge(join(folder, 'node_modules', BRIDGE), { ...module, dependencies: {} }, PROGRAM);
}

/** What the bridge runs by itself; the plugin takes its modules. */
const PROGRAM = ['lib/bundle/**', 'lib/service/main.js'];

/**
 * Compiled JavaScript alone, and the licences of what was bundled with it: the types of the bridge are for the
 * plugin's build, and no interface of ours.
 */
function copyBridge(folder: string, json: PackageJson, exclude: readonly string[]): void {
  const files = '{lib/**/*.js,lib/bundle/*.txt,proto/*}';
  for (const path of globSync(files, { cwd: join(ROOT, 'bridge'), exclude }))
    cpSync(join(ROOT, 'bridge', path), join(folder, path));
  write(folder, 'package.json', asPacked(json));
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
}

/** Of the repository's package.json, what makes sense without its sources. */
function asPacked(json: PackageJson): object {
  const kept = Object.entries(json).filter(([name]) => name !== 'devDependencies' && name !== 'scripts');
  return {
    ...Object.fromEntries(kept),
    files: [...json.files, 'docs', 'CHANGELOG.md'],
    exports: { './*.js': './lib/*.js' },
  };
}

function copyPages(name: string, folder: string, pages: readonly string[]): void {
  for (const file of ['LICENSE', 'CHANGELOG.md']) cpSync(join(ROOT, file), join(folder, file));
  const copy = (from: string, to: string, rewrite: (text: string) => string) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    writeFileSync(join(folder, to), rewrite(readFileSync(join(ROOT, from), 'utf8')));
  };
  const isPacked = (path: string) =>
    ['README.md', 'CHANGELOG.md'].includes(path) ||
    path.startsWith('schemas/') ||
    pages.some((page) => path === `docs/${page}.md`);
  // The pages stand beside the packages in the repository, and inside of them once packed.
  copy(`${name}/README.md`, 'README.md', (text) => withLinks(text.replaceAll('](../', ']('), '.', isPacked));
  for (const page of pages)
    copy(`docs/${page}.md`, `docs/${page}.md`, (text) =>
      withLinks(text.replaceAll(`](../${name}/`, '](../'), 'docs', isPacked),
    );
}

/** A link to what is in the repository alone becomes its words. */
function withLinks(markdown: string, folder: string, isPacked: (path: string) => boolean): string {
  return markdown.replaceAll(
    /!?\[([^\]]*)\]\(([^)#]+)[^)]*\)/g,
    (link: string, words: string, target: string) =>
      /^https?:/.test(target) || isPacked(join(folder, target)) ? link : words,
  );
}

function write(folder: string, name: string, content: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}

function sorted(entries: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
