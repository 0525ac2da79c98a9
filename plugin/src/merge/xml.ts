import { SaxesParser } from 'saxes';

/** An element of a metadata file, with where it stands in the text: offsets as of `String.slice`. */
export type Element = {
  readonly name: string;
  /** Of its opening tag's `<` and behind its closing tag's `>`. */
  readonly start: number;
  readonly end: number;
  /** What lies between its tags; equal for an empty element such as `<a/>`. */
  readonly innerStart: number;
  readonly innerEnd: number;
  /** Decoded, without that of its children. */
  readonly text: string;
  readonly children: readonly Element[];
};

type Open = { -readonly [K in keyof Element]: Element[K] } & { children: Element[] };

/** Parses a metadata file. @throws Error on anything that is not well-formed, with the line */
export function parseXml(text: string): Element {
  const parser = new SaxesParser();
  const open: Open[] = [];
  let root: Element | null = null;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentagstart', ({ name }) => {
    const start = text.lastIndexOf('<', parser.position - 1);
    open.push({ name, start, end: 0, innerStart: 0, innerEnd: 0, text: '', children: [] });
  });
  parser.on('opentag', () => {
    const element = open.at(-1);
    if (element) element.innerStart = parser.position;
  });
  const addText = (more: string) => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', ({ isSelfClosing }) => {
    const element = open.pop();
    if (!element) return;
    element.end = parser.position;
    element.innerEnd = isSelfClosing ? element.innerStart : text.lastIndexOf('</', parser.position);
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  parser.write(text).close();
  if (!root) throw new Error('The file has no element');
  return root;
}

export function elementsNamed(parent: Element, name: string): Element[] {
  return parent.children.filter((child) => child.name === name);
}

/** The trimmed text of the first child of that name, or null. */
export function textOf(parent: Element, name: string): string | null {
  return parent.children.find((child) => child.name === name)?.text.trim() ?? null;
}

/** Text as it must stand in a file. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
