import { elementsOf, parseXml, textOf } from './contains.ts';

export type WantedValue = {
  readonly fullName: string;
  /** Case Status only: whether a case with it counts as closed, if the value is new. */
  readonly closed?: boolean;
};

/** The values that are missing or inactive in a retrieved standard value set. */
export function missingValues(file: string, wanted: readonly WantedValue[]): WantedValue[] {
  const present = elementsOf(parseXml(file)).filter((element) => element.localName === 'standardValue');
  const active = new Set(
    present
      .filter((value) => textOf(value, 'isActive') !== 'false')
      .map((value) => textOf(value, 'fullName')),
  );
  return wanted.filter((value) => !active.has(value.fullName));
}

/**
 * Adds values to a retrieved standard value set. A deployment deactivates what a file leaves out, so
 * everything that was in it stays to the byte: order, defaults, flags and elements that we do not know.
 */
export function mergeValues(file: string, additions: readonly WantedValue[]): string {
  return additions.reduce(
    (merged, value) => reactivated(merged, value.fullName) ?? appended(merged, value),
    file,
  );
}

const BLOCK = /<standardValue>[\s\S]*?<\/standardValue>/g;

/** The file with that value active again, if it is there and inactive. */
function reactivated(file: string, fullName: string): string | null {
  for (const [block] of file.matchAll(BLOCK)) {
    if (textOf(parseXml(block), 'fullName') !== fullName) continue;
    return file.replace(
      block,
      block.replace(/<isActive>\s*false\s*<\/isActive>/, '<isActive>true</isActive>'),
    );
  }
  return null;
}

function appended(file: string, { fullName, closed }: WantedValue): string {
  const name = fullName.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const flags = closed === undefined ? '' : `\n        <closed>${closed}</closed>`;
  const block = `\n    <standardValue>\n        <fullName>${name}</fullName>\n        <default>false</default>\n        <label>${name}</label>${flags}\n    </standardValue>`;
  const last = file.lastIndexOf('</standardValue>');
  const at = last >= 0 ? last + '</standardValue>'.length : file.lastIndexOf('</StandardValueSet>');
  return file.slice(0, at) + block + file.slice(at);
}
