import type { PairKind } from './pair.ts';
import { CONTACT_OF_PERSON, personColumns } from './personAccounts.ts';
import { STANDARD_MAPS } from './standardMaps.ts';

/** All fields that are read of the records of a kind of pair; `persons`: the org has person accounts. */
export function columnsOf(pair: PairKind, persons: boolean): string[] {
  const mapped = STANDARD_MAPS[pair].map((map) => map.salesforce);
  if (!persons || pair === 'case') return mapped;
  return [...mapped, ...(pair === 'customer' ? CONTACT_OF_PERSON : personColumns(STANDARD_MAPS.customer))];
}
