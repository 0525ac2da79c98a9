import { setTimeout as pause } from 'node:timers/promises';
import type { RateState } from '../ports/helpDesk.ts';

export type Clock = {
  readonly now: () => number;
  /** Rejects when the signal aborts: whoever waits for a minute must not hold up an end. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
};
export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  wait: (ms, signal) => pause(ms, undefined, signal ? { signal } : {}),
};

/**
 * Of the requests that a minute allows, this share is used. What other clients of the site use each answer tells, and
 * it is left to them; the rest is for what they ask for in between.
 */
const SHARE = 0.97;
const WINDOW_MS = 60_000;
const LONGEST_WINDOW_S = 3_600;
/** Before the first answer has told the limit: the smallest that Desk gives. */
const FIRST_LIMIT = 60;

/**
 * Desk's requests-a-minute, kept by waiting before a request instead of learning from a refusal. The window
 * is Desk's own: each answer tells what is left of it and when the next begins.
 */
export class Budget {
  readonly #clock: Clock;
  #limit = FIRST_LIMIT;
  #windowEnd = 0;
  #left = 0;
  #sharers = 1;
  #windowMs = WINDOW_MS;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Bridges that share the limit: each keeps to its part, so that together they need no refusal to learn of it. */
  shareAmong(bridges: number): void {
    this.#sharers = Math.max(1, bridges);
    this.#left = Math.min(this.#left, this.#part);
  }

  get state(): RateState {
    return { limit: this.#limit, left: this.#left, windowEndsAt: this.#windowEnd };
  }

  get #part(): number {
    return Math.max(1, Math.floor((this.#limit * SHARE) / this.#sharers));
  }

  /** Resolves when a request may be sent, and counts it. */
  async take(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      // An end that lies further ahead than any window is long: our own clock was set back.
      if (now >= this.#windowEnd || this.#windowEnd - now > this.#windowMs) {
        this.#windowMs = WINDOW_MS;
        this.#windowEnd = now + WINDOW_MS;
        this.#left = this.#part;
      }
      if (this.#left > 0) {
        this.#left -= 1;
        return;
      }
      await this.#clock.wait(this.#windowEnd - now, signal);
    }
  }

  /**
   * Corrects the budget by what an answer told: the limit, what is left, and the seconds to the next window, which
   * is the one that is known where the answer does not say.
   */
  correct(limit: number, remaining: number, told: number): void {
    const now = this.#clock.now();
    const resetSeconds = Number.isNaN(told) ? Math.max(0, this.#windowEnd - now) / 1_000 : told;
    if (![limit, remaining, resetSeconds].every(Number.isFinite) || limit < 1) return;
    // A window that cannot be meant would hold up every request until its end.
    if (resetSeconds < 0 || resetSeconds > LONGEST_WINDOW_S) return;
    const known = this.#limit;
    this.#limit = limit;
    const end = now + resetSeconds * 1_000;
    const reserve = Math.ceil(limit * (1 - SHARE));
    const left = Math.max(0, remaining - reserve);
    const sameWindow = Math.abs(end - this.#windowEnd) <= 1_500;
    // Within one window only a larger limit can give more; answers that overtook one another must not.
    this.#left = Math.min(sameWindow && limit === known ? this.#left : this.#part, left);
    this.#windowMs = Math.max(WINDOW_MS, resetSeconds * 1_000);
    this.#windowEnd = end;
  }
}
