import type { Kysely, Transaction } from 'kysely';
import { PARENT_FIRST } from '../core/failure.ts';
import type { SideName } from '../core/mergeFields.ts';
import { HOUR_MS, hourOf } from '../core/status/facts.ts';
import type { Schema } from './schema.ts';
import type { Settlement, Store } from './store.ts';

/** Hours that are kept: more than anybody is shown. */
const KEPT_MS = 48 * HOUR_MS;

/** Counts what a round wrote to either side, and what failed in it, in the hour of its end. */
export async function countHour(
  trx: Transaction<Schema>,
  settlements: readonly Settlement[],
  now: number,
): Promise<void> {
  const written = (side: SideName) =>
    settlements.filter((one) => 'wrote' in one && one.wrote?.includes(side) === true).length;
  const desk = written('desk');
  const salesforce = written('salesforce');
  const failed = settlements.filter(isFailure).length;
  if (desk + salesforce + failed === 0) return;
  await trx
    .insertInto('hour')
    .values({ at: hourOf(now), to_desk: desk, to_salesforce: salesforce, failed })
    .onConflict((conflict) =>
      conflict.column('at').doUpdateSet((eb) => ({
        to_desk: eb('hour.to_desk', '+', desk),
        to_salesforce: eb('hour.to_salesforce', '+', salesforce),
        failed: eb('hour.failed', '+', failed),
      })),
    )
    .execute();
  await trx
    .deleteFrom('hour')
    .where('at', '<', now - KEPT_MS)
    .execute();
}

/** That a parent is being made is the normal course of a first sync. */
function isFailure(settlement: Settlement): boolean {
  if (settlement.kind === 'parked') return true;
  return settlement.kind === 'retry' && settlement.failure.code !== PARENT_FIRST;
}

/** What was counted, read. */
export function hours(db: Kysely<Schema>): Pick<Store, 'hours'> {
  return {
    hours: async (since) => {
      const rows = await db
        .selectFrom('hour')
        .selectAll()
        .where('at', '>=', hourOf(since))
        .orderBy('at')
        .execute();
      return rows.map(({ at, to_desk: toDesk, to_salesforce: toSalesforce, failed }) => ({
        at,
        toDesk,
        toSalesforce,
        failed,
      }));
    },
  };
}
