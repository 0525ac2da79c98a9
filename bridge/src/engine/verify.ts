import { decide } from '../core/decide.ts';
import { explainDecision, type Explanation } from '../core/explainDecision.ts';
import { PAIRS } from '../core/pair.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';
import { loadSituations } from './load.ts';

/** A pair that is taken for in step and is not, and why. */
export type Difference = {
  readonly pair: Pair['pair'];
  readonly salesforceId: string | null;
  readonly deskId: string | null;
  readonly explanation: Explanation;
};

/**
 * Compares linked pairs anew, whatever the inbox says: reads both sides and decides as a round does. What would be
 * done about a pair is what is wrong with it. Writes nothing.
 */
export async function verifyPairs(engine: Engine, pairs: readonly Pair[]): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const kind of PAIRS) {
    const ofKind = pairs.filter((pair) => pair.pair === kind).map((pair) => ({ ...pair, asked: null }));
    if (ofKind.length === 0) continue;
    const { situations } = await loadSituations(engine, ofKind, { thorough: true });
    for (const { pair, situation } of situations) {
      const decision = decide(situation);
      if (decision.do === 'nothing' || isSaid(decision)) continue;
      const { salesforceId, deskId } = pair;
      differences.push({ pair: kind, salesforceId, deskId, explanation: explainDecision(decision) });
    }
  }
  return differences;
}

/** A case that Desk has closed differs for good, and its link says so. */
function isSaid(decision: ReturnType<typeof decide>): boolean {
  return (
    decision.do === 'update' &&
    decision.rule === 'deskClosed' &&
    Object.keys(decision.toSalesforce).length === 0
  );
}
