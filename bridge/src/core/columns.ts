import type { ActiveConfig } from './config/activeConfig.ts';
import type { PairKind } from './pair.ts';
import { CONTACT_OF_PERSON, personColumns } from './personAccounts.ts';

/** All fields that are read of the records of a kind of pair; `persons`: the org has person accounts. */
export function columnsOf({ pairs }: ActiveConfig, pair: PairKind, persons: boolean): string[] {
  const mapped = pairs[pair].maps.filter((map) => map.watched !== 'desk').map((map) => map.salesforce);
  if (!persons || pair === 'case') return mapped;
  return [...mapped, ...(pair === 'customer' ? CONTACT_OF_PERSON : personColumns(pairs.customer.maps))];
}
