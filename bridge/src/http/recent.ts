import type { DeskRecord, ReadSource } from '../ports/helpDesk.ts';

/** What the feed has read is as good for so long as what a search would give now. */
const FRESH_MS = 30_000;

/** Records that the feed has just read, so that the engine need not ask for them again. */
export class Recent {
  readonly #now: () => number;
  readonly #records = new Map<string, { readonly record: DeskRecord; readonly until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(records: readonly DeskRecord[]): void {
    const now = this.#now();
    // In the order of their ends: the first that is still fresh stops it.
    for (const [key, { until }] of this.#records) {
      if (until > now) break;
      this.#records.delete(key);
    }
    for (const record of records) {
      const key = `${record.pair} ${record.id}`;
      this.#records.delete(key);
      this.#records.set(key, { record, until: now + FRESH_MS });
    }
  }

  forget(pair: DeskRecord['pair'], ids: readonly string[]): void {
    for (const id of ids) this.#records.delete(`${pair} ${id}`);
  }

  /** Of the ids those whose record is fresh and trusted. */
  trusted(
    pair: DeskRecord['pair'],
    ids: readonly string[],
    isTrusted: (record: DeskRecord, source: ReadSource) => boolean,
  ): Map<string, DeskRecord> {
    const found = new Map<string, DeskRecord>();
    for (const id of ids) {
      const record = this.#take(pair, id);
      if (record && isTrusted(record, 'feed')) found.set(id, record);
    }
    return found;
  }

  /** Gives a record once: whoever asks again wants to know what it is now. */
  #take(pair: DeskRecord['pair'], id: string): DeskRecord | null {
    const key = `${pair} ${id}`;
    const found = this.#records.get(key);
    this.#records.delete(key);
    return found && found.until > this.#now() ? found.record : null;
  }
}
