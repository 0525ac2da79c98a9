import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lwcPlugin from '@lwc/rollup-plugin';
import { rollup, type Plugin } from 'rollup';
import { InVain, waitFor } from '../../support/waitFor.ts';
import { I18N, platformModule } from './platformModules.ts';

const HERE = import.meta.dirname;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const APP = join(ROOT, 'force-app/main/default');
const CACHE = join(ROOT, 'node_modules/.cache/desk-connect-page');
/** Nothing builds longer. */
const PATIENCE_MS = 180_000;
/** Components that prove the page itself. */
const FIXTURES = join(HERE, 'lwc');
/** Modules of the platform that are no base components: they call the org. */
const PLATFORM = new Set(
  readdirSync(join(HERE, 'platform')).map((file) => `lightning/${file.replace('.js', '')}`),
);
/** Icons that no component of ours has: they would be most of the build. */
const WITHOUT_ICONS = /^lightning\/iconSvgTemplates(?:\w+Rtl|Doctype|Custom|Action)$/;
// Its types are those of CommonJS, the module itself is not.
const compileLwc = lwcPlugin as unknown as (options: {
  rootDir: string;
  apiVersion: number;
  modules: ({ name: string; path: string } | { npm: string })[];
  enableDynamicComponents: boolean;
  exclude: string[];
}) => Plugin;

type Component = { readonly name: string; readonly path: string; readonly isElement: boolean };

/** Our components: by their TypeScript where there is some, for the JavaScript beside it may be of yesterday. */
const componentsOf = (app: string): Component[] =>
  [join(app, 'lwc'), FIXTURES].flatMap((folder) => componentsIn(folder));

function componentsIn(folder: string): Component[] {
  return readdirSync(folder).flatMap((name) => {
    const path = ['ts', 'js']
      .map((type) => join(folder, name, `${name}.${type}`))
      .find((one) => existsSync(one));
    return path === undefined
      ? []
      : [{ name, path, isElement: existsSync(join(folder, name, `${name}.html`)) }];
  });
}

/** The module through which the page finds our components by name. */
const index = (components: readonly Component[]) =>
  components
    .filter(({ isElement }) => isElement)
    .map(({ name }) => `export { default as ${name} } from 'c/${name}';`)
    .join('\n');

const platform = (app: string): Plugin => ({
  name: 'platform',
  resolveId: {
    order: 'pre',
    handler(id) {
      if (PLATFORM.has(id)) return join(HERE, `platform/${id.replace('lightning/', '')}.js`);
      if (id === '@host/components' || WITHOUT_ICONS.test(id)) return `\0${id}`;
      if (id === 'cometd') return fileURLToPath(import.meta.resolve(id));
      // One copy of each, whoever asks: two engines on a page do not know each other.
      if (/^(?:lwc|@lwc\/.+)$/.test(id))
        return this.resolve(id, join(HERE, 'scripts/main.js'), { skipSelf: true });
      const ours =
        /^@salesforce\/(?:label\/c\.|schema\/|customPermission\/|userPermission\/|user\/|apex\/)/.test(id);
      return ours || I18N.some((name) => id === `@salesforce/i18n/${name}`) ? `\0${id}` : null;
    },
  },
  load(id) {
    if (id === '\0@host/components') return index(componentsOf(app));
    if (id.startsWith('\0@salesforce/')) return platformModule(app, id.slice(1));
    return id.startsWith('\0lightning/iconSvg') ? 'export default {};' : null;
  },
  transform: {
    order: 'pre',
    handler(code, id) {
      const script = id.split('?')[0]?.endsWith('.ts') ? stripTypeScriptTypes(code) : code;
      return {
        code: script
          .replaceAll('process.env.NODE_ENV', '"development"')
          .replaceAll('import.meta.env.SSR', 'false'),
        map: null,
      };
    },
  },
});

/**
 * Compiles our components, the base components of Salesforce and the page by LWC's compiler. What was built of the
 * same sources before is taken as it is.
 * @returns the folder of the page's scripts; `main.js` is the first
 * @throws on anything in our components that the compiler warns of
 */
export async function buildPage(app = APP): Promise<string> {
  const folder = join(CACHE, digestOf(app));
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const lock = `${folder}.lock`;
  if (!take(lock)) {
    await waitFor('the page that another process builds', () => isBuilt(folder, lock), PATIENCE_MS);
    return folder;
  }
  const unfinished = `${folder}.unfinished`;
  try {
    for (const old of readdirSync(CACHE))
      if (join(CACHE, old) !== lock) rmSync(join(CACHE, old), { recursive: true, force: true });
    await compile(app, unfinished);
    renameSync(unfinished, folder);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  return folder;
}

function isBuilt(folder: string, lock: string): boolean {
  // It is put in its place before the lock goes.
  const isOver = !existsSync(lock);
  if (existsSync(folder)) return true;
  if (isOver) throw new InVain('Another process could not build the page, and tells why.');
  return false;
}

/** Whether this process is the one to build; a lock that was left behind is taken over. */
function take(lock: string): boolean {
  const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
  if (age > PATIENCE_MS) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

async function compile(app: string, folder: string): Promise<void> {
  const project = JSON.parse(readFileSync(join(ROOT, 'sfdx-project.json'), 'utf8')) as {
    sourceApiVersion: string;
  };
  const bundle = await rollup({
    input: join(HERE, 'scripts/main.js'),
    // It takes seconds, and nobody waits for the bytes.
    treeshake: false,
    onwarn: ({ code, message, id, loc }) => {
      if (code === 'CIRCULAR_DEPENDENCY' || code === 'THIS_IS_UNDEFINED') return;
      const place = `${id ?? ''} ${loc?.file ?? ''} ${message}`;
      // The base components are not ours to mend.
      if (!place.includes('lightning-base-components')) throw new Error(message);
    },
    plugins: [
      platform(app),
      compileLwc({
        rootDir: ROOT,
        apiVersion: Number.parseInt(project.sourceApiVersion, 10),
        modules: [
          ...componentsOf(app).map(({ name, path }) => ({ name: `c/${name}`, path })),
          { npm: 'lightning-base-components' },
        ],
        enableDynamicComponents: true,
        exclude: ['**/iconSvgTemplates*/buildTemplates/templates.js', '**/node_modules/cometd/**'],
      }),
    ],
  });
  await bundle.write({ dir: folder, format: 'es', chunkFileNames: '[name].js' });
  await bundle.close();
}

/** Of all that a build depends on: sources, metadata, this folder, and the versions of the packages. */
function digestOf(app: string): string {
  const hash = createHash('sha256');
  const files = [
    ...filesIn(join(app, 'lwc')).filter((path) => !isCompiled(path)),
    ...['labels', 'objects'].flatMap((name) => filesIn(join(app, name))),
    ...filesIn(HERE),
    join(ROOT, 'package-lock.json'),
    join(ROOT, 'sfdx-project.json'),
  ];
  for (const path of files) hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  return hash.digest('hex').slice(0, 24);
}

const isCompiled = (path: string) => path.endsWith('.js') && existsSync(path.replace(/\.js$/, '.ts'));

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
