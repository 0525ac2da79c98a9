/** How each part of the bridge is doing, for the health page and for the log. */
export type Part = {
  readonly state: 'up' | 'starting' | 'down';
  readonly since: number;
  readonly detail: string;
};

export class Health {
  readonly #parts = new Map<string, Part>();
  readonly #now: () => number;
  readonly #heard = new Map<string, number>();
  readonly #onChange: ((name: string, part: Part) => void)[];

  constructor(now: () => number, onChange: (name: string, part: Part) => void) {
    this.#now = now;
    this.#onChange = [onChange];
  }

  /** Notes a part's state; a repeat of the same is no news, another reason to be down is. */
  set(name: string, state: Part['state'], detail = ''): void {
    const before = this.#parts.get(name);
    if (before?.state === state && before.detail === detail) return;
    const part = { state, since: this.#now(), detail };
    this.#parts.set(name, part);
    if (before?.state !== state || state === 'down') for (const tell of this.#onChange) tell(name, part);
  }

  /** Calls back when a part's state has changed. */
  listen(onChange: () => void): void {
    this.#onChange.push(onChange);
  }

  /** Notes that a part has now read all that there is for it to read. */
  hear(name: string): void {
    this.#heard.set(name, this.#now());
  }

  /** When a part had last read all (milliseconds since 1970); null where it reads nothing, or never has. */
  heardAt(name: string): number | null {
    return this.#heard.get(name) ?? null;
  }

  /** Milliseconds since a part had last read all; null where it reads nothing, or never has. */
  lag(name: string): number | null {
    const heard = this.#heard.get(name);
    return heard === undefined ? null : Math.max(0, this.#now() - heard);
  }

  /** A part does not read any more, and has no delay. */
  unhear(name: string): void {
    this.#heard.delete(name);
  }

  /** Parts that this bridge does not run any more count no more. */
  forget(names: readonly string[]): void {
    for (const name of names) {
      this.#parts.delete(name);
      this.#heard.delete(name);
    }
  }

  get ready(): boolean {
    return this.#parts.size > 0 && [...this.#parts.values()].every((part) => part.state === 'up');
  }

  parts(): Readonly<Record<string, Part>> {
    return Object.fromEntries(this.#parts);
  }
}
