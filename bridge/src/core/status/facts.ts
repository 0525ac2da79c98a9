import type { PairKind } from '../pair.ts';

/** How pairs of one kind are; each is counted once. */
export type PairCounts = Readonly<
  Record<'inStep' | 'waiting' | 'failing' | 'conflict' | 'ambiguous' | 'excluded' | 'unlinked', number>
>;

/** A pair that fails, and what was said of it. */
export type FailureExample = {
  readonly pair: PairKind;
  readonly salesforceId: string | null;
  readonly deskId: string | null;
  readonly message: string;
};

/** How many pairs fail for one cause, with some of them. */
export type FailureCause = {
  readonly class: string;
  /** The other side's own code. */
  readonly code: string;
  readonly pairs: number;
  readonly examples: readonly FailureExample[];
};

/** How often pairs were written to a side in the hour that began then (milliseconds since 1970), and how often they failed. */
export type HourCounts = {
  readonly at: number;
  readonly toDesk: number;
  readonly toSalesforce: number;
  readonly failed: number;
};

export const HOUR_MS = 3_600_000;

/** When the hour of a time began. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}
