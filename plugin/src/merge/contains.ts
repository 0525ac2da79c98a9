import { DOMParser, type Element } from '@xmldom/xmldom';

/** Parses a metadata file. Fails on anything that is not well-formed. */
export function parseXml(text: string): Element {
  const document = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(message);
    },
  }).parseFromString(text, 'text/xml');
  if (!document.documentElement) throw new Error('The file has no element');
  return document.documentElement;
}

export function elementsOf(parent: Element): Element[] {
  return [...parent.childNodes].filter((node): node is Element => node.nodeType === 1);
}

export function textOf(parent: Element, name: string): string | null {
  return (
    elementsOf(parent)
      .find((element) => element.localName === name)
      ?.textContent?.trim() ?? null
  );
}

/**
 * Whether all that `wanted` says is said by `present`, in whatever order and among whatever else: Salesforce
 * gives a file back with defaults added and sorted in its own way.
 */
export function contains(present: Element, wanted: Element): boolean {
  const parts = elementsOf(wanted);
  if (parts.length === 0) return (present.textContent ?? '').trim() === (wanted.textContent ?? '').trim();
  const candidates = elementsOf(present);
  return parts.every((part) =>
    candidates.some((candidate) => candidate.localName === part.localName && contains(candidate, part)),
  );
}
