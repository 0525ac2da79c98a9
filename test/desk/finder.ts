type Numbered = { readonly id: number };

/** The record with that id, of records in the order of their ids, as all tables are. */
export function byId<T extends Numbered>(records: readonly T[], id: number): T | undefined {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.id ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return records[low]?.id === id ? records[low] : undefined;
}

/** Finds records of a table by other keys, without a look at all of them. */
export class Finder<T extends Numbered> {
  readonly #table: () => readonly T[];
  readonly #keysOf: (record: T) => readonly string[];
  readonly #keys = new Map<T, readonly string[]>();
  readonly #records = new Map<string, Set<T>>();

  constructor(table: () => readonly T[], keysOf: (record: T) => readonly string[]) {
    this.#table = table;
    this.#keysOf = keysOf;
  }

  /** To be told of each record that is new, or that may have other keys now. */
  put(record: T): void {
    for (const key of this.#keys.get(record) ?? []) this.#records.get(key)?.delete(record);
    const keys = this.#keysOf(record);
    this.#keys.set(record, keys);
    for (const key of keys) {
      const known = this.#records.get(key);
      if (known) known.add(record);
      else this.#records.set(key, new Set([record]));
    }
  }

  /** The oldest record of the table that has the key, but for `other`. */
  first(key: string, other: T | null = null): T | undefined {
    let first: T | undefined;
    for (const record of this.#records.get(key) ?? [])
      if (
        record !== other &&
        record.id < (first?.id ?? Infinity) &&
        byId(this.#table(), record.id) === record
      )
        first = record;
    return first;
  }
}
