import type { DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { deskValues, salesforceFingerprint, salesforceValue, type FieldMap } from './fieldMap.ts';
import { fingerprint, type Base } from './values.ts';

/**
 * Whether a record that a search of Desk gave may be taken for what Desk holds. The index lags: an old state of
 * ours would look like an agent's change and undo what was written. So it must be as the two were left, or newer.
 */
export function trustSearch(
  maps: readonly FieldMap[],
  base: Base | null,
  salesforce: SalesforceRecord | null,
  desk: DeskRecord,
): boolean {
  if (base === null) return true;
  if (salesforce && writesList(maps, base, salesforce)) return false;
  return isAsLeftOrNewer(maps, base, desk);
}

/** The same second may be before or after our own write. */
function isAsLeftOrNewer(maps: readonly FieldMap[], base: Base, desk: DeskRecord): boolean {
  const newer = base.deskAt !== undefined && Date.parse(desk.updatedAt) > Date.parse(base.deskAt);
  return newer || fingerprint(deskValues(maps, desk)) === fingerprint(base.desk);
}

/**
 * Whether a change of Salesforce's goes into a list of Desk's. That is written whole: what else an agent put on it
 * just now must not be lost, so Desk is asked what it holds.
 */
export function writesList(maps: readonly FieldMap[], base: Base, salesforce: SalesforceRecord): boolean {
  return maps.some((map) => map.inList && salesforceValue(map, salesforce) !== base.salesforce[map.name]);
}

/**
 * Whether a record that the feed read a moment ago may be taken for what Desk holds: only where nothing of it can
 * lead to a write to Desk, which would be made over what an agent did since. So Salesforce's record must be as the
 * two were left, or not be there yet. And a page that was on its way while we wrote shows what we wrote over: it must
 * be as the two were left, or newer.
 */
export function trustFeed(
  maps: readonly FieldMap[],
  base: Base | null,
  salesforce: SalesforceRecord | null,
  desk: DeskRecord,
): boolean {
  if (base === null) return salesforce === null;
  const isAsLeft =
    salesforce !== null && salesforceFingerprint(maps, salesforce) === fingerprint(base.salesforce);
  return isAsLeft && isAsLeftOrNewer(maps, base, desk);
}
