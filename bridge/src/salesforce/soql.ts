/** The longest query, as it is sent; the limit of a URL is 16,384, and host and path take some of it. */
const LONGEST = 15_000;
/** For what stands around a list where nothing is said of it. */
const RESERVED = 2_000;

/** As many as a round of the engine takes. */
const MOST = 400;

/** A text as a SOQL literal. Whatever it holds, it stays a value. */
export function literal(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `'${escaped}'`;
}

/** How long a text is within a URL. */
const sentLength = (text: string) => encodeURIComponent(text).replaceAll("'", '%27').length;

/** How much of a query is left for a list, as it is sent; `around` is the rest of the query. */
export function roomFor(around: string): number {
  return LONGEST - sentLength(around);
}

/**
 * Splits values into lists for `IN`, each short enough for one query and with 400 values at most. `around` is the
 * query without its list, where it may be long.
 */
export function inLists(values: readonly string[], around?: string): string[] {
  const room = around === undefined ? LONGEST - RESERVED : roomFor(around);
  const lists: string[] = [];
  let current: string[] = [];
  let length = 0;
  for (const text of new Set(values.map(literal))) {
    const size = sentLength(`${text},`);
    if (current.length === MOST || (length + size > room && current.length > 0)) {
      lists.push(current.join(','));
      current = [];
      length = 0;
    }
    current.push(text);
    length += size;
  }
  if (current.length > 0) lists.push(current.join(','));
  return lists;
}
