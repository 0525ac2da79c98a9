import { insertChild, removeElement, replaceText, type NewElement } from './splice.ts';
import { elementsNamed, escapeXml, parseXml, textOf, type Element } from './xml.ts';

export type WantedValue = {
  readonly fullName: string;
  /** Case Status only: whether a case with it counts as closed, if the value is new. */
  readonly closed?: boolean;
};

const valuesOf = (file: string): Element[] => elementsNamed(parseXml(file), 'standardValue');
const isNamed = (fullName: string) => (value: Element) => textOf(value, 'fullName') === fullName;

/** The active values of a retrieved standard value set, in order. */
export function activeValues(file: string): string[] {
  return valuesOf(file)
    .filter((value) => textOf(value, 'isActive') !== 'false')
    .map((value) => textOf(value, 'fullName') ?? '');
}

/** The values that are missing or inactive in a retrieved standard value set. */
export function missingValues(file: string, wanted: readonly WantedValue[]): WantedValue[] {
  const active = new Set(activeValues(file));
  return wanted.filter((value) => !active.has(value.fullName));
}

/**
 * Adds values to a retrieved standard value set. A deployment deactivates what a file leaves out, so
 * everything that was in it stays to the byte: order, defaults, flags and elements that we do not know.
 */
export function mergeValues(file: string, additions: readonly WantedValue[]): string {
  return additions.reduce((merged, value) => {
    const there = valuesOf(merged).find(isNamed(value.fullName));
    if (!there) return insertChild(merged, parseXml(merged), newValue(value));
    const flag = there.children.find((child) => child.name === 'isActive');
    return flag ? replaceText(merged, flag, 'true') : merged;
  }, file);
}

/** Takes values away again, which makes them inactive. */
export function withoutValues(file: string, names: readonly string[]): string {
  return names.reduce((left, name) => {
    const value = valuesOf(left).find(isNamed(name));
    return value ? removeElement(left, value) : left;
  }, file);
}

function newValue({ fullName, closed }: WantedValue): NewElement {
  const name = escapeXml(fullName);
  return [
    'standardValue',
    [
      ['fullName', name],
      ['default', 'false'],
      ['label', name],
      ...(closed === undefined ? [] : [['closed', String(closed)] as const]),
    ],
  ];
}
