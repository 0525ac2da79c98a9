import type { Hour } from 'c/deskHealthDay';

/** What the bridge tells of itself in Health__c, version 1. */
export type Health = {
  readonly parts: readonly {
    readonly name: string;
    readonly state: 'up' | 'starting' | 'down';
    /** ISO 8601 */
    readonly since: string;
    readonly detail: string;
    readonly lagSeconds: number | null;
  }[];
  /** Counts by kind of records and state. */
  readonly pairs: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly causes: readonly {
    readonly class: string;
    readonly code: string;
    readonly pairs: number;
    readonly examples: readonly {
      readonly pair: string;
      readonly recordId: string | null;
      readonly deskId: string | null;
      readonly text: string;
    }[];
  }[];
  readonly budgets: {
    readonly salesforce: { readonly used: number; readonly max: number } | null;
    readonly desk: { readonly left: number; readonly limit: number };
  };
  readonly hours: readonly Hour[];
};
