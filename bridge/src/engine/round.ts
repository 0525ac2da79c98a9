import { RequestFailed, type Failure } from '../core/failure.ts';
import { PAIRS } from '../core/pair.ts';
import { affordable } from '../core/spending.ts';
import type { Pair } from '../store/store.ts';
import { applyDecisions } from './apply.ts';
import type { Engine } from './engine.ts';
import { loadSituations } from './load.ts';
import { failed, type Result } from './result.ts';

/** Longer than the longest round that a live process can take; a dead one's pairs come back after it. */
const LEASE_MS = 10 * 60_000;
const PAIRS_PER_ROUND = 200;

/** Claims what is due and can be afforded, and brings it in step, parents first. Returns how many pairs it handled. */
export async function runRound(engine: Engine): Promise<number> {
  const claimed = await engine.store.claim(PAIRS_PER_ROUND, LEASE_MS, affordable(engine.org.usage()));
  for (const kind of PAIRS) {
    const pairs = claimed.filter((pair) => pair.pair === kind);
    if (pairs.length === 0) continue;
    await handle(engine, pairs);
  }
  return claimed.length;
}

/** One kind of pair: load, decide, apply, record. A request that fails as a whole fails these pairs, no others. */
async function handle(engine: Engine, pairs: readonly Pair[]): Promise<void> {
  const settled = new Set<number>();
  const record = async (results: readonly Result[]) => {
    await engine.store.settle(
      results.map(({ settlement }) => settlement),
      results.flatMap(({ log }) => log),
    );
    for (const { settlement } of results) settled.add(settlement.pair.row);
  };
  try {
    const { situations, results } = await loadSituations(engine, pairs);
    await record(results);
    await applyDecisions(engine, situations, record);
  } catch (error) {
    const failure = asFailure(error);
    const rest = pairs.filter((pair) => !settled.has(pair.row));
    await record(rest.map((pair) => failed(engine, pair, failure)));
  }
}

/** A failure that no client classified is a bug of ours: the pair is parked with it, and the rest goes on. */
function asFailure(error: unknown): Failure {
  if (error instanceof RequestFailed) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { class: 'bug', code: 'INTERNAL', message };
}
