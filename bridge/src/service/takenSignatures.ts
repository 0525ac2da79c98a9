import { SIGNATURE_MS } from '../ports/deskHook.ts';

/**
 * The signatures of calls that were taken, for as long as they count: whoever recorded one has no use of it. Only
 * what is signed with the secret gets in, so nobody else can fill it.
 */
export class TakenSignatures {
  readonly #until = new Map<string, number>();

  /** Remembers a signature that is valid; false where it is known. `now` in milliseconds since 1970. */
  take(signature: string, now: number): boolean {
    // In the order of their ends: the first that still counts stops it.
    for (const [one, until] of this.#until) {
      if (until >= now) break;
      this.#until.delete(one);
    }
    if (this.#until.has(signature)) return false;
    // It may be dated as far ahead as the window is wide.
    this.#until.set(signature, now + 2 * SIGNATURE_MS);
    return true;
  }

  /** What was not stored may be sent again. */
  giveBack(signature: string): void {
    this.#until.delete(signature);
  }
}
