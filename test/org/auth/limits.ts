import { SalesforceError } from '../records/errors.ts';

/** Events of all kinds that an org delivers in a day, to all subscribers together. */
const DAILY_EVENTS = 25_000;

/** What an org has a day: API calls, and events that are delivered. */
export class Limits {
  max: number;
  used = 0;
  readonly maxEvents = DAILY_EVENTS;
  eventsDelivered = 0;

  constructor(max: number) {
    this.max = max;
  }

  countCall(): void {
    if (this.used >= this.max)
      throw new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    this.used += 1;
  }

  /** What one subscriber was sent, whichever protocol it speaks. */
  countDelivered(events: number): void {
    this.eventsDelivered += events;
  }

  get eventsLeft(): number {
    return Math.max(0, this.maxEvents - this.eventsDelivered);
  }
}
