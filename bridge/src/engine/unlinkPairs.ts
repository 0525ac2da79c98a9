import { DELETED, deleteOthers } from './deleteOthers.ts';
import type { Decided } from './situation.ts';
import type { Engine } from './engine.ts';
import { answerTo, entry, failed, type Result } from './result.ts';
import { tellLinks } from './tellLinks.ts';

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
  const refused = await tellLinks(
    engine,
    items.map(({ pair, link, decision }) => ({
      pair,
      linkId: link?.id ?? null,
      change: {
        status: 'Unlinked',
        lastError: WHY[decision.rule],
        failureCause: GONE.has(decision.rule) ? 'gone' : null,
        ...answerTo(pair),
      },
    })),
  );
  const told = items.filter(({ pair }) => !refused.has(pair.row));
  const deletions = await deleteOthers(engine, told);
  return items.map(({ pair, decision }) => {
    const failure = refused.get(pair.row);
    if (failure) return failed(engine, pair, failure);
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
