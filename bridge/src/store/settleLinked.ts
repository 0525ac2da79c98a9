import { sql, type Transaction } from 'kysely';
import {
  absorbHalves,
  hasSameIds,
  LINKING,
  linkingRow,
  partedByRecord,
  type Linking,
} from './absorbHalves.ts';
import type { SqlEngine } from './migrations.ts';
import { tableOf, time } from './rows.ts';
import type { Schema } from './schema.ts';
import type { Settlement } from './store.ts';

export type Linked = Extract<Settlement, { kind: 'linked' }>;

export const isLinked = (settlement: Settlement): settlement is Linked => settlement.kind === 'linked';

/** Writes which two records these pairs are of from now on. They are due, to be compared for the first time. */
export async function settleLinked(
  trx: Transaction<Schema>,
  engine: SqlEngine,
  settlements: readonly Linked[],
  at: number,
): Promise<void> {
  for (const part of partedByRecord(settlements)) {
    const taken = await absorbHalves(trx, engine, part);
    const baseOf = ({ pair, base, adopted }: Linked) => {
      const intents = [pair.intent, ...(taken.get(pair.row) ?? [])];
      const made = adopted && intents.find((intent) => intent?.do === 'make');
      return base ?? (made ? made.base : null);
    };
    const given = tableOf(
      engine,
      { ...LINKING, base: 'text' },
      part.map((one) => {
        const base = baseOf(one);
        return { ...linkingRow(one), base: base === null ? null : JSON.stringify(base) };
      }),
    );
    await sql`
      update pair set
        salesforce_id = given.salesforce_id,
        desk_id = given.desk_id,
        link_id = given.link_id,
        base = coalesce(given.base, pair.base),
        intent = null,
        state = 'new',
        due_at = ${time(at)},
        lease_until = null,
        lease_by = null
      from ${given}
      where pair.id = given.id`.execute(trx);
  }
}

/** Writes the ids of those that have others than their rows. Tells which of them took the row of a half in. */
export async function takeIds(
  trx: Transaction<Schema>,
  engine: SqlEngine,
  linkings: readonly Linking[],
): Promise<ReadonlySet<number>> {
  const absorbing = new Set<number>();
  for (const part of partedByRecord(linkings.filter((one) => !hasSameIds(one)))) {
    for (const row of (await absorbHalves(trx, engine, part)).keys()) absorbing.add(row);
    const given = tableOf(engine, LINKING, part.map(linkingRow));
    await sql`
      update pair set salesforce_id = given.salesforce_id, desk_id = given.desk_id, link_id = given.link_id
      from ${given}
      where pair.id = given.id`.execute(trx);
  }
  return absorbing;
}
