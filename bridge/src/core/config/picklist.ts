import type { SalesforceField } from './describes.ts';
import { finder } from './valueMap.ts';

const SEPARATOR = ';';

/** What a picklist takes. */
export type Picklist = {
  /** A value by the picklist's own spelling; undefined for one that it does not take. */
  readonly taken: (value: string) => string | undefined;
  /** A selection of several, each once, in the order of the picklist; undefined where it does not take one of them. */
  readonly selection: (text: string) => string | undefined;
  /** The same, of values that Salesforce holds, even old ones that it takes no longer. */
  readonly held: (text: string) => string;
};

/** The values of a text such as `A;B`. */
export function selected(text: string): string[] {
  return text
    .split(SEPARATOR)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** Values, each once, in the order of a list; those that it does not have come last. */
export function inOrder(values: readonly string[], list: readonly string[]): string {
  const place = new Map(list.map((value, index) => [value, index]));
  return [...new Set(values)]
    .sort((a, b) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity) || 0)
    .join(SEPARATOR);
}

/** A restricted picklist takes its active values, any other one takes every value. */
export function picklistOf(field: SalesforceField): Picklist {
  const spelled = finder(field.picklistValues.map(({ value, active }) => [value, { value, active }]));
  const list = field.picklistValues.map(({ value }) => value);
  const taken = (value: string): string | undefined => {
    const known = spelled(value);
    if (known === undefined) return field.restrictedPicklist ? undefined : value;
    return known.active || !field.restrictedPicklist ? known.value : undefined;
  };
  return {
    taken,
    selection: (text) => {
      const values = selected(text).map(taken);
      const all = values.every((value) => value !== undefined);
      return all && values.length > 0 ? inOrder(values, list) : undefined;
    },
    held: (text) =>
      inOrder(
        selected(text).map((value) => spelled(value)?.value ?? value),
        list,
      ),
  };
}
