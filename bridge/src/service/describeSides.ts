import { lookupsIn } from '../core/config/compileConfig.ts';
import type { Describes, SalesforceObjectDescribe } from '../core/config/describes.ts';
import type { SyncConfig } from '../core/config/syncConfig.ts';
import { OBJECT_OF, PAIRS } from '../core/pair.ts';
import type { HelpDesk } from '../ports/helpDesk.ts';
import type { Org } from '../ports/org.ts';

/** What both sides say of their fields: the three objects, those that the lookups of a config lead to, and Desk. */
export async function describeSides(org: Org, desk: HelpDesk, config: SyncConfig): Promise<Describes> {
  const salesforce: Record<string, SalesforceObjectDescribe> = {};
  for (const pair of PAIRS) salesforce[OBJECT_OF[pair]] = await org.describe(OBJECT_OF[pair]);
  for (const pair of PAIRS) {
    const own = salesforce[OBJECT_OF[pair]]?.fields ?? [];
    for (const lookup of lookupsIn(config, pair)) {
      const found = own.find((field) => field.relationshipName?.toLowerCase() === lookup.toLowerCase());
      const [target] = found?.referenceTo ?? [];
      if (target !== undefined) salesforce[target] ??= await org.describe(target);
    }
  }
  const [company, customer, cases] = await Promise.all(PAIRS.map((pair) => desk.fields(pair)));
  return {
    salesforce,
    desk: { company: company ?? [], customer: customer ?? [], case: cases ?? [] },
    vocabulary: desk.vocabulary,
  };
}
