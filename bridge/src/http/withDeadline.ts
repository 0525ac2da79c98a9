/**
 * One exchange, aborted when its time (milliseconds) is up or the signal says so. With its end both are let go: a
 * signal of `AbortSignal.timeout` lives until its time has come, and two minutes of requests are many.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  exchange: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const late = () => stop.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  const timer = setTimeout(late, timeoutMs);
  const end = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  try {
    return await exchange(stop.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}
