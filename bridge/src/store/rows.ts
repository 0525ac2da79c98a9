import { sql, type RawBuilder } from 'kysely';
import type { Intent } from '../core/intent.ts';
import type { SideName } from '../core/mergeFields.ts';
import type { PairKind } from '../core/pair.ts';
import { requestedAction } from '../core/requestedAction.ts';
import type { Base } from '../core/values.ts';
import type { SqlEngine } from './migrations.ts';
import type { LogRow, PairRow } from './schema.ts';
import type { LogEntry, Pair, PairState } from './store.ts';

/** The column that holds a side's id. */
export const idColumn = (side: SideName) => (side === 'desk' ? 'desk_id' : 'salesforce_id');

/** A part of the failure of a pair, in SQL. */
export function failurePart(engine: SqlEngine, part: 'class' | 'code'): RawBuilder<string> {
  return engine === 'postgres'
    ? sql<string>`failure::json ->> ${sql.lit(part)}`
    : sql<string>`json_extract(failure, ${sql.lit(`$.${part}`)})`;
}

/** SQL's limit of bound values in one statement is far above this. */
const IDS_PER_QUERY = 400;

/** Ids in parts that one statement takes. */
export function inParts(ids: readonly string[]): (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_QUERY)
    parts.push(ids.slice(start, start + IDS_PER_QUERY));
  return parts;
}

/** PostgreSQL takes a bare value for text where no column says what it is. */
export const time = (at: number) => sql<number>`cast(${at} as bigint)`;

type Columns = Readonly<Record<string, 'text' | 'bigint'>>;

/**
 * Values as a table of these columns, for a statement about many rows. They are one parameter for as many as there
 * are, so that the statement is always the same.
 */
export function tableOf<C extends Columns>(
  engine: SqlEngine,
  columns: C,
  rows: readonly Readonly<Record<keyof C, string | number | null>>[],
): RawBuilder<unknown> {
  // Half of a character, where a text was cut in it, is no text to PostgreSQL's JSON.
  const values = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
  const names = Object.entries(columns);
  if (engine === 'postgres') {
    const typed = sql.join(names.map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`));
    return sql`json_to_recordset(cast(${values} as json)) as given(${typed})`;
  }
  const read = sql.join(names.map(([name]) => sql`value ->> ${sql.lit(name)} as ${sql.ref(name)}`));
  return sql`(select ${read} from json_each(${values})) as given`;
}

export function asPair(row: PairRow): Pair {
  return {
    row: row.id,
    pair: row.pair as PairKind,
    salesforceId: row.salesforce_id,
    deskId: row.desk_id,
    linkId: row.link_id,
    base: row.base === null ? null : (JSON.parse(row.base) as Base),
    deskSeen: row.desk_seen,
    attempts: row.attempts,
    version: row.version,
    asked: requestedAction(row.asked) ?? null,
    state: row.state as PairState,
    conversation: row.conversation,
    intent: row.intent === null ? null : (JSON.parse(row.intent) as Intent),
  };
}

export function asLogEntry(row: LogRow): LogEntry & { at: number } {
  return {
    at: row.at,
    level: row.level as LogEntry['level'],
    pair: row.pair as PairKind,
    salesforceId: row.salesforce_id,
    deskId: row.desk_id,
    rule: row.rule,
    text: row.text,
  };
}
