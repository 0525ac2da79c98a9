/** Users that are remembered. */
const MOST = 50_000;

/** Which of the users that were read are agents or administrators. */
export class KnownUsers {
  readonly #isStaff = new Map<string, boolean>();

  note(id: string, isStaff: boolean): void {
    this.#isStaff.delete(id);
    this.#isStaff.set(id, isStaff);
    const [first] = this.#isStaff.keys();
    if (this.#isStaff.size > MOST && first !== undefined) this.#isStaff.delete(first);
  }

  /** Undefined for one that was not read. */
  isStaff(id: string): boolean | undefined {
    return this.#isStaff.get(id);
  }
}
