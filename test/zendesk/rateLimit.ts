import { ZendeskProblem } from './problem.ts';

const MINUTE_MS = 60_000;

/** Uses of a limit in fixed windows of time. */
class Window {
  readonly #uses = new Map<string, { window: number; count: number }>();
  readonly #now: () => number;
  readonly #ms: number;

  constructor(now: () => number, ms: number) {
    this.#now = now;
    this.#ms = ms;
  }

  used(key: string): number {
    const found = this.#uses.get(key);
    return found?.window === this.#current() ? found.count : 0;
  }

  use(key: string): void {
    this.#uses.set(key, { window: this.#current(), count: this.used(key) + 1 });
  }

  /** Seconds until it begins anew. */
  resetsIn(): number {
    return Math.ceil((this.#ms - (this.#now() % this.#ms)) / 1_000);
  }

  #current(): number {
    return Math.floor(this.#now() / this.#ms);
  }
}

/** The account's limit of requests a minute, told on every answer. */
export class RateLimit {
  perMinute: number;
  /** Requests that were refused. */
  refused = 0;
  readonly #window: Window;

  constructor(perMinute: number, now: () => number) {
    this.perMinute = perMinute;
    this.#window = new Window(now, MINUTE_MS);
  }

  /** Counts a request. @throws 429 */
  take(): void {
    if (this.#window.used('') >= this.perMinute) {
      this.refused += 1;
      throw tooMany('Number of allowed API requests per minute exceeded', this.#window.resetsIn());
    }
    this.#window.use('');
  }

  headers(): Record<string, string> {
    const limit = String(this.perMinute);
    const left = String(Math.max(0, this.perMinute - this.#window.used('')));
    return {
      'x-rate-limit': limit,
      'x-rate-limit-remaining': left,
      'ratelimit-limit': limit,
      'ratelimit-remaining': left,
      'ratelimit-reset': String(this.#window.resetsIn()),
    };
  }
}

const tooMany = (description: string, seconds: number) =>
  new ZendeskProblem(429, { error: 'APIRateLimitExceeded', description }, { 'retry-after': String(seconds) });

/** Limits of single endpoints, on top of the account's. */
export type Limits = {
  /** Of one ticket by one user in ten minutes. */
  ticketUpdates: number;
  ticketUpdatesPerMinute: number;
  updateManyPerMinute: number;
  /** Of one record, by all users together. */
  userUpdatesPerMinute: number;
  organizationUpdatesPerMinute: number;
  incrementalExportsPerMinute: number;
  searchExportsPerMinute: number;
  ticketDeletesPerMinute: number;
};
export const DOCUMENTED_LIMITS: Readonly<Limits> = {
  ticketUpdates: 30,
  ticketUpdatesPerMinute: 100,
  updateManyPerMinute: 100,
  userUpdatesPerMinute: 5,
  organizationUpdatesPerMinute: 5,
  incrementalExportsPerMinute: 10,
  searchExportsPerMinute: 100,
  ticketDeletesPerMinute: 400,
};

export class EndpointLimits {
  readonly limits: Limits;
  readonly #minute: Window;
  readonly #tenMinutes: Window;

  constructor(now: () => number, limits: Limits) {
    this.limits = limits;
    this.#minute = new Window(now, MINUTE_MS);
    this.#tenMinutes = new Window(now, 10 * MINUTE_MS);
  }

  /** Counts a use of an endpoint, of one record where the limit is by record. @throws 429 */
  take(limit: Exclude<keyof Limits, 'ticketUpdates'>, record = ''): void {
    const key = `${limit} ${record}`;
    if (this.#minute.used(key) >= this.limits[limit]) {
      if (limit === 'organizationUpdatesPerMinute')
        throw new ZendeskProblem(
          429,
          { errors: [{ code: 'TooManyRequests', title: 'Too many requests to update' }] },
          { 'retry-after': String(this.#minute.resetsIn()) },
        );
      throw tooMany(`Number of allowed requests per minute exceeded: ${limit}`, this.#minute.resetsIn());
    }
    this.#minute.use(key);
  }

  /** Counts an update of a ticket. @throws 429 */
  takeTicketUpdate(userId: number, ticketId: number): void {
    const key = `${userId} ${ticketId}`;
    if (this.#tenMinutes.used(key) >= this.limits.ticketUpdates)
      throw tooMany('Number of allowed ticket updates exceeded', this.#tenMinutes.resetsIn());
    this.#tenMinutes.use(key);
  }
}
