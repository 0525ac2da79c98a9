import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 50;
const PATIENCE_MS = 60_000;

/** What is waited for cannot come any more: waiting ends at once. */
export class InVain extends Error {}

/**
 * Waits until `look` gives something other than null, undefined or false, and returns it.
 * @throws after a minute, with what was waited for and the last error that `look` threw, if any
 */
export async function waitFor<T>(
  what: string | (() => string),
  look: () => T | Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + patienceMs;
  let problem: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
      problem = undefined;
    } catch (error) {
      if (error instanceof InVain) throw error;
      problem = error;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Waited ${patienceMs / 1_000} s in vain for ${typeof what === 'string' ? what : what()}`,
        problem === undefined ? {} : { cause: problem },
      );
    }
    await pause(EVERY_MS);
  }
}
