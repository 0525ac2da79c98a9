import { RequestFailed } from '../core/failure.ts';
import { affordable, PRIORITY } from '../core/spending.ts';
import type { ApiUsage } from '../ports/org.ts';
import type { Turn } from './loops.ts';

type Pause = Exclude<Turn, number>;
const PAUSE_MS = 5 * 60_000;

/** What only tells people in Salesforce of the sync waits where the rest of the day's calls is for the sync itself. */
export function whileScarce(usage: ApiUsage | null): Pause | null {
  if (affordable(usage) >= PRIORITY.retry) return null;
  return { pauseMs: PAUSE_MS, detail: "waits: 90 % of Salesforce's daily calls are used" };
}

/** An org without the object, or without the right to it, is served without what is told there: that is no fault. */
export function whereRefused(error: unknown): Pause | null {
  if (!(error instanceof RequestFailed) || error.failure.class !== 'permission') return null;
  return { pauseMs: PAUSE_MS, detail: `refused: ${error.message}` };
}
