import { CAUSE } from '../failure.ts';

/** What somebody asks of the bridge on its row, as the picklist `Desk_Bridge__c.Requested_Action__c` says it. */
export type BridgeRequest =
  | { readonly action: 'Refresh' }
  /** Null: whatever the failures are. A class that there is not is that of no failure. */
  | { readonly action: 'Retry'; readonly failureClass: string | null };

/** What the fields of the row ask for; null for nothing, or nothing that is known: what anyone writes is not trusted. */
export function bridgeRequest(action: unknown, cause: unknown): BridgeRequest | null {
  if (action === 'Refresh') return { action };
  if (action !== 'Retry') return null;
  return { action, failureClass: typeof cause === 'string' && cause !== '' ? classOf(cause) : null };
}

/** A class of failures by its name, `missingParent`, or by what people read, "Missing Parent". */
function classOf(cause: string): string {
  const [name] = Object.entries(CAUSE).find((names) => names.includes(cause)) ?? [cause];
  return name;
}
