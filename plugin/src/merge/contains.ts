import { textOf, type Element } from './xml.ts';

/**
 * Whether all that `wanted` says is said by `present`, in whatever order and among whatever else: Salesforce
 * gives a file back with defaults added and sorted in its own way.
 */
export function contains(present: Element, wanted: Element): boolean {
  if (wanted.children.length === 0) return present.text.trim() === wanted.text.trim();
  return wanted.children.every((part) =>
    present.children.some((candidate) => candidate.name === part.name && contains(candidate, part)),
  );
}

/** What tells one of several elements of the same name from the others. */
const KEYS = ['fullName', 'name', 'field', 'object', 'recordType', 'tab', 'application'];

/** In words, what `wanted` says and `present` does not: `label: Other → Desk Link`, `fields Desk_Key__c`. */
export function differences(present: Element, wanted: Element): string[] {
  return wanted.children.flatMap((part) => {
    const same = present.children.filter((candidate) => candidate.name === part.name);
    if (same.some((candidate) => contains(candidate, part))) return [];
    if (part.children.length === 0 && same.length < 2) {
      const old = same[0]?.text.trim() ?? 'nothing';
      return [`${part.name}: ${short(old)} → ${short(part.text.trim())}`];
    }
    const key = KEYS.map((name) => textOf(part, name)).find((found) => found !== null) ?? part.text.trim();
    return [`${part.name} ${short(key)}`.trim()];
  });
}

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
