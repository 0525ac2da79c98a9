const SMALL: ReadonlySet<string> = new Set(['Professional Edition', 'Essentials Edition']);

/** How many flows of one kind an edition may have, active or in all. */
export function flowLimit(edition: string): number {
  return SMALL.has(edition) ? 5 : Number.POSITIVE_INFINITY;
}
