import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Intent } from '../core/intent.ts';
import type { SqlEngine } from './migrations.ts';
import { tableOf } from './rows.ts';
import type { Schema } from './schema.ts';
import type { Pair } from './store.ts';

/** A pair that is to know these two records, and the link between them. */
export type Linking = {
  readonly pair: Pair;
  readonly salesforceId: string;
  readonly deskId: string;
  readonly linkId: string | null;
};

/** What a linking writes, as the columns of a table that is given to a statement. */
export const LINKING = { id: 'bigint', salesforce_id: 'text', desk_id: 'text', link_id: 'text' } as const;
export const linkingRow = ({ pair, salesforceId, deskId, linkId }: Linking) => ({
  id: pair.row,
  salesforce_id: salesforceId,
  desk_id: deskId,
  link_id: linkId,
});

export const hasSameIds = ({ pair, salesforceId, deskId, linkId }: Linking) =>
  pair.salesforceId === salesforceId && pair.deskId === deskId && pair.linkId === linkId;

const keyOf = (kind: string, column: string, id: string | null) => `${kind} ${column} ${id ?? ''}`;

/** What it names, and what its row knows so far. */
function keysOf({ pair, salesforceId, deskId, linkId }: Linking): Set<string> {
  const named = [
    ['salesforce_id', salesforceId, pair.salesforceId],
    ['desk_id', deskId, pair.deskId],
    ['link_id', linkId, pair.linkId],
  ] as const;
  return new Set(
    named.flatMap(([column, ...ids]) =>
      ids.filter((id) => id !== null).map((id) => keyOf(pair.pair, column, id)),
    ),
  );
}

/**
 * The same in parts that can be written one after the other: of one part no two name the same record or link, since
 * the first of them takes in the row of the second. Nearly always that is a single part.
 */
export function partedByRecord<T extends Linking>(all: readonly T[]): readonly (readonly T[])[] {
  const keys = new Map(all.map((one) => [one, [...keysOf(one)]]));
  const named = Map.groupBy([...keys.values()].flat(), (key) => key);
  const isShared = (one: T) => keys.get(one)?.some((key) => named.get(key)?.length !== 1);
  const { alone = [], shared = [] } = Object.groupBy(all, (one) => (isShared(one) ? 'shared' : 'alone'));
  return [...(alone.length > 0 ? [alone] : []), ...shared.map((one) => [one])];
}

/**
 * Half rows that know one of the two records become part of these pairs, which no two name the same. Tells by row which
 * pairs took one in, and what was about to be done to it. One whose row is gone takes none in: its other half was
 * settled just before, and has taken it in.
 */
export async function absorbHalves(
  trx: Transaction<Schema>,
  engine: SqlEngine,
  linkings: readonly Linking[],
): Promise<ReadonlyMap<number, readonly Intent[]>> {
  const taken = new Map<number, Intent[]>();
  // Ids are unique: where a pair had them all along, no other row has one.
  const given = linkings.filter((one) => !hasSameIds(one));
  if (given.length === 0) return taken;
  const table = tableOf(
    engine,
    { ...LINKING, pair: 'text' },
    given.map((one) => ({ ...linkingRow(one), pair: one.pair.pair })),
  );
  // One statement each: all of them in one would read every row of the kind.
  const others: readonly (readonly ['salesforce_id' | 'desk_id' | 'link_id', RawBuilder<unknown>])[] = [
    ['salesforce_id', sql`other.salesforce_id = given.salesforce_id and other.desk_id is null`],
    ['desk_id', sql`other.desk_id = given.desk_id and other.salesforce_id is null`],
    // The same link under another record: it was moved, and a bridge died before it had written that down.
    ['link_id', sql`other.link_id = given.link_id`],
  ];
  const rows = new Map(
    given.flatMap((one) => [...keysOf(one)].map((key): [string, number] => [key, one.pair.row])),
  );
  for (const [column, isOther] of others) {
    const { rows: deleted } = await sql<{ pair: string; id: string; intent: string | null }>`
      delete from pair where id in (
        select other.id
        from ${table} cross join pair as own cross join pair as other
        where own.id = given.id and other.pair = given.pair and ${isOther} and other.id <> given.id
      )
      returning pair, ${sql.ref(column)} as id, intent`.execute(trx);
    for (const { pair, id, intent } of deleted) {
      const row = rows.get(keyOf(pair, column, id));
      if (row === undefined) continue;
      taken.set(row, [...(taken.get(row) ?? []), ...(intent === null ? [] : [JSON.parse(intent) as Intent])]);
    }
  }
  return taken;
}
