/** The longest query text that is sent; the limit of a URL is 16,384 and the text grows by its encoding. */
const LONGEST = 10_000;

/** Some ids fit beside the longest condition. */
const SHORTEST = 500;

/** A text as a SOQL literal. Whatever it holds, it stays a value. */
export function literal(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `'${escaped}'`;
}

/**
 * Splits values into lists for `IN`, each short enough for one query and with 200 values at most.
 * @param besides characters that the rest of the query has beyond the usual
 */
export function inLists(values: readonly string[], besides = 0): string[] {
  const lists: string[] = [];
  let current: string[] = [];
  let length = 0;
  for (const text of new Set(values.map(literal))) {
    if (current.length === 200 || length + text.length > Math.max(SHORTEST, LONGEST - besides)) {
      lists.push(current.join(','));
      current = [];
      length = 0;
    }
    current.push(text);
    length += text.length + 1;
  }
  if (current.length > 0) lists.push(current.join(','));
  return lists;
}
