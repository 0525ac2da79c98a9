import { OBJECT_OF, type PairKind } from '../core/pair.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';
import { LONGEST_CHAIN } from './findSurvivors.ts';

/**
 * Of records in Salesforce that have no counterpart: those that were merged into them and have one to hand on, or of
 * which one may just have been made, by the id of the one that took them in. The survivor may be seen long before the
 * others' deletion is, and would be made in Desk anew.
 */
export async function findTakenIn(
  engine: Engine,
  kind: PairKind,
  pairs: readonly Pair[],
  present: ReadonlyMap<string, SalesforceRecord>,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  // Cases are new all the time and seldom merged into one that nobody has seen: asking for each would cost too much.
  if (kind === 'case') return found;
  // Of one with an intent there may be a record in Desk already: that one is found first.
  const alone = pairs.flatMap(({ salesforceId, deskId, intent }) =>
    salesforceId !== null && deskId === null && intent === null && present.has(salesforceId)
      ? [salesforceId]
      : [],
  );
  let survivorOf = new Map(alone.map((id) => [id, id]));
  for (let step = 0; step < LONGEST_CHAIN && survivorOf.size > 0; step += 1) {
    const merged = await engine.org.mergedInto(OBJECT_OF[kind], [...survivorOf.keys()]);
    if (merged.size === 0) break;
    const known = await engine.store.pairsOf(kind, 'salesforce', [...merged.keys()]);
    const next = new Map<string, string>();
    for (const [from, into] of merged) {
      const survivor = survivorOf.get(into) ?? into;
      next.set(from, survivor);
      if (handsOn(known.get(from))) found.set(survivor, [...(found.get(survivor) ?? []), from]);
    }
    survivorOf = next;
  }
  return found;
}

function handsOn(pair: Pair | undefined): boolean {
  if (!pair || pair.state === 'unlinked') return false;
  return pair.deskId !== null || pair.intent?.do === 'make';
}
