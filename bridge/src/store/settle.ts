import { sql, type Transaction } from 'kysely';
import { PARENT_EXCLUDED, PARENT_FAILS, PARENT_FIRST, type Failure } from '../core/failure.ts';
import { PRIORITY } from '../core/spending.ts';
import type { SqlEngine } from './migrations.ts';
import { tableOf, time } from './rows.ts';
import type { Schema } from './schema.ts';
import { takeIds, type Linked } from './settleLinked.ts';
import type { Settlement } from './store.ts';

type InStep = Extract<Settlement, { kind: 'inStep' }>;

export const isInStep = (settlement: Settlement): settlement is InStep => settlement.kind === 'inStep';

/** Writes in one statement which pairs are in step. A sighting that came meanwhile leaves its pair due. */
export async function settleInStep(
  trx: Transaction<Schema>,
  engine: SqlEngine,
  settlements: readonly InStep[],
  at: number,
): Promise<void> {
  if (settlements.length === 0) return;
  // Somebody saw the other half while this round ran: compare once more.
  const absorbing = await takeIds(trx, engine, settlements);
  const given = tableOf(
    engine,
    {
      id: 'bigint',
      version: 'bigint',
      base: 'text',
      salesforce_seen: 'text',
      desk_seen: 'text',
      conversation: 'text',
      again_at: 'bigint',
      conflict: 'bigint',
      absorbed: 'bigint',
    },
    settlements.map((one) => ({
      id: one.pair.row,
      version: one.pair.version,
      base: JSON.stringify(one.base),
      salesforce_seen: one.salesforceSeen,
      desk_seen: one.deskSeen,
      conversation: one.conversation,
      again_at: one.againAt,
      conflict: one.conflict === undefined ? null : Number(one.conflict),
      absorbed: Number(absorbing.has(one.pair.row)),
    })),
  );
  const newest = sql`pair.version = given.version`;
  // Null by now: a comment was seen since. One that was never compared cannot tell, and is compared again.
  const conversation = sql`case when ${newest} or pair.conversation is not null then given.conversation else null end`;
  // What is looked at again for want of its parent holds up no full sync.
  const priority = sql`case when given.again_at is null then pair.priority else ${sql.lit(PRIORITY.retry)} end`;
  await sql`
    update pair set
      base = given.base,
      salesforce_seen = case when ${newest} then given.salesforce_seen else pair.salesforce_seen end,
      desk_seen = case when ${newest} then given.desk_seen else pair.desk_seen end,
      conversation = ${conversation},
      state = 'inStep',
      failure = null,
      intent = null,
      due_at = case when ${newest} and given.absorbed = 0 then given.again_at else ${time(at)} end,
      priority = ${priority},
      attempts = 0,
      asked = case when ${newest} then null else pair.asked end,
      lease_until = null,
      lease_by = null,
      synced_at = ${time(at)},
      conflict = coalesce(given.conflict, pair.conflict)
    from ${given}
    where pair.id = given.id`.execute(trx);
}

/** Writes how a round ended for one pair. A sighting that came meanwhile leaves the pair due. */
export async function settleOne(
  trx: Transaction<Schema>,
  settlement: Exclude<Settlement, InStep | Linked>,
  at: number,
): Promise<void> {
  const { pair } = settlement;
  const update = trx.updateTable('pair').where('id', '=', pair.row);
  const stillNewest = sql<boolean>`version = ${pair.version}`;
  switch (settlement.kind) {
    case 'retry':
      await update
        .set({
          failure: JSON.stringify(settlement.failure),
          state: settlement.failure.code === PARENT_FIRST ? sql`state` : 'failing',
          ...(settlement.failure.code === PARENT_FAILS ? { priority: PRIORITY.retry } : {}),
          due_at: sql`case when ${stillNewest} then ${time(settlement.dueAt)} else ${time(at)} end`,
          attempts: sql`case when ${stillNewest} then ${pair.attempts + 1} else attempts end`,
          lease_until: null,
          lease_by: null,
        })
        .execute();
      return;
    case 'parked':
      await update
        .set({
          failure: JSON.stringify(settlement.failure),
          state: 'failing',
          intent: null,
          asked: sql`case when ${stillNewest} then null else asked end`,
          due_at: sql`case when ${stillNewest} then null else ${time(at)} end`,
          lease_until: null,
          lease_by: null,
        })
        .execute();
      return;
    case 'excluded':
      await update
        .set({
          state: 'excluded',
          failure: JSON.stringify({
            class: 'excluded',
            code: settlement.why,
            message: settlement.message,
          } satisfies Failure),
          // What it was seen as stays: the same again makes nothing due, and any other thing does.
          due_at: sql`case when ${stillNewest} then ${settlement.againAt === null ? sql`null` : time(settlement.againAt)} else ${time(at)} end`,
          ...(settlement.againAt === null ? {} : { priority: PRIORITY.retry }),
          asked: sql`case when ${stillNewest} then null else asked end`,
          attempts: 0,
          lease_until: null,
          lease_by: null,
        })
        .execute();
      return;
    case 'unlinked':
      await update
        .set({
          state: 'unlinked',
          failure: JSON.stringify({ class: 'gone', code: settlement.reason, message: settlement.reason }),
          due_at: null,
          asked: null,
          lease_until: null,
          lease_by: null,
        })
        .execute();
      return;
    case 'forgotten':
      await trx.deleteFrom('pair').where('id', '=', pair.row).where(stillNewest).execute();
      await update.set({ lease_until: null, lease_by: null }).execute();
  }
}

/** Children that wait for a parent which somebody had to mend are due at once when one has been. */
export async function wakeChildren(
  trx: Transaction<Schema>,
  settlements: readonly Settlement[],
  at: number,
): Promise<void> {
  const isMended = ({ kind, pair }: Settlement) =>
    pair.pair !== 'case' && (kind === 'linked' || (kind === 'inStep' && pair.state !== 'inStep'));
  if (!settlements.some(isMended)) return;
  await trx
    .updateTable('pair')
    .set({ due_at: at })
    .where('priority', '=', PRIORITY.retry)
    .where('due_at', '>', at)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'inStep'),
        eb('failure', 'like', `%"code":"${PARENT_FAILS}"%`),
        eb('failure', 'like', `%"code":"${PARENT_EXCLUDED}"%`),
      ]),
    )
    .execute();
}
