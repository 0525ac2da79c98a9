/** Who is asked to come back later than tomorrow comes back tomorrow: a wrong header must not stop a record for good. */
const LONGEST_S = 86_400;

/** What a header says of the seconds to wait, as a part of a failure; nothing where it says nothing that can be meant. */
export function retryAfter(header: string | null): { readonly retryAfterMs?: number } {
  // Number(null) is 0: without a header there is nothing said, not no time to wait.
  const seconds = header === null ? Number.NaN : Number(header);
  return seconds >= 0 ? { retryAfterMs: Math.min(seconds, LONGEST_S) * 1_000 } : {};
}
