import { decide, type Decision } from '../core/decide.ts';
import type { Pair } from '../store/store.ts';
import { PARENT_EXCLUDED, PARENT_FAILS, PARENT_FIRST, type Failure } from '../core/failure.ts';
import type { Parent, SideName } from '../core/mergeFields.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../core/pair.ts';
import { PRIORITY } from '../core/spending.ts';
import { contactInAccount } from '../core/personAccounts.ts';
import { excludePairs } from './excludePairs.ts';
import { createInDesk } from './createInDesk.ts';
import { createInSalesforce } from './createInSalesforce.ts';
import { syncConversations } from './syncConversations.ts';
import { forgetPairs } from './forgetPairs.ts';
import { linkPairs } from './linkPairs.ts';
import { movePairs } from './movePairs.ts';
import { unlinkPairs } from './unlinkPairs.ts';
import { updatePairs } from './updatePairs.ts';
import type { Engine } from './engine.ts';
import { failed, type Result } from './result.ts';
import type { Decided, Loaded } from './situation.ts';

/** A parent that comes back wakes its children; this is for what nobody tells of. */
const PARENT_AGAIN_MS = 6 * 3_600_000;

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
  const all = loaded.map((one) => ({ ...one, decision: decide(one.situation) }));
  // What another pair moves to is that pair's record from now on, and no new one.
  const survivors = new Set(all.map(({ decision }) => (decision.do === 'move' ? decision.survivorId : null)));
  const decided = all.filter(
    // One that may have been made in Desk already is to be found there first.
    ({ pair }) => pair.deskId !== null || pair.intent !== null || !survivors.has(pair.salesforceId),
  );
  const of = <D extends Decision['do']>(kind: D) =>
    decided.filter(
      (one): one is Loaded & { decision: Extract<Decision, { do: D }> } => one.decision.do === kind,
    );
  await sightPersons(engine, [...of('forget'), ...of('unlink')]);
  await record(await forgetPairs(engine, of('forget')));
  await record(of('park').map((one) => parked(engine, one)));
  await record(await excludePairs(engine, of('exclude')));
  await record(await awaitParents(engine, of('await')));
  await record(await awaitMerged(engine, of('inherit')));
  await record(await unlinkPairs(engine, of('unlink')));
  await record(await movePairs(engine, of('move')));
  const linked = await linkPairs(engine, of('link'));
  await record(linked);
  await record(await createInSalesforce(engine, of('createInSalesforce')));
  // What a record of Desk was linked to just now is no half any more.
  const taken = new Set<string | null>(linked.map(({ settlement }) => linkedIn(settlement)));
  const alone = of('createInDesk').filter(({ pair }) => !taken.has(pair.salesforceId));
  await record(await createInDesk(engine, alone));
  const compared = [...of('update'), ...of('nothing')];
  await engine.store.sight(
    compared.flatMap(({ decision }) => decision.awaits),
    PRIORITY.live,
  );
  const updated = await updatePairs(engine, compared);
  await record(await syncConversations(engine, decided, updated));
}

const linkedIn = (settlement: Result['settlement']) =>
  settlement.kind === 'linked' ? settlement.salesforceId : null;

/** An account that turns out to be a person says that its contact, a customer, may have changed. */
async function sightPersons(engine: Engine, items: readonly Loaded[]): Promise<void> {
  const { maps } = engine.active().pairs.customer;
  const sightings = items.flatMap(({ situation: { pair, salesforce } }) => {
    const contact = pair === 'company' && salesforce && contactInAccount(maps, salesforce);
    return contact ? [{ pair: 'customer', side: 'salesforce', ...contact } as const] : [];
  });
  if (sightings.length > 0) await engine.store.sight(sightings, PRIORITY.live);
}

const CLASS_OF = {
  ambiguous: 'ambiguous',
  taken: 'duplicate',
  noCustomer: 'validation',
  madeOfDeleted: 'gone',
} as const;

function parked(engine: Engine, { pair, decision }: Decided<'park'>): Result {
  const { rule, message } = decision;
  return failed(engine, pair, { class: CLASS_OF[rule], code: rule, message });
}

/** Makes the missing parents due at once; the child comes back shortly after. */
async function awaitParents(engine: Engine, waiting: readonly Decided<'await'>[]): Promise<Result[]> {
  const parents = waiting.flatMap(({ decision }) => decision.parents);
  const stuck = await those((...of) => engine.store.stuck(...of), parents);
  // Why they are stuck is asked of these alone: in a first sync, of none.
  const held = parents.filter((parent) => stuck.has(keyOf(parent)));
  const unlinked = await those((...of) => engine.store.unlinked(...of), held);
  const excluded = await those((...of) => engine.store.excluded(...of), held);
  await engine.store.sight(
    parents.filter((parent) => !stuck.has(keyOf(parent))),
    PRIORITY.live,
  );
  return waiting.map(({ pair, decision }) => {
    const out = decision.parents.find((parent) => excluded.has(keyOf(parent)));
    return out
      ? withoutParent(engine, pair, out)
      : failed(engine, pair, whyWaiting(decision.parents, { unlinked, stuck }));
  });
}

/** A record whose parent is left out is left out itself; it comes back with it. */
function withoutParent(engine: Engine, pair: Pair, parent: Parent): Result {
  const message = `It belongs to ${nameOf(parent)}, which its rule leaves out.`;
  const againAt = engine.now() + PARENT_AGAIN_MS;
  return { settlement: { kind: 'excluded', pair, why: PARENT_EXCLUDED, message, againAt }, log: [] };
}

/** What was merged into a record is due at once, and hands its counterpart on. */
async function awaitMerged(engine: Engine, waiting: readonly Decided<'inherit'>[]): Promise<Result[]> {
  const sightings = waiting.flatMap(({ pair: { pair }, decision }) =>
    decision.from.map((id) => ({ pair, side: 'salesforce', id }) as const),
  );
  if (sightings.length > 0) await engine.store.sight(sightings, PRIORITY.live);
  return waiting.map(({ pair, decision }) => {
    const message = `Waits for what ${decision.from.join(' and ')} hands on, merged into it.`;
    return failed(engine, pair, { class: 'missingParent', code: PARENT_FIRST, message });
  });
}

function whyWaiting(
  parents: readonly Parent[],
  { unlinked, stuck }: { unlinked: ReadonlySet<string>; stuck: ReadonlySet<string> },
): Failure {
  const gone = parents.find((parent) => unlinked.has(keyOf(parent)));
  if (gone) {
    const message = `${nameOf(gone)} is not synced any more, so this record has nowhere to go. Give it another one.`;
    return { class: 'validation', code: 'parentUnlinked', message };
  }
  const failing = parents.find((parent) => stuck.has(keyOf(parent)));
  if (failing) {
    const message = `Waits for ${nameOf(failing)}, which cannot be synced itself. Mend that one first.`;
    return { class: 'missingParent', code: PARENT_FAILS, message };
  }
  const names = parents.map(nameOf).join(' and ');
  return { class: 'missingParent', code: PARENT_FIRST, message: `Waits for ${names}.` };
}

const keyOf = ({ pair, side, id }: Parent) => `${pair} ${side} ${id}`;
const nameOf = ({ pair, side, id }: Parent) => `${side === 'desk' ? pair : OBJECT_OF[pair]} ${id}`;

async function those(
  ask: (pair: PairKind, side: SideName, ids: readonly string[]) => Promise<Set<string>>,
  parents: readonly Parent[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const pair of PAIRS) {
    for (const side of ['salesforce', 'desk'] as const) {
      const ids = parents
        .filter((parent) => parent.pair === pair && parent.side === side)
        .map(({ id }) => id);
      if (ids.length === 0) continue;
      for (const id of await ask(pair, side, ids)) found.add(keyOf({ pair, side, id }));
    }
  }
  return found;
}
