import JSZip from 'jszip';
import type { Org } from '../org.ts';
import { ADMIN } from '../seed.ts';
import { applyComponent, inOrder, removeComponent } from './applyMetadata.ts';
import { ComponentProblem, type Component } from './component.ts';
import { COMPONENT_TYPES, componentType, filePath, type ComponentType } from './componentTypes.ts';
import { children, parseXml, textOf, type Xml } from './xml.ts';

export type DeployOptions = { readonly checkOnly: boolean; readonly rollbackOnError: boolean };
export type Message = {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly created: boolean;
  readonly changed: boolean;
  readonly deleted: boolean;
  readonly success: boolean;
  readonly problem?: string;
};
export type DeployResult = { readonly messages: readonly Message[]; readonly success: boolean };

class Undo extends Error {}

/** Deploys a package: all of it or nothing; with `checkOnly` nothing, and the answer is the same. */
export async function deploy(org: Org, zip: Buffer, options: DeployOptions): Promise<DeployResult> {
  const archive = await JSZip.loadAsync(zip);
  const files = new Map<string, Buffer>();
  for (const entry of Object.values(archive.files)) {
    if (!entry.dir) files.set(entry.name.replace(/^unpackaged\//, ''), await entry.async('nodebuffer'));
  }
  const { components, messages: problems } = componentsOf(files);
  const messages = [...problems];
  const restoreSchema = org.schema.snapshot();
  const metadata = new Map([...org.metadata].map(([type, named]) => [type, new Map(named)]));
  try {
    org.records.transact(org.userId(ADMIN), null, () => {
      removeListed(org, files, ['destructiveChanges.xml', 'destructiveChangesPre.xml'], messages);
      for (const component of inOrder(components)) messages.push(...applyOne(org, component, metadata));
      removeListed(org, files, ['destructiveChangesPost.xml'], messages);
      const failed = messages.some((message) => !message.success);
      if (options.checkOnly || (failed && options.rollbackOnError)) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
    restoreSchema();
    org.metadata.clear();
    for (const [type, named] of metadata) org.metadata.set(type, named);
  }
  return { messages: [packageMessage(), ...messages], success: messages.every((message) => message.success) };
}

const message = (
  componentType: string,
  fullName: string,
  fileName: string,
  rest: Partial<Message>,
): Message => ({
  componentType,
  fullName,
  fileName,
  created: false,
  changed: false,
  deleted: false,
  success: true,
  ...rest,
});
const packageMessage = () => message('', 'package.xml', 'package.xml', { changed: true });

type Before = ReadonlyMap<string, ReadonlyMap<string, Buffer>>;

/** Policies of an app that comes with the same deployment are refused: the app must be there before. */
function refuseNewApp({ type, file }: Component, before: Before): void {
  if (type !== 'ExtlClntAppOauthConfigurablePolicies' && type !== 'ExtlClntAppConfigurablePolicies') return;
  const app = textOf(parseXml(file.toString('utf8')).root, 'externalClientApplication') ?? '';
  if (!before.get('ExternalClientApplication')?.has(app))
    throw new ComponentProblem(
      `In field: externalClientApplication - no ExternalClientApplication named ${app} found`,
    );
}

function applyOne(org: Org, component: Component, before: Before): Message[] {
  const type = componentType(component.type);
  const file = type ? filePath(type, component.name) : component.name;
  try {
    refuseNewApp(component, before);
    const { created, parts } = applyComponent(org, component);
    return [
      message(component.type, component.name, file, { created, changed: !created }),
      ...parts.map((part) =>
        message(part.type, part.name, file, { created: part.created, changed: !part.created }),
      ),
    ];
  } catch (error) {
    if (!(error instanceof ComponentProblem)) throw error;
    const part = error.part ?? component;
    return [message(part.type, part.name, file, { success: false, problem: error.message })];
  }
}

/** The components that lie in a package, and a problem for each file that belongs to none. */
function componentsOf(files: ReadonlyMap<string, Buffer>): { components: Component[]; messages: Message[] } {
  const bundles = new Map<string, Record<string, string>>();
  const components: Component[] = [];
  const messages: Message[] = [];
  for (const [path, file] of files) {
    if (/^(?:package|destructiveChanges(?:Pre|Post)?)\.xml$/.test(path)) continue;
    const [, folder] = /^reports\/([^/]+)-meta\.xml$/.exec(path) ?? [];
    if (folder !== undefined) components.push({ type: 'Report', name: folder, file });
    if (path.endsWith('-meta.xml') && !path.startsWith('lwc/')) continue;
    const type = COMPONENT_TYPES.find(
      (one) => path.startsWith(`${one.directory}/`) && path.endsWith(one.suffix),
    );
    if (!type)
      messages.push(
        message('', path, path, {
          success: false,
          problem: `Unknown metadata: no type has files such as ${path}`,
        }),
      );
    else if (type.bundle) addToBundle(bundles, type, path, file);
    else
      components.push({
        type: type.type,
        name: decodeURIComponent(path.slice(type.directory.length + 1, -type.suffix.length - 1)),
        file,
      });
  }
  for (const [name, content] of bundles) {
    if (content[`${name}.js-meta.xml`] === undefined)
      messages.push(
        message('LightningComponentBundle', name, `lwc/${name}`, {
          success: false,
          problem: `Cannot find Lightning Component Bundle ${name}: ${name}.js-meta.xml is missing`,
        }),
      );
    else
      components.push({ type: 'LightningComponentBundle', name, file: Buffer.from(JSON.stringify(content)) });
  }
  return { components, messages };
}

function addToBundle(
  bundles: Map<string, Record<string, string>>,
  type: ComponentType,
  path: string,
  file: Buffer,
): void {
  const [name = '', ...rest] = path.slice(type.directory.length + 1).split('/');
  const content = bundles.get(name) ?? {};
  bundles.set(name, content);
  content[rest.join('/')] = file.toString('utf8');
}

function removeListed(
  org: Org,
  files: ReadonlyMap<string, Buffer>,
  names: readonly string[],
  messages: Message[],
): void {
  for (const name of names) {
    const file = files.get(name);
    if (!file) continue;
    // Records go before their type, whatever the order of the file.
    const isRecord = (types: Xml) => textOf(types, 'name') === 'CustomMetadata';
    const listed = children(parseXml(file.toString('utf8')).root, 'types');
    for (const types of [...listed].sort((a, b) => Number(isRecord(b)) - Number(isRecord(a)))) {
      const type = textOf(types, 'name') ?? '';
      for (const member of children(types, 'members')) {
        const fullName = String(member['#text'] ?? '');
        messages.push(removeOne(org, type, fullName, name));
      }
    }
  }
}

function removeOne(org: Org, type: string, fullName: string, file: string): Message {
  try {
    const removed = removeComponent(org, type, fullName);
    // The platform only warns of what is not there.
    return message(type, fullName, file, {
      deleted: removed,
      ...(removed ? {} : { problem: `No ${type} named: ${fullName} found` }),
    });
  } catch (error) {
    if (!(error instanceof ComponentProblem)) throw error;
    return message(type, fullName, file, { success: false, problem: error.message });
  }
}
