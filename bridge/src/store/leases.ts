import type { Kysely, Selectable, Transaction } from 'kysely';
import type { PairKind } from '../core/pair.ts';
import { PRIORITY } from '../core/spending.ts';
import { noticeDue } from './noticeDue.ts';
import type { SqlEngine } from './migrations.ts';
import { isLost } from './presence.ts';
import { asPair } from './rows.ts';
import type { LeaseTable, Schema } from './schema.ts';
import type { Membership, Pair } from './store.ts';

type Trx = Transaction<Schema>;
const CAPTURE = 'capture';
const memberRow = (holder: string) => `bridge ${holder}`;

type Beat = {
  readonly holder: string;
  readonly at: number;
  readonly until: number;
  /** What it holds in the database as long as its connection stands; null where it never held it. */
  readonly presence: number | null;
  /** Who has not said since then that it lives, and has lost its connection, is dead; null: nobody is for that. */
  readonly lostBefore: number | null;
};

/** Renews this bridge's own row, buries the dead, and takes or keeps the capture. Tells whether this one has it. */
export async function beat(
  trx: Trx,
  engine: SqlEngine,
  { holder, at, until, presence, lostBefore }: Beat,
): Promise<Membership> {
  await hold(trx, { name: memberRow(holder), holder, until, presence });
  await dropHeld(trx, engine, { at, self: holder, lostBefore });
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('lease')
    .values({ name: CAPTURE, holder, until })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until })
        .where((eb) => eb.or([eb('lease.holder', '=', holder), eb('lease.until', '<', at)])),
    )
    .executeTakeFirstOrThrow();
  const { members } = await trx
    .selectFrom('lease')
    .select((eb) => eb.fn.countAll<number>().as('members'))
    .where('name', 'like', memberRow('%'))
    .executeTakeFirstOrThrow();
  return { elected: (numInsertedOrUpdatedRows ?? 0n) > 0n, members };
}

async function hold(trx: Trx, row: Selectable<LeaseTable>): Promise<void> {
  await trx
    .insertInto('lease')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ until: row.until, presence: row.presence }),
    )
    .execute();
}

/** How long who has claimed something counts as living, until its own beats say so. */
const JOINED_MS = 10_000;

/** Makes a bridge one of those that live, where it is not: what others hold is taken from them. */
export async function join(trx: Trx, holder: string, at: number): Promise<void> {
  await trx
    .insertInto('lease')
    .values({ name: memberRow(holder), holder, until: at + JOINED_MS })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

/**
 * Forgets what bridges hold that do not live any more. SQLite's lock has let only one in: whoever else
 * stands there is dead.
 */
export async function dropHeld(
  trx: Trx,
  engine: SqlEngine,
  { at, self = '', lostBefore = null }: { at: number; self?: string; lostBefore?: number | null },
): Promise<void> {
  const dead = trx.deleteFrom('lease');
  if (engine === 'sqlite') await dead.where('holder', '!=', self).execute();
  else await dead.where('until', '<', at).execute();
  if (lostBefore !== null)
    await dead
      .where('holder', 'in', (eb) =>
        eb.selectFrom('lease as member').select('holder').where('until', '<', lostBefore).where(isLost),
      )
      .execute();
  const orphans = await trx
    .selectFrom('pair')
    .select('id')
    .where('lease_until', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('lease_by', 'is', null),
        eb('lease_by', 'not in', eb.selectFrom('lease').select('lease.holder')),
      ]),
    )
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = orphans.map(({ id }) => id);
  if (ids.length === 0) return;
  await trx.updateTable('pair').set({ lease_until: null, lease_by: null }).where('id', 'in', ids).execute();
  // Whoever has nothing to do would look for them only later.
  if (engine === 'postgres') await noticeDue(trx);
}

/** Those of the rows that this bridge still has the lease of; nobody else can take one before the transaction ends. */
export async function heldBy(
  trx: Trx,
  engine: SqlEngine,
  holder: string,
  rows: readonly number[],
): Promise<Set<number>> {
  if (rows.length === 0) return new Set();
  const held = await trx
    .selectFrom('pair')
    .select('id')
    .where('id', 'in', rows)
    .where('lease_by', '=', holder)
    .orderBy('id')
    .$if(engine === 'postgres', (query) => query.forUpdate())
    .execute();
  return new Set(held.map(({ id }) => id));
}

type Reservation = {
  readonly pair: PairKind;
  readonly salesforceIds: readonly string[];
  readonly holder: string;
  readonly at: number;
  readonly until: number;
};

/** Leases halves that nobody has in hand, made where they are missing. One with an intent is to be settled first. */
export async function reserve(
  trx: Trx,
  { pair, salesforceIds, holder, at, until }: Reservation,
): Promise<Pair[]> {
  const lease = { lease_until: until, lease_by: holder };
  const reserved: Pair[] = [];
  for (const salesforce_id of salesforceIds) {
    const row = await trx
      .insertInto('pair')
      .values({ pair, salesforce_id, due_at: at, priority: PRIORITY.live, ...lease })
      .onConflict((conflict) =>
        conflict
          .columns(['pair', 'salesforce_id'])
          .doUpdateSet(lease)
          .where('pair.desk_id', 'is', null)
          .where((eb) => eb.or([eb('pair.intent', 'is', null), eb('pair.due_at', 'is', null)]))
          .where((eb) =>
            eb.or([
              eb('pair.lease_until', 'is', null),
              eb('pair.lease_until', '<', at),
              eb('pair.lease_by', '=', holder),
            ]),
          ),
      )
      .returningAll()
      .executeTakeFirst();
    if (row) reserved.push(asPair(row));
  }
  return reserved;
}

/** What an orderly end gives back at once. */
export async function leave(db: Kysely<Schema>, holder: string): Promise<void> {
  await giveBack(db, holder);
  await db.deleteFrom('lease').where('holder', '=', holder).execute();
}

/** Gives back the pairs that this bridge has leased. */
export async function giveBack(db: Kysely<Schema>, holder: string): Promise<void> {
  await db
    .updateTable('pair')
    .set({ lease_until: null, lease_by: null })
    .where('lease_by', '=', holder)
    // In these words, so that the index of what is in hand is used.
    .where('lease_until', 'is not', null)
    .execute();
}
