/** Desk's search index lags behind a write by an unknown time: what is older than this is in it. */
export const LAG_MS = 2 * 60_000;
