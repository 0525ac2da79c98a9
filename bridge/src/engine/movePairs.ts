import { PARENT_FIRST, type Failure } from '../core/failure.ts';
import type { Written } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import { LEASE_MS, type Engine } from './engine.ts';
import { entry, failed, GONE, type Result } from './result.ts';
import type { Decided } from './situation.ts';

/**
 * Moves links from records that were merged in Salesforce to those that they were merged into. These are reserved
 * first: one that is being made in Desk at this moment gets that counterpart, and what was merged into it is unlinked.
 */
export async function movePairs(engine: Engine, items: readonly Decided<'move'>[]): Promise<Result[]> {
  const halves = await reserveSurvivors(engine, items);
  const rows = items.flatMap(({ pair, link, decision }) =>
    link && halves.has(decision.survivorId)
      ? [{ id: link.id, pair: pair.pair, recordId: decision.survivorId }]
      : [],
  );
  const written = rows.length > 0 ? await engine.org.moveLinks(rows) : [];
  const answers = new Map(rows.map(({ id }, index) => [id, written[index]]));
  return items.flatMap(({ pair, link, decision }): Result[] => {
    const half = halves.get(decision.survivorId);
    if (!half) return [failed(engine, pair, beingLinked(decision.survivorId))];
    const failure = failureOf(link && answers.get(link.id));
    if (failure)
      return [failed(engine, pair, failure), failed(engine, half, beingLinked(pair.salesforceId ?? ''))];
    const salesforceId = decision.survivorId;
    return [
      {
        settlement: { kind: 'linked', pair, salesforceId, deskId: pair.deskId ?? '', linkId: pair.linkId },
        log: [entry({ ...pair, salesforceId }, 'info', decision.rule, 'Follows the merge in Salesforce.')],
      },
    ];
  });
}

function failureOf(answer: Written | null | undefined): Failure | null {
  if (!answer || answer.outcome === 'done') return null;
  // Somebody linked the survivor first: the next round sees that link.
  if (answer.outcome === 'taken') return { ...answer.failure, class: 'busy' };
  return answer.outcome === 'refused' ? answer.failure : GONE;
}

const beingLinked = (id: string): Failure => ({
  class: 'missingParent',
  code: PARENT_FIRST,
  message: `Waits for ${id}, which is being linked.`,
});

async function reserveSurvivors(
  engine: Engine,
  items: readonly Decided<'move'>[],
): Promise<ReadonlyMap<string, Pair>> {
  const [first] = items;
  if (!first) return new Map();
  const ids = items.map(({ decision }) => decision.survivorId);
  const halves = await engine.store.reserve(first.pair.pair, ids, LEASE_MS);
  return new Map(halves.map((half) => [half.salesforceId ?? '', half]));
}
