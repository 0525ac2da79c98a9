import type { Value } from '../values.ts';
import type { ValuePair } from './syncConfig.ts';

/** Values of the two sides that mean the same; null for one that has no place. */
export type ValueMap = {
  readonly toDesk: (value: Value) => string | null;
  readonly toSalesforce: (value: Value) => string | null;
};

/** Reads pairs of values: compared without case, and of several for one value the first is written. */
export function readValueMap(values: readonly ValuePair[]): ValueMap {
  const desk = new Map<string, string>();
  const salesforce = new Map<string, string>();
  for (const pair of values) {
    const mine = pair.salesforce.toLowerCase();
    const theirs = pair.desk.toLowerCase();
    if (!desk.has(mine)) desk.set(mine, pair.desk);
    if (!salesforce.has(theirs)) salesforce.set(theirs, pair.salesforce);
  }
  return {
    toDesk: (value) => desk.get(String(value).toLowerCase()) ?? null,
    toSalesforce: (value) => salesforce.get(String(value).toLowerCase()) ?? null,
  };
}
