import { decide, type Decision } from '../core/decide.ts';
import { OBJECT_OF } from '../core/pair.ts';
import { PRIORITY } from '../store/store.ts';
import { createInDesk } from './createInDesk.ts';
import { createInSalesforce } from './createInSalesforce.ts';
import { linkPairs } from './linkPairs.ts';
import { unlinkPairs } from './unlinkPairs.ts';
import { updatePairs } from './updatePairs.ts';
import type { Engine } from './engine.ts';
import { failed, type Result } from './result.ts';
import type { Decided, Loaded } from './situation.ts';

type Record = (results: readonly Result[]) => Promise<void>;

/**
 * Decides about each loaded pair and does it, all of one kind of decision together, so that the sides are
 * asked in batches. What is done is recorded before the next kind begins.
 */
export async function applyDecisions(
  engine: Engine,
  loaded: readonly Loaded[],
  record: Record,
): Promise<void> {
  const decided = loaded.map((one) => ({ ...one, decision: decide(one.situation) }));
  const of = <D extends Decision['do']>(kind: D) =>
    decided.filter(
      (one): one is Loaded & { decision: Extract<Decision, { do: D }> } => one.decision.do === kind,
    );
  await record(of('forget').map(({ pair }) => ({ settlement: { kind: 'forgotten', pair }, log: [] })));
  await record(of('park').map((one) => parked(engine, one)));
  await record(await awaitParents(engine, of('await')));
  await record(await unlinkPairs(engine, of('unlink')));
  await record(await linkPairs(engine, of('link')));
  await record(await createInSalesforce(engine, of('createInSalesforce')));
  await record(await createInDesk(engine, of('createInDesk')));
  await record(await updatePairs(engine, [...of('update'), ...of('nothing')]));
}

function parked(engine: Engine, { pair, decision }: Decided<'park'>): Result {
  const { rule, message } = decision;
  const failure = {
    class: rule === 'ambiguous' ? 'ambiguous' : rule === 'taken' ? 'duplicate' : 'validation',
    code: rule,
    message,
  } as const;
  return failed(engine, pair, failure);
}

/** Makes the missing parents due at once; the child comes back shortly after. */
async function awaitParents(engine: Engine, waiting: readonly Decided<'await'>[]): Promise<Result[]> {
  const parents = waiting.flatMap(({ decision }) => decision.parents);
  await engine.store.sight(parents, PRIORITY.live);
  return waiting.map(({ pair, decision }) => {
    const names = decision.parents.map(
      (parent) => `${parent.side === 'desk' ? parent.pair : OBJECT_OF[parent.pair]} ${parent.id}`,
    );
    return failed(engine, pair, {
      class: 'missingParent',
      code: 'PARENT_FIRST',
      message: `Waits for ${names.join(' and ')}.`,
    });
  });
}
