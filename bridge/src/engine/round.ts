import { canRetry, RequestFailed, type Failure, type FailureClass } from '../core/failure.ts';
import { PAIRS } from '../core/pair.ts';
import { affordable } from '../core/spending.ts';
import { StoreIsNewer } from '../store/floor.ts';
import type { Pair } from '../store/store.ts';
import { applyDecisions } from './apply.ts';
import { LEASE_MS, type Engine } from './engine.ts';
import { loadSituations } from './load.ts';
import { failed, failing, type Result } from './result.ts';
import { tellLinks } from './tellLinks.ts';

const PAIRS_PER_ROUND = 400;
/** Of those that may have been written already, by a bridge that was killed or with an answer that was lost. */
const DOUBTED_AT_ONCE = 50;
/** Enough to find three of 400; where all fail alike, the search ends soon. */
const MOST_SPLITS = 24;
/** What Salesforce says of a field that was deleted, or that the user may not see. */
const UNKNOWN_FIELD = 'INVALID_FIELD';
const OF_A_SIDE: ReadonlySet<FailureClass> = new Set(['auth', 'network', 'rateLimit', 'busy']);

/** Claims what is due and can be afforded, and brings it in step, parents first. Returns how many pairs it handled. */
export async function runRound(engine: Engine): Promise<number> {
  const claimed = await engine.store.claim(PAIRS_PER_ROUND, LEASE_MS, affordable(engine.org.usage()));
  for (const kind of PAIRS) {
    const pairs = claimed.filter((pair) => pair.pair === kind);
    for (const part of partsOf(pairs)) await handle(engine, part, { left: MOST_SPLITS });
  }
  return claimed.length;
}

/**
 * What may have been written is read in Desk one by one: in small parts, the first of it is brought in step soon. It
 * comes before the others: one that was merged hands on what was made of it before its survivor looks for that.
 */
function partsOf(pairs: readonly Pair[]): Pair[][] {
  const doubted = pairs.filter(({ intent }) => intent !== null);
  const parts: Pair[][] = [];
  for (let from = 0; from < doubted.length; from += DOUBTED_AT_ONCE)
    parts.push(doubted.slice(from, from + DOUBTED_AT_ONCE));
  const sure = pairs.filter(({ intent }) => intent === null);
  return sure.length > 0 ? [...parts, sure] : parts;
}

/**
 * One kind of pair: load, decide, apply, record. A request that fails as a whole fails these pairs, no others;
 * where one record may be the cause, the pairs are halved until it is alone with it.
 */
async function handle(engine: Engine, pairs: readonly Pair[], splits: { left: number }): Promise<void> {
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
    // These pairs are in the hands of newer bridges now.
    if (error instanceof StoreIsNewer) throw error;
    const failure = asFailure(error);
    if (failure.code === UNKNOWN_FIELD) engine.doubtConfig();
    const rest = pairs.filter((pair) => !settled.has(pair.row));
    if (rest.length > 1 && splits.left > 0 && mayBeOfOne(failure)) {
      splits.left -= 1;
      const middle = Math.ceil(rest.length / 2);
      for (const half of [rest.slice(0, middle), rest.slice(middle)]) await handle(engine, half, splits);
      return;
    }
    // What a whole side is in trouble with shows on the bridge's health, and is over for all at once.
    const untold = mayBeOfOne(failure)
      ? await tellFailure(engine, rest, failure)
      : new Map<number, Failure>();
    await record(rest.map((pair) => failed(engine, pair, untold.get(pair.row) ?? failure)));
  }
}

/** Says on the links why their pairs fail, as far as Salesforce lets us; returns what it will let us say later. */
async function tellFailure(
  engine: Engine,
  pairs: readonly Pair[],
  failure: Failure,
): Promise<ReadonlyMap<number, Failure>> {
  const change = failing(failure);
  try {
    const untold = await tellLinks(
      engine,
      pairs.map((pair) => ({ pair, linkId: pair.linkId, change })),
    );
    return new Map([...untold].filter(([, refusal]) => canRetry(refusal)));
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    return new Map();
  }
}

/** False where the whole of a side is in trouble. An error 500 is what one record is answered with that a side chokes on. */
function mayBeOfOne({ class: name, code }: Failure): boolean {
  return !OF_A_SIDE.has(name) || code === 'HTTP 500';
}

/** A failure that no client classified is a bug of ours: the pair is parked with it, and the rest goes on. */
function asFailure(error: unknown): Failure {
  if (error instanceof RequestFailed) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { class: 'bug', code: 'INTERNAL', message };
}
