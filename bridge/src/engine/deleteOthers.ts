import type { Failure } from '../core/failure.ts';
import { OBJECT_OF } from '../core/pair.ts';
import type { Engine } from './engine.ts';
import { entry, type Result } from './result.ts';
import type { Decided } from './situation.ts';

/** The rule of an entry that tells of a deletion that was made. */
export const DELETED = 'deleted';

/** What an entry of the log says of one deletion, by the row of its pair. */
type Said = Map<number, Result['log']>;

/**
 * Deletes the other record of pairs that lost one, where their rule says so: in Salesforce it goes to the recycle bin, in
 * Desk to where deleted cases are kept. A pair that was just relinked, or that its rule leaves out, keeps its record. What
 * is refused is said, and stays.
 */
export async function deleteOthers(engine: Engine, items: readonly Decided<'unlink'>[]): Promise<Said> {
  const said: Said = new Map();
  const due = items.filter(({ pair }) => pair.state === 'inStep' || pair.state === 'failing');
  const inSalesforce = due.filter(({ decision }) => decision.deletes === 'salesforce');
  const ids = inSalesforce.map(({ pair }) => pair.salesforceId ?? '');
  const answers = ids.length > 0 ? await engine.org.remove(ids) : [];
  inSalesforce.forEach(({ pair }, index) => {
    const answer = answers[index];
    const failure = answer?.outcome === 'refused' || answer?.outcome === 'taken' ? answer.failure : null;
    said.set(pair.row, [deleted(pair, `${OBJECT_OF[pair.pair]} in Salesforce`, failure)]);
  });
  const inDesk = due.filter(({ decision }) => decision.deletes === 'desk');
  const caseIds = inDesk.map(({ pair }) => pair.deskId ?? '');
  const removals = caseIds.length > 0 ? await engine.desk.remove(caseIds) : [];
  inDesk.forEach(({ pair }, index) => {
    const answer = removals[index];
    const failure = answer?.outcome === 'refused' ? answer.failure : null;
    said.set(pair.row, [deleted(pair, `${pair.pair} in Desk`, failure)]);
  });
  return said;
}

function deleted(pair: Decided['pair'], what: string, failure: Failure | null): Result['log'][number] {
  return failure
    ? entry(
        pair,
        'error',
        'notDeleted',
        `The ${what} could not be deleted: ${failure.code}: ${failure.message}`,
      )
    : entry(pair, 'info', DELETED, `Deleted the ${what}, as the rule of the pair says.`);
}
