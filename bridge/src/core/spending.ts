/** Priorities of work, as the inbox keeps them: the smaller, the more urgent. */
export const PRIORITY = { live: 0, retry: 1, full: 2 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** From these shares of Salesforce's daily calls on, a full sync waits, and then retries too. */
const FULL_STOPS = 0.75;
const RETRIES_STOP = 0.9;

/** Requests of one sweep that finds nothing. */
const CALLS_A_SWEEP = 12;
/** The part of a day's calls that looking for changes may take where there are no streams. */
const SWEEPS_SHARE = 0.2;
/** The part of them that news of the bridge itself may take. */
const NEWS_SHARE = 0.1;
const DAY_MS = 86_400_000;

/**
 * Milliseconds between two sweeps where a sweep is the whole capture: as often as asked for, but not so often that
 * looking alone uses up the org's calls.
 */
export function sweepPause(askedMs: number, longestMs: number, dailyCalls: number | null): number {
  const affordableMs = dailyCalls ? (CALLS_A_SWEEP * DAY_MS) / (dailyCalls * SWEEPS_SHARE) : 0;
  return Math.min(longestMs, Math.max(askedMs, affordableMs));
}

/** News of the bridge that were told on one day (UTC). */
export type ToldNews = { readonly day: number; readonly count: number };

/**
 * What was told today once one more is told now; null where the day's calls leave no room for it. Trouble that comes
 * and goes every few seconds would use them up.
 */
export function oneMoreNews(told: ToldNews, now: number, dailyCalls: number | null): ToldNews | null {
  const day = Math.floor(now / DAY_MS);
  const count = (told.day === day ? told.count : 0) + 1;
  return dailyCalls !== null && count > dailyCalls * NEWS_SHARE ? null : { day, count };
}

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
