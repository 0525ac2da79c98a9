/** What somebody can ask for on a link, as the picklist `Desk_Link__c.Requested_Action__c` says it. */
export const REQUESTED_ACTIONS = ['Sync Now', 'Unlink', 'Relink'] as const;
export type RequestedAction = (typeof REQUESTED_ACTIONS)[number];

/** A value of the picklist, or undefined for anything else: what anyone publishes is not trusted. */
export function requestedAction(value: unknown): RequestedAction | undefined {
  return REQUESTED_ACTIONS.find((action) => action === value);
}
