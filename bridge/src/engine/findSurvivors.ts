import { OBJECT_OF, type PairKind } from '../core/pair.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';

/** A survivor may itself have been merged meanwhile: so many times it is followed. */
export const LONGEST_CHAIN = 5;

type Survivor = { readonly id: string; readonly linked: boolean };

/** Of linked pairs whose record in Salesforce is gone: what it was merged into, by its id. */
export async function findSurvivors(
  engine: Engine,
  kind: PairKind,
  pairs: readonly Pair[],
  present: ReadonlyMap<string, SalesforceRecord>,
): Promise<Map<string, Survivor>> {
  const gone = pairs.flatMap(({ salesforceId, deskId }) =>
    salesforceId !== null && deskId !== null && !present.has(salesforceId) ? [salesforceId] : [],
  );
  const lasts = await followMerges(engine, kind, gone);
  const found = new Map<string, Survivor>();
  if (lasts.size === 0) return found;
  const linkOf = new Map(pairs.map(({ salesforceId, linkId }) => [salesforceId, linkId]));
  const taken = await linkedAlready(engine, kind, [...lasts.values()]);
  for (const [from, id] of lasts) {
    const by = taken.get(id);
    // Its own link leads there already when a bridge died just after it had moved it.
    found.set(from, { id, linked: by !== undefined && (by === null || by !== linkOf.get(from)) });
    // Two that were merged into the same one: the first takes it.
    taken.set(id, null);
  }
  return found;
}

/** Of records that are gone: what they have become a part of by merges, however many there were. */
export async function followMerges(
  engine: Engine,
  kind: PairKind,
  gone: readonly string[],
): Promise<Map<string, string>> {
  const heirs = new Map<string, string>();
  for (let step = 0, ids = gone; step < LONGEST_CHAIN && ids.length > 0; step += 1) {
    const next = await engine.org.survivors(OBJECT_OF[kind], ids);
    for (const [from, to] of next) heirs.set(from, to);
    ids = [...next.values()];
  }
  return new Map(gone.flatMap((id) => (heirs.has(id) ? [[id, last(heirs, id)] as const] : [])));
}

function last(heirs: ReadonlyMap<string, string>, id: string): string {
  let current = id;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) current = heirs.get(current) ?? current;
  return current;
}

/** Records that have a link, with its id; null where the store knows of another pair of theirs. */
async function linkedAlready(
  engine: Engine,
  kind: PairKind,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const known = await engine.store.counterparts(kind, 'salesforce', ids);
  const unlinked = await engine.store.unlinked(kind, 'salesforce', ids);
  const links = await engine.org.findLinks('recordId', ids);
  return new Map([
    ...links.map(({ recordId, id }) => [recordId, id] as const),
    ...[...known.keys(), ...unlinked].map((id) => [id, null] as const),
  ]);
}
