import type { ActiveConfig } from '../core/config/activeConfig.ts';
import { salesforceFingerprint } from '../core/fieldMap.ts';
import type { PairKind } from '../core/pair.ts';
import { contactInAccount } from '../core/personAccounts.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { Sighting } from '../store/store.ts';

/**
 * The sighting of a record that was read with all that matters of it. An account that is a person shows its
 * contact, whose own times need not have moved.
 */
export function sightingOf({ pairs }: ActiveConfig, pair: PairKind, record: SalesforceRecord): Sighting {
  const person = pair === 'company' ? contactInAccount(pairs.customer.maps, record) : null;
  const side = 'salesforce';
  if (person) return { pair: 'customer', side, exists: true, ...person };
  const seen = salesforceFingerprint(pairs[pair].maps, record);
  return { pair, side, id: record.Id, exists: true, seen };
}
