/** A change on its way: of which record, the how manieth, and when it was to be made (ms of `performance.now`). */
type Change = { readonly record: string; readonly number: number; readonly at: number };

/**
 * What was changed on one side and has not reached the other. A later state of a record brings the earlier changes
 * with it: they have arrived when it has.
 */
export class Arrivals {
  readonly #underway = new Map<string, Change[]>();
  #count = 0;
  /** When each change arrived, in order, and how long it took; ms. */
  readonly arrived: { readonly at: number; readonly took: number }[] = [];

  left(change: Change): void {
    const before = this.#underway.get(change.record);
    if (before) before.push(change);
    else this.#underway.set(change.record, [change]);
    this.#count += 1;
  }

  /** The other side of that record holds the state after that change now. */
  came(record: string, number: number): void {
    const underway = this.#underway.get(record);
    if (!underway) return;
    const at = performance.now();
    const done = underway.filter((change) => change.number <= number);
    this.#underway.set(
      record,
      underway.filter((change) => change.number > number),
    );
    for (const change of done) this.arrived.push({ at, took: at - change.at });
    this.#count -= done.length;
  }

  get underway(): number {
    return this.#count;
  }
}
