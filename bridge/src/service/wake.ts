/** A timer that is set for longer goes off at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Something that a loop waits for: a ring that wakes it early, a time-out, or the end of the service. */
export class Wake {
  #rung = false;
  #resolve: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#resolve?.();
  }

  /** Resolves at the next ring (at once if one came since the last wait), after `ms`, or when `signal` aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(ms, LONGEST_MS));
        signal.addEventListener('abort', done);
        this.#resolve = done;
      });
      this.#resolve = null;
    }
    this.#rung = false;
  }
}
