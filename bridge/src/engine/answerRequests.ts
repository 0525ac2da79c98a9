import type { PairKind } from '../core/pair.ts';
import type { LinkChange } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';
import { entry, failed, type Result } from './result.ts';
import { refusals, tellLinks } from './tellLinks.ts';

const UNLINKED_ON_REQUEST = 'Unlinked on request. Relink it to sync it again.';
const RELINK_FIRST = 'This pair is unlinked. Relink it first.';

/**
 * Answers what was asked for on links, as far as it ends here: an unlink, a relink, a sync of what is
 * unlinked. A sync of a linked pair goes the way of every change, and its link is written at the end.
 */
export async function answerRequests(engine: Engine, pairs: readonly Pair[]): Promise<Result[]> {
  const results: Result[] = [];
  const changes: { pair: Pair; linkId: string | null; change: LinkChange }[] = [];
  const moves: { row: number; id: string; pair: PairKind; recordId: string }[] = [];
  const answer = (pair: Pair, change: LinkChange) => {
    changes.push({ pair, linkId: pair.linkId, change: { ...change, requestedAction: null } });
  };
  for (const pair of pairs) {
    const { asked, salesforceId, deskId, linkId } = pair;
    const linked = salesforceId !== null && deskId !== null;
    if (asked === 'Unlink' && linked) {
      answer(pair, { status: 'Unlinked', lastError: UNLINKED_ON_REQUEST, failureCause: null });
      results.push({
        settlement: { kind: 'unlinked', pair, reason: 'asked' },
        log: [entry(pair, 'info', 'unlink', UNLINKED_ON_REQUEST)],
      });
    } else if (asked === 'Relink' && linked && pair.state === 'unlinked') {
      // A record that was deleted has lost its place on the link.
      if (linkId !== null) moves.push({ row: pair.row, id: linkId, pair: pair.pair, recordId: salesforceId });
      results.push({
        settlement: { kind: 'linked', pair, salesforceId, deskId, linkId },
        log: [entry(pair, 'info', 'relink', 'Relinked on request.')],
      });
    } else if (pair.state === 'unlinked') {
      answer(pair, { lastError: RELINK_FIRST });
      results.push({ settlement: { kind: 'unlinked', pair, reason: 'asked' }, log: [] });
    }
  }
  const moved = moves.length > 0 ? await engine.org.moveLinks(moves) : [];
  const refused = new Map([...refusals(moves, moved), ...(await tellLinks(engine, changes))]);
  return results.map((result) => {
    const { pair } = result.settlement;
    const failure = refused.get(pair.row);
    return failure ? failed(engine, pair, failure) : result;
  });
}
