import type { Decision, Situation } from '../core/decide.ts';
import type { LinkRow } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';

/** A claimed pair with everything that the decision about it needs. */
export type Loaded = {
  readonly pair: Pair;
  readonly situation: Situation;
  /** The row of `Desk_Link__c`, when there is one. */
  readonly link: Pick<LinkRow, 'id'> | null;
};

/** A pair with the decision about it. */
export type Decided<D extends Decision['do'] = Decision['do']> = Loaded & {
  readonly decision: Extract<Decision, { do: D }>;
};
