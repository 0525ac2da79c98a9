import { parseXml, type Element } from '@desk-connect/plugin/merge/xml.js';
import type { Shape } from './metadataTypes.ts';

/** Elements that hold another language: the targets of a component, with attributes of their own. */
const FREE = new Set(['LightningComponentBundle.targetConfigs']);

/** Types that the generated ones give as another name of a simple type. */
const KNOWN_AS: Readonly<Record<string, string>> = { ReportFolder: 'Folder' };

/** What Salesforce would not take of a metadata file, by its own types; nothing when all is well. */
export function checkMetadata(file: string, types: ReadonlyMap<string, Shape>): string[] {
  const root = parseXml(file);
  if (!file.includes('xmlns="http://soap.sforce.com/2006/04/metadata"')) return ['the namespace is missing'];
  const type = KNOWN_AS[root.name] ?? root.name;
  return types.get(type)?.kind === 'element'
    ? checkElement(root, type, root.name, types, true)
    : [`unknown metadata type ${root.name}`];
}

function checkElement(
  element: Element,
  type: string,
  where: string,
  types: ReadonlyMap<string, Shape>,
  isRoot = false,
): string[] {
  const shape = types.get(type);
  if (FREE.has(where)) return [];
  if (shape?.kind === 'values')
    return shape.values.has(element.text.trim())
      ? []
      : [`${where}: ${element.text.trim()} is no value of ${type}`];
  if (!shape) return checkText(element, type, where);
  const problems: string[] = [];
  const seen = new Set<string>();
  let last = '';
  for (const child of element.children) {
    const part = shape.parts.get(child.name);
    if (!part) problems.push(`${where}: unknown element ${child.name}`);
    else {
      if (seen.has(child.name) && !part.many) problems.push(`${where}: ${child.name} twice`);
      if (seen.has(child.name) && last !== child.name)
        problems.push(`${where}: the elements ${child.name} do not stand together`);
      problems.push(...checkElement(child, part.type, `${where}.${child.name}`, types));
    }
    seen.add((last = child.name));
  }
  for (const [name, part] of shape.parts) {
    // In source format the file's name says it.
    if (!part.optional && !seen.has(name) && !(isRoot && name === 'fullName'))
      problems.push(`${where}: ${name} is missing`);
  }
  return problems;
}

function checkText(element: Element, type: string, where: string): string[] {
  const text = element.text.trim();
  if (type === 'boolean' && !/^(?:true|false)$/.test(text)) return [`${where}: ${text} is no boolean`];
  if (type === 'number' && (text === '' || Number.isNaN(Number(text))))
    return [`${where}: ${text} is no number`];
  return element.children.length > 0 && (type === 'string' || type === 'boolean' || type === 'number')
    ? [`${where}: elements in a ${type}`]
    : [];
}
