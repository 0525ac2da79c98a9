import type { StoredRecord } from '../records/recordStore.ts';
import type { ObjectSchema } from '../schema/types.ts';
import type { Condition, Path, Query } from './ast.ts';
import { aggregate } from './aggregate.ts';
import { idOf, matcher, orderKey, orderValues } from './compare.ts';
import { checkFilter } from './filters.ts';
import { project } from './project.ts';
import { objectOf, resolve, type QueryContext, type Resolved, type Row } from './resolve.ts';

/** Evaluates a query. `COUNT()` alone comes back as `count` with no rows. */
export function evaluate(context: QueryContext, query: Query): { rows: Row[]; count: number | null } {
  const object = objectOf(context, query.from);
  const matches = query.where === null ? () => true : compile(context, object, query.where);
  const visible: StoredRecord[] = [];
  for (const record of candidates(context, object, query.where))
    if ((context.includeDeleted || query.allRows || record['IsDeleted'] !== true) && matches(record))
      visible.push(record);
  // A field that is not there is an error even where no row would show it.
  for (const item of query.select) if (item.kind === 'field') resolve(context, object, item.path);
  const [only] = query.select;
  if (
    query.select.length === 1 &&
    only?.kind === 'aggregate' &&
    only.name === 'COUNT' &&
    only.path === null &&
    !only.alias
  ) {
    return { rows: [], count: visible.length };
  }
  const grouped = query.groupBy.length > 0 || query.select.some((item) => item.kind === 'aggregate');
  const read = (path: Path) => resolve(context, object, path);
  if (grouped) return { rows: slice(query, aggregate(query, visible, read)), count: null };
  const children = (inner: Query) => evaluate(context, inner).rows;
  const sorted = sort(query, visible, read);
  return {
    rows: slice(query, sorted).map((record) => project(context, object, query, record, children)),
    count: null,
  };
}

function slice<T>(query: Query, rows: readonly T[]): T[] {
  return rows.slice(query.offset, query.limit === null ? undefined : query.offset + query.limit);
}

function sort(query: Query, records: StoredRecord[], read: (path: Path) => Resolved): StoredRecord[] {
  const keys = query.orderBy.map((key) => ({ ...key, ...read(key.path) }));
  if (keys.length === 0) return records;
  return records
    .map((record) => ({ record, by: keys.map(({ field, read: of }) => orderKey(field, of(record))) }))
    .sort((a, b) => {
      for (const [index, { descending, nullsLast }] of keys.entries()) {
        const order = orderValues(a.by[index] ?? null, b.by[index] ?? null, descending, nullsLast);
        if (order !== 0) return order;
      }
      return 0;
    })
    .map(({ record }) => record);
}

/** Where a condition asks for values of a stored field, as the platform's indexes do: only what has one of them. */
function candidates(
  context: QueryContext,
  object: ObjectSchema,
  condition: Condition | null,
): Iterable<StoredRecord> {
  return indexed(context, object, condition) ?? context.records.rows(object.name).values();
}

function indexed(
  context: QueryContext,
  object: ObjectSchema,
  condition: Condition | null,
): StoredRecord[] | null {
  if (condition?.kind === 'and')
    return indexed(context, object, condition.left) ?? indexed(context, object, condition.right);
  if (condition?.kind !== 'compare' || condition.subquery || condition.path.length > 1) return null;
  if (condition.operator !== '=' && condition.operator !== 'IN') return null;
  const { field } = resolve(context, object, condition.path);
  const values = condition.values.map((literal) =>
    literal.kind === 'string' ? idOf(field, literal.value) : null,
  );
  if (field.calculation !== null || !values.every((value) => typeof value === 'string')) return null;
  return context.records.rows(object.name).having(field, values);
}

function compile(
  context: QueryContext,
  object: ObjectSchema,
  condition: Condition,
): (record: StoredRecord) => boolean {
  if (condition.kind === 'not') {
    const inner = compile(context, object, condition.of);
    return (record) => !inner(record);
  }
  if (condition.kind !== 'compare') {
    const left = compile(context, object, condition.left);
    const right = compile(context, object, condition.right);
    return condition.kind === 'and'
      ? (record) => left(record) && right(record)
      : (record) => left(record) || right(record);
  }
  const { field, read } = resolve(context, object, condition.path);
  checkFilter(field, condition.operator, condition.values);
  const values = condition.subquery ? subqueryValues(context, condition.subquery) : condition.values;
  const isSo = matcher(field, condition.operator, values, context.now);
  return (record) => isSo(read(record));
}

function subqueryValues(context: QueryContext, query: Query) {
  const [item] = query.select;
  const name = item?.kind === 'field' ? item.path.join('.') : 'Id';
  return evaluate(context, query)
    .rows.map((row) => row[name])
    .filter((value) => typeof value === 'string')
    .map((value) => ({ kind: 'string' as const, value }));
}
