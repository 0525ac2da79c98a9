import type { StoredRecord } from '../records/recordStore.ts';
import type { Value } from '../records/validate.ts';
import type { Path, Query, SelectItem } from './ast.ts';
import type { Row } from './resolve.ts';

type Reader = (path: Path) => { readonly read: (record: StoredRecord) => Value };

/** Rows of a query with aggregates: one a group, or one in all where nothing is grouped. */
export function aggregate(query: Query, records: readonly StoredRecord[], read: Reader): Row[] {
  const keys = query.groupBy.map((path) => read(path).read);
  const groups = new Map<string, StoredRecord[]>();
  if (query.groupBy.length === 0) groups.set('', []);
  for (const record of records) {
    const key = JSON.stringify(keys.map((one) => one(record)));
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  if (query.groupBy.length === 0) groups.set('', [...records]);
  return [...groups.values()].map((group) => row(query, group, read));
}

function row(query: Query, group: readonly StoredRecord[], read: Reader): Row {
  const fields: Record<string, unknown> = {};
  let unnamed = 0;
  for (const item of query.select) {
    if (item.kind === 'field') {
      const [first] = group;
      fields[item.alias ?? item.path.at(-1) ?? ''] = first ? read(item.path).read(first) : null;
    } else if (item.kind === 'aggregate') {
      fields[item.alias ?? `expr${unnamed++}`] = valueOf(item, group, read);
    }
  }
  return { attributes: { type: 'AggregateResult' }, ...fields };
}

function valueOf(
  item: Extract<SelectItem, { kind: 'aggregate' }>,
  group: readonly StoredRecord[],
  read: Reader,
): Value {
  if (item.path === null) return group.length;
  const reader = read(item.path).read;
  const values = group.map((record) => reader(record)).filter((value) => value !== null);
  const numbers = values.map(Number);
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (item.name) {
    case 'COUNT':
      return values.length;
    case 'COUNT_DISTINCT':
      return new Set(values).size;
    case 'SUM':
      return values.length === 0 ? null : sum;
    case 'AVG':
      return values.length === 0 ? null : sum / values.length;
    default:
      return extreme(values, item.name === 'MIN');
  }
}

function extreme(values: readonly NonNullable<Value>[], smallest: boolean): Value {
  let best: NonNullable<Value> | null = null;
  for (const value of values) {
    if (best === null || (smallest ? value < best : value > best)) best = value;
  }
  return best;
}
