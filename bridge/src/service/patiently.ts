import { Wake } from './wake.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

export type Patience = {
  /** Whether it can help to try again after this error; any other is thrown. */
  readonly mayPass: (error: unknown) => boolean;
  readonly onFailure: (message: string) => void;
  readonly signal: AbortSignal;
};

/**
 * Does what a start cannot do without, again and again with growing pauses until it succeeds.
 * @throws what may not pass, and the last error when the signal aborts
 */
export async function patiently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { mayPass, onFailure, signal } = patience;
  const pauses = new Wake();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
      onFailure(error instanceof Error ? error.message : String(error));
      await pauses.wait(pause, signal);
      if (signal.aborted) throw error;
    }
  }
}
