import { randomInt } from 'node:crypto';
import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { SideName } from '../core/mergeFields.ts';
import type { PairKind } from '../core/pair.ts';
import { PRIORITY, type Priority } from '../core/spending.ts';
import { transact, transactAlone, type Database } from './database.ts';
import { markedWith } from './deskMark.ts';
import { noticeDue } from './noticeDue.ts';
import { countHour, hours } from './hours.ts';
import { inquiries } from './inquiries.ts';
import { beat, dropHeld, giveBack, heldBy, join, leave, reserve } from './leases.ts';
import { logEntries } from './logEntries.ts';
import type { SqlEngine } from './migrations.ts';
import { overview } from './overview.ts';
import { asPair, idColumn, inParts, tableOf, time } from './rows.ts';
import type { Schema } from './schema.ts';
import { isInStep, settleInStep, settleOne, wakeChildren } from './settle.ts';
import { isLinked, settleLinked } from './settleLinked.ts';
import { sight } from './sight.ts';
import type { Cursor, LogEntry, Pair, Store } from './store.ts';

/** Of the numbers that PostgreSQL's `integer` holds. */
const LARGEST_PRESENCE = 2 ** 31 - 1;

/**
 * The store over SQL tables. `holder` names this bridge among those that share the store; `now` is in
 * milliseconds since 1970.
 */
export function sqlStore(database: Database, holder: string, now: () => number): Store {
  const { db, aside, engine, known, hearDue, close } = database;
  const presence = randomInt(LARGEST_PRESENCE);
  let isPresent = false;
  const ends: (() => Promise<void>)[] = [];
  return {
    shared: engine === 'postgres',
    sight: async (sightings, priority, cursors = [], inMs = 0) => {
      if (sightings.length + cursors.length === 0) return 0;
      return transactAlone(database, async (trx) => {
        const due = await sight(trx, engine, sightings, { priority, at: now() + inMs });
        for (const cursor of cursors) await moveCursor(trx, cursor);
        if (due > 0 && engine === 'postgres') await noticeDue(trx);
        return due;
      });
    },
    claim: (limit, leaseMs, least = PRIORITY.full) =>
      transact(database, async (trx) => {
        if (engine === 'postgres') await join(trx, holder, now());
        return claim(trx, engine, { limit, at: now(), until: now() + leaseMs, holder, least });
      }),
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
      await transactAlone(database, async (trx) => {
        const given = tableOf(
          engine,
          { id: 'bigint', intent: 'text', base: 'text' },
          intents.map(({ pair, intent }) => ({
            id: pair.row,
            intent: JSON.stringify(intent),
            base: pair.base === null ? null : JSON.stringify(pair.base),
          })),
        );
        await sql`
          update pair set intent = given.intent, base = coalesce(given.base, pair.base)
          from ${given}
          where pair.id = given.id and pair.lease_by = ${holder}`.execute(trx);
      });
    },
    settle: async (settlements, log) => {
      if (settlements.length + log.length === 0) return;
      await transactAlone(database, async (trx) => {
        const rows = settlements.map(({ pair }) => pair.row);
        const mine = await heldBy(trx, engine, holder, rows);
        const held = settlements.filter(({ pair }) => mine.has(pair.row));
        // Before them what may free a record that they name.
        for (const one of held) if (!isInStep(one) && !isLinked(one)) await settleOne(trx, one, now());
        await settleLinked(trx, engine, held.filter(isLinked), now());
        await settleInStep(trx, engine, held.filter(isInStep), now());
        await countHour(trx, held, now());
        await wakeChildren(trx, settlements, now());
        const others = settlements.filter(({ pair }) => !mine.has(pair.row));
        // What another bridge has settled it has told as well.
        await writeLog(
          trx,
          engine,
          log.filter((entry) => !others.some(({ pair }) => isOf(entry, pair))),
          now(),
        );
      });
    },
    reserve: (pair, salesforceIds, leaseMs) =>
      transactAlone(database, (trx) =>
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
    releaseLeases: () => transact(database, (trx) => dropHeld(trx, engine, { at: now() })),
    giveBack: () => giveBack(db, holder),
    beat: (ttlMs, lostMs = null) =>
      transact({ db: aside, engine, known }, (trx) => {
        const until = now() + ttlMs;
        const lostBefore = lostMs === null || engine === 'sqlite' ? null : until - lostMs;
        return beat(trx, engine, {
          holder,
          at: now(),
          until,
          presence: isPresent ? presence : null,
          lostBefore,
        });
      }),
    deskKind: (ifNew) => transactAlone(database, (trx) => markedWith(trx, ifNew)),
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
    ...inquiries(database, now),
    hearDue: (onDue) => {
      const onPresent = () => {
        isPresent = true;
      };
      if (hearDue) ends.push(hearDue({ onDue, presence, onPresent }));
    },
    close: async () => {
      for (const end of ends) await end();
      await leave(db, holder).catch(() => undefined);
      await close();
    },
  };
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
    .with(
      // Once and for all: PostgreSQL would look anew for each row, and skip what it has locked itself.
      (name) => name('next').materialized(),
      (query) =>
        query
          .selectFrom('pair')
          .select('id')
          .where('due_at', '<=', at)
          .where('priority', '<=', least)
          .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', at)]))
          .orderBy('priority')
          .orderBy('due_at')
          .limit(limit)
          // Bridges that claim at the same time take different rows and wait for none.
          .$if(engine === 'postgres', (next) => next.forUpdate().skipLocked()),
    )
    .updateTable('pair')
    .set({ lease_until: until, lease_by: holder })
    .where('id', 'in', (eb) => eb.selectFrom('next').select('next.id'))
    .returningAll()
    .execute();
  return rows.toSorted((a, b) => a.priority - b.priority || (a.due_at ?? 0) - (b.due_at ?? 0)).map(asPair);
}

/** An entry may name both records of a pair that was a half when it was claimed. */
const isOf = (entry: LogEntry, { pair, salesforceId, deskId }: Pair) =>
  entry.pair === pair &&
  (salesforceId === null || entry.salesforceId === salesforceId) &&
  (deskId === null || entry.deskId === deskId);

async function writeLog(
  trx: Transaction<Schema>,
  engine: SqlEngine,
  entries: readonly LogEntry[],
  at: number,
): Promise<void> {
  if (entries.length === 0) return;
  const given = tableOf(
    engine,
    {
      place: 'bigint',
      level: 'text',
      pair: 'text',
      salesforce_id: 'text',
      desk_id: 'text',
      rule: 'text',
      text: 'text',
    },
    entries.map(({ salesforceId, deskId, ...rest }, place) => ({
      place,
      ...rest,
      salesforce_id: salesforceId,
      desk_id: deskId,
    })),
  );
  await sql`
    insert into log (at, level, pair, salesforce_id, desk_id, rule, text)
    select ${time(at)}, level, pair, salesforce_id, desk_id, rule, text
    from ${given}
    order by place`.execute(trx);
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
