import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lwcPlugin from '@lwc/rollup-plugin';
import { rollup, type Plugin } from 'rollup';

const APP = fileURLToPath(new URL('../../force-app/main/default', import.meta.url));
const PAGE = fileURLToPath(new URL('page', import.meta.url));
const BASE = fileURLToPath(new URL('base', import.meta.url));
// Its types are those of CommonJS, the module itself is not.
const compileLwc = lwcPlugin as unknown as (options: {
  rootDir: string;
  apiVersion: number;
  modules: { name: string; path: string }[];
}) => Plugin;
const PROJECT = fileURLToPath(new URL('../../sfdx-project.json', import.meta.url));
const PLATFORM = ['graphql', 'uiRecordApi', 'uiObjectInfoApi', 'empApi'];

/** Labels by name, as the org would give them to the components. */
function readLabels(): Map<string, string> {
  const xml = readFileSync(join(APP, 'labels/CustomLabels.labels-meta.xml'), 'utf8');
  const found = xml.matchAll(/<fullName>(.*?)<\/fullName>[\s\S]*?<value>([\s\S]*?)<\/value>/g);
  return new Map([...found].map(([, name = '', value = '']) => [name, value]));
}

/** What the platform gives to a component, from our metadata: what is not there fails the build. */
function fromMetadata(id: string): string {
  const [, kind, name = ''] = /^@salesforce\/(label|schema)\/(?:c\.)?(.+)$/.exec(id) ?? [];
  if (kind === 'label') {
    const text = readLabels().get(name);
    if (text === undefined) throw new Error(`There is no label ${name}`);
    return `export default ${JSON.stringify(text)}`;
  }
  if (kind === 'schema') {
    if (!existsSync(join(APP, 'objects', name))) throw new Error(`There is no object ${name}`);
    return `export default ${JSON.stringify({ objectApiName: name })}`;
  }
  throw new Error(`Nothing stands in for ${id}`);
}

const platform: Plugin = {
  name: 'platform',
  resolveId: {
    order: 'pre',
    handler(id) {
      const name = id.replace('lightning/', '');
      if (PLATFORM.includes(name)) return join(PAGE, `${name}.js`);
      return id.startsWith('@salesforce/') ? `\0${id}` : null;
    },
  },
  load: (id) => (id.startsWith('\0@salesforce/') ? fromMetadata(id.slice(1)) : null),
  transform: (code) =>
    code.replaceAll('process.env.NODE_ENV', '"development"').replaceAll('import.meta.env.SSR', 'false'),
};

const modulesIn = (namespace: string, folder: string) =>
  readdirSync(folder).map((name) => ({
    name: `${namespace}/${name}`,
    path: join(folder, name, `${name}.js`),
  }));

/**
 * Compiles the components by LWC's compiler into the script of a page.
 * @throws on anything that the compiler warns of
 */
export async function buildPage(): Promise<string> {
  const { sourceApiVersion } = JSON.parse(readFileSync(PROJECT, 'utf8')) as { sourceApiVersion: string };
  const apiVersion = Number.parseInt(sourceApiVersion, 10);
  const bundle = await rollup({
    input: join(PAGE, 'main.js'),
    onwarn: ({ code, message }) => {
      if (code !== 'CIRCULAR_DEPENDENCY' && code !== 'THIS_IS_UNDEFINED') throw new Error(message);
    },
    plugins: [
      platform,
      compileLwc({
        rootDir: APP,
        apiVersion,
        modules: [...modulesIn('c', join(APP, 'lwc')), ...modulesIn('lightning', BASE)],
      }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output[0].code;
}
