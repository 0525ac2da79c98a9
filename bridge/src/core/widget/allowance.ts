import type { ApiUsage } from '../../ports/org.ts';
import { affordable, PRIORITY } from '../spending.ts';

/** How many reads may be made, as it was at a time in milliseconds since 1970. */
export type Allowance = { readonly left: number; readonly at: number };

/** The part of the day's calls that looking at records may take, whoever opens however many pages. */
const SHARE = 0.1;
/** As many at once as an hour brings: a morning at the desk, and an end to a flood. */
const BURST_HOURS = 1;
const HOUR_MS = 3_600_000;
/** Of a small org, until it has told its own. */
const CALLS_A_DAY = 15_000;

const hourly = (usage: ApiUsage | null) => ((usage?.max ?? CALLS_A_DAY) * SHARE) / 24;

/** What an idle time has brought back; `before` is null at the start. */
export function allowanceAt(before: Allowance | null, usage: ApiUsage | null, now: number): Allowance {
  const most = Math.max(1, hourly(usage) * BURST_HOURS);
  if (before === null) return { left: most, at: now };
  const gained = (Math.max(0, now - before.at) / HOUR_MS) * hourly(usage);
  return { left: Math.min(most, before.left + gained), at: now };
}

/** Why nothing may be read now; null where it may. From 90 % of the day's calls on, what is left is for the sync. */
export function whySpent(allowance: Allowance, usage: ApiUsage | null): 'day' | 'widget' | null {
  if (affordable(usage) === PRIORITY.live) return 'day';
  return allowance.left < 1 ? 'widget' : null;
}
