import type { EventBus } from '../events/eventBus.ts';
import { mayReceive } from '../events/mayReceive.ts';
import type { Org } from '../org.ts';
import { jsonPayload } from './payload.ts';

export type Message = Readonly<Record<string, unknown>>;

/** How long a client may stay away between two connects, in ms. */
const AWAY_MS = 40_000;
const AT_ONCE = 100;

/** One client of the Streaming API: what it subscribed to, how far it is, and the connect that waits. */
export class CometdClient {
  readonly id: string;
  readonly userId: string;
  readonly #org: Org;
  readonly #bus: EventBus;
  /** The position up to which each channel was told. */
  readonly #channels = new Map<string, number>();
  #answer: ((events: Message[]) => void) | null = null;
  #seen: number;

  constructor(org: Org, bus: EventBus, id: string, userId: string) {
    this.#org = org;
    this.#bus = bus;
    this.id = id;
    this.userId = userId;
    this.#seen = Date.now();
  }

  get isGone(): boolean {
    return this.#answer === null && Date.now() - this.#seen > AWAY_MS;
  }

  subscribe(channel: string, position: number): void {
    this.#channels.set(channel, position);
  }

  unsubscribe(channel: string): void {
    this.#channels.delete(channel);
  }

  /** The events that there are, or those that come within `waitMs`; a second connect ends the first. */
  async connect(waitMs: number): Promise<Message[]> {
    this.#answer?.([]);
    const ready = this.#take();
    if (ready.length > 0 || waitMs === 0) {
      this.#seen = Date.now();
      return ready;
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer([]), waitMs);
      timer.unref();
      const answer = (events: Message[]) => {
        clearTimeout(timer);
        this.#answer = null;
        this.#seen = Date.now();
        resolve(events);
      };
      this.#answer = answer;
    });
  }

  /** Answers the connect that waits, if there is something to tell. */
  flush(): void {
    if (this.#answer === null) return;
    const events = this.#take();
    if (events.length > 0) this.#answer(events);
  }

  /** Answers the connect that waits, with nothing. */
  end(): void {
    this.#answer?.([]);
  }

  #take(): Message[] {
    const messages: Message[] = [];
    for (const [channel, from] of this.#channels) {
      const events = this.#bus.after(from, channel, AT_ONCE);
      const last = events.at(-1);
      if (last) this.#channels.set(channel, last.position);
      for (const event of events) {
        if (!mayReceive(this.#org, this.userId, event.entity)) continue;
        const payload = jsonPayload(this.#org, this.#bus, event);
        messages.push({
          channel,
          data: { schema: event.schemaId, payload, event: { replayId: event.position, EventUuid: event.id } },
        });
      }
    }
    this.#org.limits.countDelivered(messages.length);
    return messages;
  }
}
