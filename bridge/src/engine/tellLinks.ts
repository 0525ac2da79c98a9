import type { Failure } from '../core/failure.ts';
import type { LinkChange, Written } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';

type Telling = {
  readonly pair: Pair;
  /** Null where the pair has no link yet; then there is nothing to say it on. */
  readonly linkId: string | null;
  readonly change: LinkChange;
};

/**
 * Writes what links are to say of their pairs. Returns, by the pair's row, why Salesforce refused it: such a pair has
 * to come again, or its link would go on saying what was true before.
 */
export async function tellLinks(
  engine: Engine,
  tellings: readonly Telling[],
): Promise<ReadonlyMap<number, Failure>> {
  const rows = tellings.flatMap(({ pair, linkId, change }) =>
    linkId === null ? [] : [{ row: pair.row, id: linkId, change }],
  );
  const written = rows.length > 0 ? await engine.org.updateLinks(rows) : [];
  return refusals(rows, written);
}

/** Of rows of links that were written, by the pair's row, why some were not. A link that is gone has nothing to say. */
export function refusals(
  rows: readonly { readonly row: number }[],
  written: readonly Written[],
): ReadonlyMap<number, Failure> {
  return new Map(
    rows.flatMap(({ row }, index) => {
      const answer = written[index];
      if (answer?.outcome === 'refused') return [[row, answer.failure] as const];
      // Somebody linked the record first: the next round sees that link.
      if (answer?.outcome === 'taken') return [[row, { ...answer.failure, class: 'busy' }] as const];
      return [];
    }),
  );
}
