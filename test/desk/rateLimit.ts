const WINDOW_MS = 60_000;

/** Desk's limit: a number of requests in each fixed minute, told on every answer. */
export class RateLimit {
  perMinute: number;
  /** Requests that were refused. */
  refused = 0;
  /** Requests that were let in, by the minute, for as long as there were any. */
  readonly taken: number[] = [];
  readonly #now: () => number;
  #window = -1;

  constructor(perMinute: number, now: () => number) {
    this.perMinute = perMinute;
    this.#now = now;
  }

  /** Counts a request; false when the minute has no more. */
  take(): boolean {
    const window = Math.floor(this.#now() / WINDOW_MS);
    if (window !== this.#window) {
      this.#window = window;
      this.taken.push(0);
    }
    if (this.#used >= this.perMinute) {
      this.refused += 1;
      return false;
    }
    this.taken[this.taken.length - 1] = this.#used + 1;
    return true;
  }

  get #used(): number {
    return this.taken.at(-1) ?? 0;
  }

  headers(): Record<string, string> {
    return {
      'x-rate-limit-limit': String(this.perMinute),
      'x-rate-limit-remaining': String(Math.max(0, this.perMinute - this.#used)),
      'x-rate-limit-reset': String(Math.ceil((WINDOW_MS - (this.#now() % WINDOW_MS)) / 1_000)),
    };
  }
}
