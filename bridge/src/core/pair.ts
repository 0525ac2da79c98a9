/** The pairs of records that are kept in step; parents come before their children. */
export const PAIRS = ['company', 'customer', 'case'] as const;
export type PairKind = (typeof PAIRS)[number];

export type SalesforceObject = 'Account' | 'Contact' | 'Case';

export const OBJECT_OF: Readonly<Record<PairKind, SalesforceObject>> = {
  company: 'Account',
  customer: 'Contact',
  case: 'Case',
};

/** The pair of a Salesforce object's name; undefined for an object that is not synced. */
export function pairOfObject(object: string): PairKind | undefined {
  return PAIRS.find((pair) => OBJECT_OF[pair] === object);
}

/** The key of a Desk record, as on `Desk_Link__c.Desk_Key__c`: `case:123`. */
export function deskKey(pair: PairKind, deskId: string): string {
  return `${pair}:${deskId}`;
}

/** The id of a case's first message, which has none of its own in Desk: `message-123`. */
export function messageId(caseId: string): string {
  return `message-${caseId}`;
}
