import { PARENT_FIRST } from '../core/failure.ts';
import type { Intent } from '../core/intent.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';
import { failed, type Result } from './result.ts';
import type { Decided } from './situation.ts';

/** Where no feed is read here that would tell of it, what was made is seen within this time. */
const TOLD_WITHIN_MS = 60_000;

type Making = Extract<Intent, { do: 'make' }>;

/**
 * Forgets records that are gone and never had a counterpart. Where one was about to be made in Desk, the answer may
 * have been lost: then it carries the id of the record that is gone, and belongs to the one that this was merged into.
 * So that this one waits for it, nothing is forgotten before Desk's feed would have told.
 */
export async function forgetPairs(engine: Engine, items: readonly Decided<'forget'>[]): Promise<Result[]> {
  const now = engine.now();
  const making = items.flatMap(({ pair }) => {
    const { intent, salesforceId } = pair;
    return intent?.do === 'make' && salesforceId !== null ? [{ pair, intent }] : [];
  });
  const fresh = making.filter(({ intent }) => intent.goneSince === undefined);
  await engine.store.intend(
    fresh.map(({ pair, intent }) => ({ pair, intent: { ...intent, goneSince: now } })),
  );
  const held = new Set(
    making.filter(({ pair, intent }) => !wouldBeTold(engine, pair, intent)).map(({ pair }) => pair.row),
  );
  return items.map(({ pair }) => {
    if (!held.has(pair.row)) return { settlement: { kind: 'forgotten', pair }, log: [] };
    const message = 'Waits until Desk has told whether a record was made of it.';
    return failed(engine, pair, { class: 'missingParent', code: PARENT_FIRST, message });
  });
}

function wouldBeTold({ desk, now }: Engine, { pair }: Pair, { goneSince }: Making): boolean {
  if (goneSince === undefined) return false;
  const told = desk.toldUpTo(pair);
  return (told !== null && told > goneSince) || now() > goneSince + TOLD_WITHIN_MS;
}
