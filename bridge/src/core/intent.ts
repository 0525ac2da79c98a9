import type { DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { salesforceValue, type FieldMap } from './fieldMap.ts';
import type { SideName, WrittenField } from './mergeFields.ts';
import type { Base } from './values.ts';

/**
 * What is about to be done to a pair. It is kept until what came of it is recorded: where the answer is lost, or the
 * bridge dies before it, our own write must not be taken for somebody's change of that side.
 */
export type Intent =
  /** Fields, or none where only notes or replies are. */
  | { readonly do: 'write'; readonly fields: readonly WrittenField[] }
  /**
   * One record is made of the other; the base is what the two hold then. `goneSince` (milliseconds since 1970): the
   * other was found gone, and nobody knows yet whether the one was made.
   */
  | { readonly do: 'make'; readonly base: Base; readonly goneSince?: number };

/** What a pair is compared with: of the fields that were to be written, those that were count as having been in step. */
export function baseAfter(
  { base, intent }: { readonly base: Base | null; readonly intent: Intent | null },
  maps: readonly FieldMap[],
  { salesforce, desk }: { readonly salesforce: SalesforceRecord | null; readonly desk: DeskRecord | null },
): Base | null {
  if (base === null || intent?.do !== 'write' || !salesforce || !desk) return base;
  const written = intent.fields.filter(({ field, to, ...values }) => {
    const map = maps.find(({ name }) => name === field);
    if (!map) return false;
    const held = to === 'desk' ? map.deskValue(desk) : salesforceValue(map, salesforce);
    return held === values[to];
  });
  const values = (side: SideName) => Object.fromEntries(written.map((one) => [one.field, one[side]]));
  return {
    ...base,
    salesforce: { ...base.salesforce, ...values('salesforce') },
    desk: { ...base.desk, ...values('desk') },
  };
}
