import { salesforceFingerprint, type FieldMap } from '../core/fieldMap.ts';
import { fingerprint } from '../core/values.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import type { Result } from './result.ts';

/**
 * Pairs where nothing has happened since they were in step: Salesforce's record is as it was left, and Desk has
 * told of no other one. Such is the echo of our own write, and Desk need not be asked about it.
 */
export function quietPairs(
  pairs: readonly Pair[],
  maps: readonly FieldMap[],
  salesforce: ReadonlyMap<string, SalesforceRecord>,
  included: (salesforceId: string) => boolean,
): Result[] {
  return pairs.flatMap((pair) => {
    const { salesforceId, deskId, linkId, base, deskSeen, conversation, state, asked, intent } = pair;
    const record = salesforceId === null ? undefined : salesforce.get(salesforceId);
    if (
      state !== 'inStep' ||
      asked !== null ||
      intent !== null ||
      !base ||
      !record ||
      !salesforceId ||
      !deskId
    )
      return [];
    if (!included(salesforceId)) return [];
    if (deskSeen === null || deskSeen !== base.deskSeen) return [];
    if (pair.pair === 'case' && conversation === null) return [];
    const salesforceSeen = salesforceFingerprint(maps, record);
    if (salesforceSeen !== fingerprint(base.salesforce)) return [];
    const ids = { salesforceId, deskId, linkId };
    const seen = { salesforceSeen, deskSeen, conversation };
    return [{ settlement: { kind: 'inStep', pair, ...ids, base, ...seen, againAt: null }, log: [] }];
  });
}
