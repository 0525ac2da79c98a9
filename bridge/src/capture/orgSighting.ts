import { salesforceFingerprint } from '../core/fieldMap.ts';
import type { PairKind } from '../core/pair.ts';
import { contactInAccount } from '../core/personAccounts.ts';
import { STANDARD_MAPS } from '../core/standardMaps.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { Sighting } from '../store/store.ts';

/**
 * The sighting of a record that was read with all that matters of it. An account that is a person shows its
 * contact, whose own times need not have moved.
 */
export function sightingOf(pair: PairKind, record: SalesforceRecord): Sighting {
  const person = pair === 'company' ? contactInAccount(STANDARD_MAPS.customer, record) : null;
  const side = 'salesforce';
  if (person) return { pair: 'customer', side, exists: true, ...person };
  const seen = salesforceFingerprint(STANDARD_MAPS[pair], record);
  return { pair, side, id: record.Id, exists: true, seen };
}
