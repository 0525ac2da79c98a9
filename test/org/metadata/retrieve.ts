import JSZip from 'jszip';
import type { Org } from '../org.ts';
import { standardValueSetFile, VALUE_SETS } from './apply/valueSet.ts';
import { CHILD_TYPES, componentType, filePath } from './componentTypes.ts';
import { translationsFile } from './apply/translations.ts';
import { kept } from './keep.ts';
import { metadataFile } from './xml.ts';

export type Wanted = { readonly type: string; readonly members: readonly string[] };
export type Retrieved = { readonly type: string; readonly fullName: string; readonly fileName: string };

/** The names of a type that the org has, without those that cannot be listed. */
export function namesOf(org: Org, type: string): string[] {
  if (type === 'CustomObject') {
    return org.schema.objects().map((object) => object.name);
  }
  return [...(org.metadata.get(type)?.keys() ?? [])];
}

/** Packs what is wanted as a package; what is not there is told in `missing`. */
export async function retrieve(
  org: Org,
  wanted: readonly Wanted[],
  version: string,
): Promise<{ zip: Buffer; files: Retrieved[]; missing: string[] }> {
  const zip = new JSZip();
  const files: Retrieved[] = [];
  const missing: string[] = [];
  const put = (type: string, fullName: string, path: string, content: string | Buffer) => {
    if (!files.some((file) => file.fileName === `unpackaged/${path}` && file.fullName === fullName))
      files.push({ type, fullName, fileName: `unpackaged/${path}` });
    zip.file(`unpackaged/${path}`, content);
  };
  const parts = new Map<string, string[]>();
  for (const { type, members } of wanted) {
    for (const member of members.flatMap((one) => (one === '*' ? namesOf(org, type) : [one]))) {
      const part = partOf(org, type, member);
      if (part !== null) {
        const [object = ''] = member.split('.');
        parts.set(object, [...(parts.get(object) ?? []), part]);
        files.push({ type, fullName: member, fileName: `unpackaged/objects/${object}.object` });
        continue;
      }
      const found =
        type === 'Translations' && org.metadata.get(type)?.has(member)
          ? [[`translations/${member}.translation`, translationsFile(org, member, isWanted(wanted))] as const]
          : fileFor(org, type, member);
      if (!found) missing.push(`Entity of type '${type}' named '${member}' cannot be found`);
      else for (const [path, content] of found) put(type, member, path, content);
    }
  }
  for (const [object, texts] of parts) {
    // Whoever takes the object whole has its parts already.
    if (zip.file(`unpackaged/objects/${object}.object`) === null)
      zip.file(`unpackaged/objects/${object}.object`, objectFile(texts));
  }
  zip.file(
    'unpackaged/package.xml',
    metadataFile('Package', { types: wanted.map(({ type, members }) => ({ members, name: type })), version }),
  );
  return { zip: await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }), files, missing };
}

/** Whether a component is retrieved too; labels may come by the file that holds them all. */
function isWanted(wanted: readonly Wanted[]): (type: string, name: string) => boolean {
  const of = (type: string) =>
    new Set(wanted.filter((one) => one.type === type).flatMap(({ members }) => members));
  return (type, name) =>
    of(type).has(name) || of(type).has('*') || (type === 'CustomLabel' && of('CustomLabels').size > 0);
}

type Files = readonly (readonly [path: string, content: string | Buffer])[];

/** A part of an object that can be retrieved by itself: its text within the object's file. */
function partOf(org: Org, type: string, member: string): string | null {
  return type in CHILD_TYPES ? kept(org, type, member) || null : null;
}

/** Parts stand in the order of their names, as the platform sorts them. */
function objectFile(parts: readonly string[]): string {
  const sorted = [...parts].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">\n${sorted.map((part) => `    ${part}\n`).join('')}</CustomObject>\n`;
}
const nameOf = (part: string) => /^<(\w+)>/.exec(part)?.[1] ?? '';

/** A standard object whole: what was added to it. */
function standardObjectFile(org: Org, name: string): string {
  const of = (type: string) =>
    [...(org.metadata.get(type) ?? [])].flatMap(([member, file]) =>
      member === name || member.startsWith(`${name}.`) ? [file.toString('utf8')] : [],
    );
  const types = ['ActionOverrides', 'BusinessProcess', 'CustomField', 'RecordType'];
  return objectFile(types.flatMap(of).filter((part) => part !== ''));
}

function fileFor(org: Org, typeName: string, name: string): Files | null {
  const parent = CHILD_TYPES[typeName];
  if (parent !== undefined) {
    const [object = '', part = ''] = name.split('.');
    return org.schema.object(object)?.fields.has(part) ? fileFor(org, parent, object) : null;
  }
  const type = componentType(typeName);
  if (!type) return null;
  const path = filePath(type, name);
  if (typeName === 'StandardValueSet') {
    const file = name in VALUE_SETS ? standardValueSetFile(org, name) : null;
    return file === null ? null : [[path, file]];
  }
  const stored = org.metadata.get(typeName)?.get(name);
  if (!stored)
    return typeName === 'CustomObject' && org.schema.object(name)
      ? [[path, standardObjectFile(org, name)]]
      : null;
  if (!type.bundle) return [[path, stored]];
  const content = JSON.parse(stored.toString('utf8')) as Record<string, string>;
  return Object.entries(content).map(([file, text]) => [`${path}/${file}`, text] as const);
}
