import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { SideName } from '../core/mergeFields.ts';
import type { PairKind } from '../core/pair.ts';
import { PRIORITY, type Priority } from '../core/spending.ts';
import { transact, transactAlone, type Database } from './database.ts';
import { noticeDue } from './dueNotices.ts';
import { countHour, hours } from './hours.ts';
import { inquiries } from './inquiries.ts';
import { beat, dropHeld, giveBack, heldBy, leave, reserve } from './leases.ts';
import { logEntries } from './logEntries.ts';
import type { SqlEngine } from './migrations.ts';
import { overview } from './overview.ts';
import { asPair, idColumn, inParts } from './rows.ts';
import type { Schema } from './schema.ts';
import { settleOne, wakeChildren } from './settle.ts';
import type { Cursor, LogEntry, Pair, Sighting, Store } from './store.ts';

const seenColumn = (side: SideName) => (side === 'desk' ? 'desk_seen' : 'salesforce_seen');

/**
 * The store over SQL tables. `holder` names this bridge among those that share the store; `now` is in
 * milliseconds since 1970.
 */
export function sqlStore({ db, engine, hearDue, close }: Database, holder: string, now: () => number): Store {
  const ends: (() => Promise<void>)[] = [];
  return {
    shared: engine === 'postgres',
    sight: async (sightings, priority, cursors = [], inMs = 0) => {
      if (sightings.length + cursors.length === 0) return 0;
      return transactAlone({ db, engine }, async (trx) => {
        let due = 0;
        for (const sighting of sightings) due += await sightOne(trx, sighting, priority, now() + inMs);
        for (const cursor of cursors) await moveCursor(trx, cursor);
        if (due > 0 && engine === 'postgres') await noticeDue(trx);
        return due;
      });
    },
    claim: (limit, leaseMs, least = PRIORITY.full) =>
      transact(db, (trx) => claim(trx, engine, { limit, at: now(), until: now() + leaseMs, holder, least })),
    nextDue: async (least = PRIORITY.full) => {
      const row = await db
        .selectFrom('pair')
        .select((eb) => eb.fn.min('due_at').as('due'))
        .where('due_at', 'is not', null)
        .where('lease_until', 'is', null)
        .where('priority', '<=', least)
        .executeTakeFirst();
      return row?.due ?? null;
    },
    intend: async (intents) => {
      if (intents.length === 0) return;
      await transactAlone({ db, engine }, async (trx) => {
        for (const { pair, intent } of intents)
          await trx
            .updateTable('pair')
            .set({
              intent: JSON.stringify(intent),
              ...(pair.base === null ? {} : { base: JSON.stringify(pair.base) }),
            })
            .where('id', '=', pair.row)
            .where('lease_by', '=', holder)
            .execute();
      });
    },
    settle: async (settlements, log) => {
      if (settlements.length + log.length === 0) return;
      await transactAlone({ db, engine }, async (trx) => {
        const rows = settlements.map(({ pair }) => pair.row);
        const mine = await heldBy(trx, engine, holder, rows);
        const held = settlements.filter(({ pair }) => mine.has(pair.row));
        for (const settlement of held) await settleOne(trx, settlement, now());
        await countHour(trx, held, now());
        await wakeChildren(trx, settlements, now());
        const others = settlements.filter(({ pair }) => !mine.has(pair.row));
        for (const entry of log)
          // What another bridge has settled it has told as well.
          if (!others.some(({ pair }) => isOf(entry, pair))) await writeLog(trx, entry, now());
      });
    },
    reserve: (pair, salesforceIds, leaseMs) =>
      transactAlone({ db, engine }, (trx) =>
        reserve(trx, { pair, salesforceIds, holder, at: now(), until: now() + leaseMs }),
      ),
    counterparts: (pair, side, ids) => counterparts(db, pair, side, ids),
    unlinked: (pair, side, ids) => idsWhere(db, pair, side, ids, sql<boolean>`state = 'unlinked'`),
    excluded: (pair, side, ids) => idsWhere(db, pair, side, ids, sql<boolean>`state = 'excluded'`),
    stuck: (pair, side, ids) =>
      idsWhere(
        db,
        pair,
        side,
        ids,
        sql<boolean>`(state in ('unlinked', 'excluded') or (state = 'failing' and due_at is null))`,
      ),
    releaseLeases: () => transact(db, (trx) => dropHeld(trx, engine, now())),
    giveBack: () => giveBack(db, holder),
    beat: (ttlMs) => transact(db, (trx) => beat(trx, engine, { holder, at: now(), until: now() + ttlMs })),
    time: async () => {
      if (engine === 'sqlite') return null;
      const { rows } = await sql<{ at: number }>`
        select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as at`.execute(db);
      return rows[0]?.at ?? null;
    },
    cursor: async (name) => {
      const row = await db.selectFrom('cursor').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value ?? null;
    },
    forgetCursor: async (name) => {
      await db.deleteFrom('cursor').where('name', '=', name).execute();
    },
    ...overview(db, engine),
    ...hours(db),
    ...logEntries(db),
    ...inquiries(db, engine, now),
    hearDue: (onDue) => {
      ends.push(hearDue?.(onDue) ?? (() => Promise.resolve()));
    },
    close: async () => {
      for (const end of ends) await end();
      await leave(db, holder).catch(() => undefined);
      await close();
    },
  };
}

async function sightOne(
  trx: Transaction<Schema>,
  sighting: Sighting,
  priority: Priority,
  at: number,
): Promise<number> {
  const seen = seenColumn(sighting.side);
  const result = await trx
    .insertInto('pair')
    .values({
      pair: sighting.pair,
      [idColumn(sighting.side)]: sighting.id,
      [seen]: sighting.seen ?? null,
      due_at: at,
      priority,
      asked: sighting.asked ?? null,
      comments_seen: sighting.commented?.stamp ?? null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['pair', idColumn(sighting.side)])
        .doUpdateSet((eb) => ({
          [seen]: sighting.seen ?? eb.ref(`pair.${seen}`),
          due_at: sql<number>`case when pair.due_at < ${at} then pair.due_at else ${at} end`,
          priority: sql<number>`case when pair.due_at is not null and pair.priority < ${priority} then pair.priority else ${priority} end`,
          attempts: 0,
          asked: sighting.exists
            ? sql<string | null>`case when pair.state = 'unlinked' then 'Relink' else pair.asked end`
            : (sighting.asked ?? eb.ref('pair.asked')),
          ...(sighting.commented ? { conversation: null } : {}),
          ...(sighting.commented?.stamp ? { comments_seen: sighting.commented.stamp } : {}),
          version: sql<number>`pair.version + 1`,
        }))
        .where(mayWake(sighting))
        .where(
          sighting.commented?.stamp
            ? sql<boolean>`coalesce(pair.comments_seen, '') < ${sighting.commented.stamp}`
            : sql<boolean>`true`,
        )
        .where(
          sighting.seen === undefined || sighting.anew
            ? sql<boolean>`true`
            : sql<boolean>`(${sql.ref(`pair.${seen}`)} is distinct from ${sighting.seen} or pair.state = 'unlinked')`,
        ),
    )
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n);
}

/**
 * Unlinked means unlinked: nothing that happens to either record makes the pair due, but for what somebody asks,
 * and for a record that was deleted and is there again.
 */
function mayWake({ asked, exists }: Sighting) {
  if (asked !== undefined) return sql<boolean>`true`;
  return exists
    ? sql<boolean>`(pair.state != 'unlinked' or pair.failure like '%"code":"goneInSalesforce"%')`
    : sql<boolean>`pair.state != 'unlinked'`;
}

async function moveCursor(trx: Transaction<Schema>, cursor: Cursor): Promise<void> {
  await trx
    .insertInto('cursor')
    .values(cursor)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: cursor.value }))
    .execute();
}

type Claim = {
  readonly limit: number;
  readonly at: number;
  readonly until: number;
  readonly holder: string;
  readonly least: Priority;
};

async function claim(
  trx: Transaction<Schema>,
  engine: SqlEngine,
  { limit, at, until, holder, least }: Claim,
): Promise<Pair[]> {
  const rows = await trx
    .selectFrom('pair')
    .selectAll()
    .where('due_at', '<=', at)
    .where('priority', '<=', least)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', at)]))
    .orderBy('priority')
    .orderBy('due_at')
    .limit(limit)
    // Bridges that claim at the same time take different rows and wait for none.
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) {
    await trx
      .updateTable('pair')
      .set({ lease_until: until, lease_by: holder })
      .where('id', 'in', ids)
      .execute();
  }
  return rows.map(asPair);
}

/** An entry may name both records of a pair that was a half when it was claimed. */
const isOf = (entry: LogEntry, { pair, salesforceId, deskId }: Pair) =>
  entry.pair === pair &&
  (salesforceId === null || entry.salesforceId === salesforceId) &&
  (deskId === null || entry.deskId === deskId);

async function writeLog(trx: Transaction<Schema>, entry: LogEntry, at: number): Promise<void> {
  const { salesforceId, deskId, ...rest } = entry;
  await trx
    .insertInto('log')
    .values({ ...rest, at, salesforce_id: salesforceId, desk_id: deskId })
    .execute();
}

/** Those of a side's ids whose pair is so. */
async function idsWhere(
  db: Kysely<Schema>,
  pair: PairKind,
  side: SideName,
  ids: readonly string[],
  isSo: RawBuilder<boolean>,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of inParts(ids)) {
    const rows = await db
      .selectFrom('pair')
      .select(['salesforce_id', 'desk_id'])
      .where('pair', '=', pair)
      .where(idColumn(side), 'in', some)
      .where(isSo)
      .execute();
    for (const row of rows) found.add(row[idColumn(side)] ?? '');
  }
  return found;
}

async function counterparts(
  db: Kysely<Schema>,
  pair: PairKind,
  side: SideName,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const mine = idColumn(side);
  const theirs = idColumn(side === 'desk' ? 'salesforce' : 'desk');
  for (const some of inParts(ids)) {
    const rows = await db
      .selectFrom('pair')
      .select(['salesforce_id', 'desk_id'])
      .where('pair', '=', pair)
      .where(mine, 'in', some)
      .where(theirs, 'is not', null)
      .where('state', '!=', 'unlinked')
      .execute();
    for (const row of rows) {
      const [from, to] =
        side === 'desk' ? [row.desk_id, row.salesforce_id] : [row.salesforce_id, row.desk_id];
      if (from && to) found.set(from, to);
    }
  }
  return found;
}
