const MINUTE_MS = 60_000;
const TEN_MINUTES_MS = 10 * MINUTE_MS;
/** Of one ticket by one user in ten minutes. */
const TICKET_UPDATES = 30;
/** In a minute. */
const A_MINUTE = {
  exports: 10,
  ticket: 100,
  user: 5,
  organization: 5,
  jobs: 100,
  deletions: 400,
} as const;
export type Limit = keyof typeof A_MINUTE;
/** The exports are read by one bridge alone; the others are shared by all. */
const UNSHARED: ReadonlySet<Limit> = new Set(['exports']);
/** Tickets of which updates are remembered. */
const MOST_TICKETS = 20_000;

/**
 * Zendesk's limits of single endpoints, kept by ourselves. Whether its windows slide is not documented: in none of
 * ours, wherever it begins, is more asked for than the limit.
 */
export class Limits {
  readonly #now: () => number;
  readonly #uses = new Map<Limit, number[]>();
  readonly #tickets = new Map<string, number[]>();
  #sharers = 1;

  constructor(now: () => number) {
    this.#now = now;
  }

  shareAmong(bridges: number): void {
    this.#sharers = Math.max(1, bridges);
  }

  /** Counts so many uses, where they are within the limit and leave that many; false where they are not. */
  take(limit: Limit, uses = 1, leaving = 0): boolean {
    const recent = within(this.#uses.get(limit), this.#now() - MINUTE_MS);
    const allowed = UNSHARED.has(limit) ? A_MINUTE[limit] : Math.floor(A_MINUTE[limit] / this.#sharers);
    if (recent.length + uses + leaving > allowed) return false;
    this.#uses.set(limit, [...recent, ...Array.from({ length: uses }, this.#now)]);
    return true;
  }

  /** Milliseconds until `take` of one more can succeed. */
  pause(limit: Limit): number {
    const [oldest] = within(this.#uses.get(limit), this.#now() - MINUTE_MS);
    return oldest === undefined ? 0 : oldest + MINUTE_MS - this.#now() + 1;
  }

  /** Counts an update of a ticket; the milliseconds to wait where it has had too many, and 0 where not. */
  takeTicket(id: string): number {
    const now = this.#now();
    const recent = within(this.#tickets.get(id), now - TEN_MINUTES_MS);
    const [oldest] = recent;
    if (recent.length >= TICKET_UPDATES && oldest !== undefined) return oldest + TEN_MINUTES_MS - now + 1;
    this.#tickets.delete(id);
    this.#tickets.set(id, [...recent, now]);
    // The first is the one that was updated longest ago.
    const [first] = this.#tickets.keys();
    if (this.#tickets.size > MOST_TICKETS && first !== undefined) this.#tickets.delete(first);
    return 0;
  }
}

const within = (uses: readonly number[] | undefined, since: number) =>
  (uses ?? []).filter((use) => use > since);
