/** Priorities of work, as the inbox keeps them: the smaller, the more urgent. */
export const PRIORITY = { live: 0, retry: 1, full: 2 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** From these shares of Salesforce's daily calls on, a full sync waits, and then retries too. */
const FULL_STOPS = 0.75;
const RETRIES_STOP = 0.9;

/**
 * The least urgent work that the calls used so far leave room for. Live changes go on to the last call: what is
 * left is theirs, and of the customer's other programs.
 */
export function affordable(usage: { readonly used: number; readonly max: number } | null): Priority {
  if (usage === null || usage.max <= 0) return PRIORITY.full;
  const share = usage.used / usage.max;
  if (share >= RETRIES_STOP) return PRIORITY.live;
  return share >= FULL_STOPS ? PRIORITY.retry : PRIORITY.full;
}
