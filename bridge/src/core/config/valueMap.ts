import type { ValuePair } from './syncConfig.ts';

/** Finds a word as it is written, or else in another case; of several, the first. */
export function finder<T>(
  entries: readonly (readonly [word: string, found: T])[],
): (word: string) => T | undefined {
  const exact = new Map<string, T>();
  const folded = new Map<string, T>();
  for (const [word, found] of entries) {
    if (!exact.has(word)) exact.set(word, found);
    const small = word.toLowerCase();
    if (!folded.has(small)) folded.set(small, found);
  }
  return (word) => exact.get(word) ?? folded.get(word.toLowerCase());
}

export type ValueMap = {
  /** What the map says for a value of that side; undefined where it names no such value. */
  readonly toDesk: (salesforce: string) => string | undefined;
  readonly toSalesforce: (desk: string) => string | undefined;
};

/** The values that an admin paired. Of several for one value, the first is the one that is written. */
export function valueMap(pairs: readonly ValuePair[]): ValueMap {
  return {
    toDesk: finder(pairs.map((pair) => [pair.salesforce, pair.desk])),
    toSalesforce: finder(pairs.map((pair) => [pair.desk, pair.salesforce])),
  };
}

/**
 * Pairs of which both values have another partner as well. Going there and back over one of these, a value would
 * end as another one, so they are no map for both ways.
 */
export function crossedPairs(pairs: readonly ValuePair[]): ValuePair[] {
  const partners = (side: keyof ValuePair, other: keyof ValuePair) => {
    const found = new Map<string, Set<string>>();
    for (const pair of pairs) {
      const word = pair[side].toLowerCase();
      found.set(word, (found.get(word) ?? new Set()).add(pair[other].toLowerCase()));
    }
    return (pair: ValuePair) => found.get(pair[side].toLowerCase())?.size ?? 0;
  };
  const inDesk = partners('salesforce', 'desk');
  const inSalesforce = partners('desk', 'salesforce');
  return pairs.filter((pair) => inDesk(pair) > 1 && inSalesforce(pair) > 1);
}
