import type { Logger } from 'pino';

/** Whoever stops a service kills it after ten seconds. */
const STOP_MS = 9_000;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Aborts when the process is asked to stop, in place of whatever else listens for that. An end that takes too long
 * is forced: what is under way is in the store, and the next start goes on with it.
 */
export function stopSignal(log: Logger): AbortSignal {
  const stop = new AbortController();
  for (const name of SIGNALS) {
    process.removeAllListeners(name);
    process.once(name, () => stop.abort());
  }
  stop.signal.addEventListener('abort', () => {
    setTimeout(() => {
      log.warn('the bridge did not come to its end in time and stops as it is');
      process.exit(1);
    }, STOP_MS).unref();
  });
  return stop.signal;
}
