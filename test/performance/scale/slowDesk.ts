import type { LocalDesk } from '../../desk/startDesk.ts';

/** What a request to Desk takes longer than to the local one. */
export const LATENCY_MS = 50;
const NO_LIMIT = 10_000_000;

/** From now on each request takes that much longer, and none is refused for the rate limit. */
export function slowDesk(desk: LocalDesk): void {
  desk.rateLimit.perMinute = NO_LIMIT;
  desk.faults.add({ action: 'delay', ms: LATENCY_MS, match: {}, times: Number.POSITIVE_INFINITY });
}
