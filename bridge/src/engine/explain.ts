import { decide } from '../core/decide.ts';
import { explainDecision, type Explanation } from '../core/explainDecision.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';
import { loadSituations } from './load.ts';

/** What the bridge would do about a pair now, and why: loads and decides as a round does, and applies nothing. */
export async function explain(engine: Engine, pair: Pair): Promise<Explanation> {
  if (pair.state === 'unlinked')
    return {
      action: 'nothing',
      rule: 'unlinked',
      text: 'The pair is unlinked: nothing crosses until it is relinked.',
      details: [],
    };
  const { situations, results } = await loadSituations(engine, [{ ...pair, asked: null }], {
    thorough: true,
  });
  const [loaded] = situations;
  if (loaded) return explainDecision(decide(loaded.situation));
  const [result] = results;
  return {
    action: 'link',
    rule: result?.log[0]?.rule ?? 'adopted',
    text: 'Its link is in Salesforce already and would be taken over.',
    details: [],
  };
}
