/** How many letters must be put in, taken out, changed or swapped with the next to make one word of the other. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const change = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      const isSwap = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      const swap = isSwap ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, change, swap));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A name as it is compared: without case, and without what tells custom fields. */
const bare = (name: string) => name.toLowerCase().replace(/__[cr]$|^custom_fields\.|_|\s/g, '');

/** The name that was probably meant; null where none is near. */
export function closest(name: string, names: readonly string[]): string | null {
  const meant = bare(name).slice(0, 100);
  const near = Math.max(1, Math.floor(meant.length / 3));
  let best: { name: string; off: number } | null = null;
  for (const candidate of names) {
    const off = distance(meant, bare(candidate));
    if (off <= near && off < (best?.off ?? Infinity)) best = { name: candidate, off };
  }
  return best?.name ?? null;
}

/** ` Did you mean X?`, or nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const found = closest(name, names);
  return found === null ? '' : ` Did you mean ${found}?`;
}
