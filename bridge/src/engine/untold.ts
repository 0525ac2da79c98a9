import { asLeftInDesk } from '../core/asLeft.ts';
import type { ActivePair } from '../core/config/activeConfig.ts';
import type { PairKind } from '../core/pair.ts';
import type { DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';

/** A feed that was read to its end so recently knows as much as Desk's search does. */
const FRESH_MS = 15_000;

/** The records of Desk that need not be asked for, by their id: its feed runs here and has told of nothing new. */
export function untoldInDesk(
  { desk, now }: Pick<Engine, 'desk' | 'now'>,
  kind: PairKind,
  active: ActivePair,
  pairs: readonly Pair[],
  salesforce: ReadonlyMap<string, SalesforceRecord>,
): Map<string, DeskRecord> {
  const told = desk.toldUpTo(kind);
  const found = new Map<string, DeskRecord>();
  if (told === null || now() - told > FRESH_MS) return found;
  for (const { state, asked, intent, salesforceId, deskId, base, deskSeen, conversation } of pairs) {
    const mine = salesforceId === null ? undefined : salesforce.get(salesforceId);
    if (state !== 'inStep' || asked !== null || intent !== null || !mine || deskId === null || base === null)
      continue;
    const record = asLeftInDesk(kind, active, { deskId, base, deskSeen, conversation }, mine);
    if (record) found.set(deskId, record);
  }
  return found;
}
