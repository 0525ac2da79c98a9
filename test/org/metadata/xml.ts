import { XMLBuilder, XMLParser } from 'fast-xml-parser';

/** An element: its children by name, each a list; its text under `#text`. */
export type Xml = { readonly [name: string]: readonly Xml[] | string };

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  alwaysCreateTextNode: true,
  isArray: (_name, _path, isLeaf, isAttribute) => !isAttribute && (isLeaf || true),
});

/** Parses a document and returns its root element with the root's name. */
export function parseXml(text: string): { name: string; root: Xml } {
  const document = parser.parse(text) as Record<string, unknown>;
  const [name, found] =
    Object.entries(document).find(([key]) => !key.startsWith('?') && key !== '#text') ?? [];
  const root = (Array.isArray(found) ? found[0] : found) as unknown;
  if (name === undefined || typeof root !== 'object' || root === null) throw new Error('Not an XML document');
  return { name, root: root as Xml };
}

export function children(node: Xml | undefined, name: string): readonly Xml[] {
  const found = node?.[name];
  return Array.isArray(found) ? (found as readonly Xml[]) : [];
}

export function child(node: Xml | undefined, name: string): Xml | undefined {
  return children(node, name)[0];
}

/** The text of a child element; undefined where there is none or it is empty. */
export function textOf(node: Xml | undefined, name: string): string | undefined {
  const text = child(node, name)?.['#text'];
  return typeof text === 'string' && text !== '' ? text : undefined;
}

export const isTrue = (node: Xml | undefined, name: string) => textOf(node, name) === 'true';

const builder = new XMLBuilder({
  format: true,
  indentBy: '    ',
  suppressEmptyNode: false,
  ignoreAttributes: false,
});

/** A metadata file: the root with Salesforce's namespace, and the content below it. */
export function metadataFile(root: string, content: object): string {
  const document = {
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    [root]: { '@_xmlns': 'http://soap.sforce.com/2006/04/metadata', ...content },
  };
  return builder.build(document);
}

/** Content without a root, for SOAP answers. */
export function fragment(content: object): string {
  return new XMLBuilder({ format: false, ignoreAttributes: false }).build(content);
}
