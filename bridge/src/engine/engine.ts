import type { ActiveConfig } from '../core/config/activeConfig.ts';
import type { HelpDesk } from '../ports/helpDesk.ts';
import type { Org } from '../ports/org.ts';
import type { Store } from '../store/store.ts';

/** Longer than the longest round that a live process can take; a dead one's pairs come back after it. */
export const LEASE_MS = 10 * 60_000;

/** What the stages of a round work with. */
export type Engine = {
  readonly org: Org;
  readonly desk: HelpDesk;
  readonly store: Store;
  /** What an admin has set, as it is now; one round goes by one of it. */
  readonly active: () => ActiveConfig;
  /** Told when a side knows a field no more that is read or written. */
  readonly doubtConfig: () => void;
  /** What a customer of Desk without a company becomes in Salesforce. */
  readonly newCustomers: 'contact' | 'person';
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 to 1; only spreads retries. */
  readonly random: () => number;
};
