import { elementsNamed, parseXml, textOf } from '../merge/xml.ts';
import type { Files } from './orgView.ts';

/** The metadata type of each folder that we use. */
const TYPE: Readonly<Record<string, string>> = {
  applications: 'CustomApplication',
  customMetadata: 'CustomMetadata',
  externalClientApps: 'ExternalClientApplication',
  extlClntAppGlobalOauthSets: 'ExtlClntAppGlobalOauthSettings',
  extlClntAppOauthPolicies: 'ExtlClntAppOauthConfigurablePolicies',
  extlClntAppOauthSettings: 'ExtlClntAppOauthSettings',
  extlClntAppPolicies: 'ExtlClntAppConfigurablePolicies',
  flexipages: 'FlexiPage',
  flows: 'Flow',
  labels: 'CustomLabels',
  layouts: 'Layout',
  lwc: 'LightningComponentBundle',
  objectTranslations: 'CustomObjectTranslation',
  objects: 'CustomObject',
  permissionsets: 'PermissionSet',
  platformEventChannelMembers: 'PlatformEventChannelMember',
  platformEventChannels: 'PlatformEventChannel',
  profiles: 'Profile',
  quickActions: 'QuickAction',
  reports: 'Report',
  reportTypes: 'ReportType',
  settings: 'Settings',
  standardValueSets: 'StandardValueSet',
  tabs: 'CustomTab',
  translations: 'Translations',
};
/** Parts of a standard object, which is deployed by them and not whole. */
const PARTS: Readonly<Record<string, string>> = {
  businessProcesses: 'BusinessProcess',
  recordTypes: 'RecordType',
};

export type Members = { readonly name: string; readonly members: readonly string[] };

/** The members of a package by type, from its files. */
export function membersOf(files: Files): Members[] {
  const types = new Map<string, Set<string>>();
  const add = (type: string, member: string) => types.set(type, (types.get(type) ?? new Set()).add(member));
  for (const [path, text] of files) {
    const { folder, name } = pathParts(path);
    const type = typeOf(path);
    if (folder === 'objects' && !name.includes('__')) {
      for (const [element, part] of Object.entries(PARTS)) {
        for (const one of elementsNamed(parseXml(text), element))
          add(part, `${name}.${textOf(one, 'fullName') ?? ''}`);
      }
    } else add(type, name);
  }
  return [...types].map(([name, members]) => ({ name, members: [...members].sort() }));
}

/** The metadata type of a file, by its folder. */
export function typeOf(path: string): string {
  const type = TYPE[pathParts(path).folder];
  if (type === undefined) throw new Error(`No metadata type for ${path}`);
  return type;
}

/** `layouts/Case-Support %28EMEA%29.layout` → layouts, `Case-Support (EMEA)`; of a bundle, its folder; of `reports/Ours-meta.xml`, the folder that it describes. */
export function pathParts(path: string): { folder: string; name: string } {
  const [folder = '', ...rest] = path.split('/');
  const file = folder === 'lwc' ? (rest[0] ?? '') : rest.join('/');
  const suffix = folder === 'reports' ? /(?:-meta\.xml|\.report)$/ : /\.[^./]+$/;
  return { folder, name: decodeURIComponent(file.replace(suffix, '')) };
}

/** The file of that name in a folder, with the path that it came under: names are encoded in paths. */
export function findFile(files: Files, folder: string, name: string): { path: string; text: string } | null {
  for (const [path, text] of files) {
    const parts = pathParts(path);
    if (parts.folder === folder && parts.name === name) return { path, text };
  }
  return null;
}

export function packageXml(members: readonly Members[], apiVersion: string): string {
  const types = members.map(
    (one) =>
      `    <types>\n${one.members.map((member) => `        <members>${escape(member)}</members>\n`).join('')}        <name>${one.name}</name>\n    </types>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${types.join('')}    <version>${apiVersion}</version>\n</Package>\n`;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
