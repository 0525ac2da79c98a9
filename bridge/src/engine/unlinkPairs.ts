import { DELETED, deleteOthers } from './deleteOthers.ts';
import type { Decided } from './situation.ts';
import type { Engine } from './engine.ts';
import { answerTo, entry, type Result } from './result.ts';

const WHY = {
  goneInSalesforce: 'The record in Salesforce was deleted. The pair is not synced any more.',
  goneInDesk: 'The record in Desk was deleted. The pair is not synced any more.',
  mergedIntoLinked:
    'The record in Salesforce was merged into one that is in step with another of Desk. Merge the two in Desk as well.',
  becamePerson:
    'The account is a person now and is synced as a customer. The company in Desk stays as it is and is not synced any more.',
  goneInBoth: 'Both records were deleted.',
} as const;

const GONE: ReadonlySet<keyof typeof WHY> = new Set(['goneInSalesforce', 'goneInDesk', 'goneInBoth']);

/** Ends the sync of pairs that lost a record, and says so on the link. The other one goes only where a rule says so. */
export async function unlinkPairs(engine: Engine, items: readonly Decided<'unlink'>[]): Promise<Result[]> {
  const rows = items.flatMap(({ pair, link, decision }) =>
    link
      ? [
          {
            id: link.id,
            change: {
              status: 'Unlinked',
              lastError: WHY[decision.rule],
              failureCause: GONE.has(decision.rule) ? 'gone' : null,
              ...answerTo(pair),
            } as const,
          },
        ]
      : [],
  );
  if (rows.length > 0) await engine.org.updateLinks(rows);
  const deletions = await deleteOthers(engine, items);
  return items.map(({ pair, decision }) => {
    const said = deletions.get(pair.row) ?? [];
    const deleted = said.some(({ rule }) => rule === DELETED);
    return {
      settlement: {
        kind: 'unlinked',
        pair,
        reason: decision.rule,
        wrote: deleted && decision.deletes ? [decision.deletes] : [],
      },
      log: [entry(pair, 'warn', decision.rule, WHY[decision.rule]), ...said],
    };
  });
}
