import type { OrgView } from '../org/orgView.ts';
import type { WantedValue } from '../merge/valueSet.ts';

/** Something that setup can do about a finding. */
export type Change =
  | { readonly kind: 'addValues'; readonly valueSet: string; readonly values: readonly WantedValue[] }
  | { readonly kind: 'deploy'; readonly path: string; readonly isNew: boolean }
  | { readonly kind: 'assign'; readonly permissionSet: string; readonly username: string };

/**
 * What a check found. `missing` comes with changes that mend it; `blocked` stops a setup and says what a
 * person must do; `warning` does not.
 */
export type Finding =
  | { readonly state: 'ok'; readonly evidence: string }
  | { readonly state: 'missing'; readonly evidence: string; readonly changes: readonly Change[] }
  | { readonly state: 'blocked' | 'warning'; readonly evidence: string; readonly remedy: string };

export type Group = 'Org' | 'Picklist values' | 'Objects and events' | 'Permissions';

/** One prerequisite, of the original's set-up page or of the platform since. */
export type Requirement = {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly why: string;
  /** Heading of the original's page that asked for it; null for what came since. */
  readonly section: string | null;
  readonly check: (view: OrgView) => Finding;
};

export const ok = (evidence: string): Finding => ({ state: 'ok', evidence });
