import { sql } from 'kysely';
import type { Failure } from '../core/failure.ts';
import type { Intent } from '../core/intent.ts';
import { PRIORITY } from '../core/spending.ts';
import { transactAlone, type Database } from './database.ts';
import { asLogEntry, asPair, failurePart, idColumn, inParts } from './rows.ts';
import type { Pair, Store } from './store.ts';

/** In these very words, so that the index of the failing pairs is used. */
const FAILING = sql<boolean>`state = 'failing'`;

/** What people ask of the store: one pair, its history, causes of failures, and another try. */
export function inquiries(
  database: Database,
  now: () => number,
): Pick<Store, 'find' | 'pairsOf' | 'making' | 'waiting' | 'inStep' | 'causes' | 'retry' | 'history'> {
  const { db, engine } = database;
  return {
    find: async (pair, side, id) => {
      const row = await db
        .selectFrom('pair')
        .selectAll()
        .where('pair', '=', pair)
        .where(idColumn(side), '=', id)
        .executeTakeFirst();
      if (!row) return null;
      const failure = row.failure === null ? null : (JSON.parse(row.failure) as Failure);
      return { pair: asPair(row), failure, dueAt: row.due_at, syncedAt: row.synced_at };
    },
    pairsOf: async (pair, side, ids) => {
      const found = new Map<string, Pair>();
      for (const some of inParts(ids)) {
        const rows = await db
          .selectFrom('pair')
          .selectAll()
          .where('pair', '=', pair)
          .where(idColumn(side), 'in', some)
          .execute();
        for (const row of rows) found.set(row[idColumn(side)] ?? '', asPair(row));
      }
      return found;
    },
    making: async (pair) => {
      const rows = await db
        .selectFrom('pair')
        .select(['salesforce_id', 'intent'])
        .where('pair', '=', pair)
        // In these words, so that the index of what is intended is used.
        .where('intent', 'is not', null)
        .where('desk_id', 'is', null)
        .execute();
      return rows.flatMap(({ salesforce_id: salesforceId, intent: text }) => {
        const intent = JSON.parse(text ?? 'null') as Intent | null;
        return salesforceId !== null && intent?.do === 'make' ? [{ salesforceId, base: intent.base }] : [];
      });
    },
    waiting: async (priority) => {
      const { pairs } = await db
        .selectFrom('pair')
        .select((eb) => eb.fn.countAll<number>().as('pairs'))
        .where('due_at', 'is not', null)
        .where('priority', '=', priority)
        .where('state', '!=', 'failing')
        .executeTakeFirstOrThrow();
      return pairs;
    },
    inStep: async (afterRow, limit) => {
      const rows = await db
        .selectFrom('pair')
        .selectAll()
        .where('id', '>', afterRow)
        .where('state', '=', 'inStep')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(asPair);
    },
    causes: async () => {
      const rows = await db
        .selectFrom('pair')
        .select((eb) => ['failure', eb.fn.countAll<number>().as('pairs')])
        .where(FAILING)
        .groupBy('failure')
        .execute();
      const causes = new Map<string, { class: string; code: string; pairs: number }>();
      for (const { failure, pairs } of rows) {
        const { class: kind, code } = JSON.parse(failure ?? '{"class":"bug","code":"UNKNOWN"}') as Failure;
        const known = causes.get(`${kind} ${code}`);
        causes.set(`${kind} ${code}`, { class: kind, code, pairs: (known?.pairs ?? 0) + pairs });
      }
      return [...causes.values()].sort((a, b) => b.pairs - a.pairs);
    },
    retry: async (failureClass) => {
      const { numUpdatedRows } = await transactAlone(database, (trx) =>
        trx
          .updateTable('pair')
          .set({ due_at: now(), attempts: 0, priority: PRIORITY.retry })
          .where(FAILING)
          .where(
            failureClass === null
              ? sql<boolean>`true`
              : sql<boolean>`${failurePart(engine, 'class')} = ${failureClass}`,
          )
          .executeTakeFirst(),
      );
      return Number(numUpdatedRows);
    },
    history: async (pair, limit) => {
      const of = (column: 'salesforce_id' | 'desk_id', id: string) =>
        db
          .selectFrom('log')
          .selectAll()
          .where('pair', '=', pair.pair)
          .where(column, '=', id)
          .orderBy('id', 'desc')
          .limit(limit)
          .execute();
      // One statement a side: both in one would read the whole log.
      const rows = [
        ...(pair.salesforceId === null ? [] : await of('salesforce_id', pair.salesforceId)),
        ...(pair.deskId === null ? [] : await of('desk_id', pair.deskId)),
      ];
      const byId = new Map(rows.map((row) => [row.id, row]));
      return [...byId.values()]
        .sort((a, b) => b.id - a.id)
        .slice(0, limit)
        .map(asLogEntry);
    },
  };
}
