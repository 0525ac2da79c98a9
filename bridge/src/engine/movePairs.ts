import type { Engine } from './engine.ts';
import { entry, failed, GONE, type Result } from './result.ts';
import type { Decided } from './situation.ts';

/** Moves links from records that were merged in Salesforce to those that they were merged into. */
export async function movePairs(engine: Engine, items: readonly Decided<'move'>[]): Promise<Result[]> {
  const rows = items.flatMap(({ pair, link, decision }) =>
    link ? [{ id: link.id, pair: pair.pair, recordId: decision.survivorId }] : [],
  );
  const written = rows.length > 0 ? await engine.org.moveLinks(rows) : [];
  const answers = new Map(rows.map(({ id }, index) => [id, written[index]]));
  return items.map(({ pair, link, decision }) => {
    const answer = link && answers.get(link.id);
    // Somebody linked the survivor first: the next round sees that link.
    if (answer?.outcome === 'taken') return failed(engine, pair, { ...answer.failure, class: 'busy' });
    if (answer && answer.outcome !== 'done')
      return failed(engine, pair, answer.outcome === 'refused' ? answer.failure : GONE);
    const salesforceId = decision.survivorId;
    return {
      settlement: { kind: 'linked', pair, salesforceId, deskId: pair.deskId ?? '', linkId: pair.linkId },
      log: [entry({ ...pair, salesforceId }, 'info', decision.rule, 'Follows the merge in Salesforce.')],
    };
  });
}
