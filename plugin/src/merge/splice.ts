import type { Element } from './xml.ts';

/** A new element: its name, and its text or its children in order. */
export type NewElement = readonly [name: string, content: string | readonly NewElement[]];

const INDENT = '    ';

/**
 * Puts a new element among the children of `parent`, behind the last whose name is not greater: Salesforce
 * sorts by name, and equal names must stand together. Everything else stays to the byte, line ends included.
 */
export function insertChild(file: string, parent: Element, element: NewElement): string {
  const [name] = element;
  const same = parent.children.filter((child) => child.name === name);
  const before = same.at(-1) ?? parent.children.filter((child) => child.name < name).at(-1);
  const at = before ? before.end : parent.innerStart;
  const newline = file.includes('\r\n') ? '\r\n' : '\n';
  const lead = leadOf(file, parent);
  if (file.slice(parent.start, parent.end).endsWith('/>')) {
    const opened = file.slice(0, parent.end - 2).trimEnd();
    const close = `${newline}${spaceBefore(file, parent.start)}</${parent.name}>`;
    return `${opened}>${newline}${write(element, lead, newline)}${close}${file.slice(parent.end)}`;
  }
  return (
    file.slice(0, at) +
    newline +
    write(element, lead, newline) +
    tailOf(file, parent, at, newline) +
    file.slice(at)
  );
}

/** Takes an element away, with the white space before it. */
export function removeElement(file: string, element: Element): string {
  const before = file.slice(0, element.start).replace(/[ \t]*\r?\n?[ \t]*$/, '');
  return before + file.slice(element.end);
}

/** Puts another text in the place of an element's content. */
export function replaceText(file: string, element: Element, text: string): string {
  return file.slice(0, element.innerStart) + text + file.slice(element.innerEnd);
}

/** White space before the children of an element: that of the first one, or one step more than its own. */
function leadOf(file: string, parent: Element): string {
  const [first] = parent.children;
  if (first) return spaceBefore(file, first.start);
  return spaceBefore(file, parent.start) + INDENT;
}

const spaceBefore = (file: string, at: number) => /(?:^|\n)([ \t]*)$/.exec(file.slice(0, at))?.[1] ?? '';

/** What stood on one line goes on on one line; an element that had no children gets its end tag on a line of its own. */
function tailOf(file: string, parent: Element, at: number, newline: string): string {
  const rest = file.slice(at, parent.innerEnd);
  if (parent.children.length > 0 || rest.trim() !== '') return '';
  return rest.includes('\n') ? '' : newline + spaceBefore(file, parent.start);
}

function write([name, content]: NewElement, lead: string, newline: string): string {
  if (typeof content === 'string') return `${lead}<${name}>${content}</${name}>`;
  const inner = content.map((child) => write(child, lead + INDENT, newline));
  return [`${lead}<${name}>`, ...inner, `${lead}</${name}>`].join(newline);
}
