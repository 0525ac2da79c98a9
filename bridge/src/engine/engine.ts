import type { HelpDesk } from '../ports/helpDesk.ts';
import type { Org } from '../ports/org.ts';
import type { Store } from '../store/store.ts';

/** What the stages of a round work with. */
export type Engine = {
  readonly org: Org;
  readonly desk: HelpDesk;
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 to 1; only spreads retries. */
  readonly random: () => number;
};
