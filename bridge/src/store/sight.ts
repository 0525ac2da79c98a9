import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Priority } from '../core/spending.ts';
import type { SqlEngine } from './migrations.ts';
import { idColumn, tableOf, time } from './rows.ts';
import type { Schema } from './schema.ts';
import type { Sighting } from './store.ts';

type Due = { readonly priority: Priority; readonly at: number };

/** Makes pairs due. Returns how many became due; one that was seen twice counts twice. */
export async function sight(
  trx: Transaction<Schema>,
  engine: SqlEngine,
  sightings: readonly Sighting[],
  due: Due,
): Promise<number> {
  let count = 0;
  for (const alike of inStatements(sightings)) count += await sightAlike(trx, engine, alike, due);
  return count;
}

/**
 * Sightings in parts that one statement takes: those of a part differ by their values alone, and are of different
 * records. Where a record was seen more than once, its sightings stay in their order.
 */
function inStatements(sightings: readonly Sighting[]): Sighting[][] {
  const times = new Map<string, number>();
  const parts = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const record = `${sighting.pair} ${sighting.side} ${sighting.id}`;
    const time = (times.get(record) ?? 0) + 1;
    times.set(record, time);
    const key = JSON.stringify([String(time).padStart(9, '0'), shapeOf(sighting)]);
    const part = parts.get(key);
    if (part) part.push(sighting);
    else parts.set(key, [sighting]);
  }
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

/** What makes the statement of a sighting another one than that of the next. */
const shapeOf = ({ side, seen, anew, asked, exists, commented }: Sighting) => [
  side,
  seen !== undefined,
  anew === true,
  asked !== undefined,
  exists === true,
  commented === undefined ? '' : commented.stamp === null ? 'commented' : 'commented then',
];

async function sightAlike(
  trx: Transaction<Schema>,
  engine: SqlEngine,
  sightings: readonly Sighting[],
  { priority, at }: Due,
): Promise<number> {
  const [first] = sightings;
  if (!first) return 0;
  const { side, seen, anew, asked, exists, commented } = first;
  const id = sql.ref(idColumn(side));
  const seenBy = side === 'desk' ? 'desk_seen' : 'salesforce_seen';
  const stamped = commented !== undefined && commented.stamp !== null;
  const set: RawBuilder<unknown>[] = [
    ...(seen === undefined ? [] : [sql`${sql.ref(seenBy)} = excluded.${sql.ref(seenBy)}`]),
    sql`due_at = case when pair.due_at < excluded.due_at then pair.due_at else excluded.due_at end`,
    sql`priority = case when pair.due_at is not null and pair.priority < excluded.priority then pair.priority else excluded.priority end`,
    sql`attempts = 0`,
    sql`version = pair.version + 1`,
    ...(exists
      ? [sql`asked = case when pair.state = 'unlinked' then 'Relink' else pair.asked end`]
      : asked !== undefined
        ? [sql`asked = excluded.asked`]
        : []),
    ...(commented ? [sql`conversation = null`] : []),
    ...(stamped ? [sql`comments_seen = excluded.comments_seen`] : []),
  ];
  const where: RawBuilder<unknown>[] = [
    mayWake(first),
    ...(stamped ? [sql`coalesce(pair.comments_seen, '') < excluded.comments_seen`] : []),
    ...(seen === undefined || anew
      ? []
      : [
          sql`(pair.${sql.ref(seenBy)} is distinct from excluded.${sql.ref(seenBy)} or pair.state = 'unlinked')`,
        ]),
    // One that waits already, and that nobody has in hand, need not be written to wait.
    ...(seen === undefined && asked === undefined && !commented ? [sql`not (${WAITS})`] : []),
  ];
  const given = tableOf(
    engine,
    { pair: 'text', id: 'text', seen: 'text', asked: 'text', stamp: 'text' },
    sightings.map((one) => ({
      pair: one.pair,
      id: one.id,
      seen: one.seen ?? null,
      asked: one.asked ?? null,
      stamp: one.commented?.stamp ?? null,
    })),
  );
  const { numAffectedRows } = await sql`
    insert into pair (pair, ${id}, ${sql.ref(seenBy)}, due_at, priority, asked, comments_seen)
    select pair, id, seen, ${time(at)}, cast(${priority} as integer), asked, stamp
    from ${given} where true
    on conflict (pair, ${id}) do update set ${sql.join(set)}
    where ${sql.join(where, sql` and `)}`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

const WAITS = sql`pair.lease_until is null and pair.due_at is not null and pair.due_at <= excluded.due_at and pair.priority <= excluded.priority and pair.attempts = 0 and pair.asked is null and pair.state != 'unlinked'`;

/**
 * Unlinked means unlinked: nothing that happens to either record makes the pair due, but for what somebody asks,
 * and for a record that was deleted and is there again.
 */
function mayWake({ asked, exists }: Sighting): RawBuilder<unknown> {
  if (asked !== undefined) return sql`true`;
  return exists
    ? sql`(pair.state != 'unlinked' or pair.failure like '%"code":"goneInSalesforce"%')`
    : sql`pair.state != 'unlinked'`;
}
