import type { Allowance } from '../merge/caseProcess.ts';
import type { LayoutAdditions } from '../merge/layout.ts';
import type { SessionValues } from '../merge/sessionSettings.ts';
import type { WantedValue } from '../merge/valueSet.ts';
import type { OrgView } from '../org/orgView.ts';

/** Something that setup can do about a finding. */
export type Change =
  | {
      readonly kind: 'addValues';
      readonly valueSet: string;
      readonly values: readonly WantedValue[];
      /** The active values as they are. */
      readonly before: readonly string[];
    }
  | { readonly kind: 'allow'; readonly allowances: readonly Allowance[] }
  | { readonly kind: 'addToLayout'; readonly layout: string; readonly additions: LayoutAdditions }
  | { readonly kind: 'placeComponent'; readonly page: string }
  | { readonly kind: 'relaxSessions'; readonly before: SessionValues }
  | {
      readonly kind: 'deploy';
      readonly path: string;
      readonly isNew: boolean;
      readonly differs: readonly string[];
    }
  | { readonly kind: 'activateFlow'; readonly flow: string }
  | { readonly kind: 'assign'; readonly permissionSet: string; readonly username: string };

export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;

/**
 * What a check found. `missing` comes with changes that mend it, or none where those of another finding do;
 * `blocked` stops a setup and says what a person must do; `warning` does not stop it.
 */
export type Finding =
  | { readonly state: 'ok'; readonly evidence: string }
  | { readonly state: 'missing'; readonly evidence: string; readonly changes: readonly Change[] }
  | { readonly state: 'blocked' | 'warning'; readonly evidence: string; readonly remedy: string };

export type Group =
  'Org' | 'What the org does by itself' | 'Picklist values' | 'Objects and events' | 'Pages' | 'Permissions';

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
export const warning = (evidence: string, remedy: string): Finding => ({
  state: 'warning',
  evidence,
  remedy,
});
export const blocked = (evidence: string, remedy: string): Finding => ({
  state: 'blocked',
  evidence,
  remedy,
});
export const missing = (evidence: string, changes: readonly Change[]): Finding => ({
  state: 'missing',
  evidence,
  changes,
});
