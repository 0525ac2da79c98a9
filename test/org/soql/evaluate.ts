import { SalesforceError } from '../records/errors.ts';
import type { RecordStore, StoredRecord } from '../records/recordStore.ts';
import type { Value } from '../records/validate.ts';
import { text } from '../schema/fields.ts';
import { findField, type Schema } from '../schema/schema.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import type { Condition, Path, Query } from './ast.ts';
import { aggregate } from './aggregate.ts';
import { orderValues, satisfies } from './compare.ts';

export type Row = {
  readonly attributes: { readonly type: string; readonly url?: string };
  readonly [field: string]: unknown;
};

/** What a query may see and where it looks. */
export type QueryContext = {
  readonly schema: Schema;
  readonly records: RecordStore;
  readonly now: number;
  readonly version: string;
  /** Throws INVALID_TYPE or INVALID_FIELD when the user may not see it. */
  readonly see: (object: ObjectSchema, field?: FieldSchema) => boolean;
  readonly includeDeleted: boolean;
};

type Resolved = { readonly field: FieldSchema; readonly read: (record: StoredRecord | null) => Value };

/** Evaluates a query. `COUNT()` alone comes back as `count` with no rows. */
export function evaluate(context: QueryContext, query: Query): { rows: Row[]; count: number | null } {
  const object = objectOf(context, query.from);
  const matches = query.where === null ? () => true : compile(context, object, query.where);
  const all = [...context.records.rows(object.name).values()];
  const visible = all.filter(
    (record) => (context.includeDeleted || query.allRows || record['IsDeleted'] !== true) && matches(record),
  );
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
  const sorted = sort(query, visible, read);
  return { rows: slice(query, sorted).map((record) => project(context, object, query, record)), count: null };
}

function objectOf(context: QueryContext, name: string): ObjectSchema {
  const object = context.schema.object(name);
  if (!object || object.kind === 'event' || !context.see(object)) {
    throw new SalesforceError(
      'INVALID_TYPE',
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name.`,
    );
  }
  return object;
}

function slice<T>(query: Query, rows: readonly T[]): T[] {
  return rows.slice(query.offset, query.limit === null ? undefined : query.offset + query.limit);
}

function sort(query: Query, records: StoredRecord[], read: (path: Path) => Resolved): StoredRecord[] {
  const keys = query.orderBy.map((key) => ({ ...key, ...read(key.path) }));
  if (keys.length === 0) return records;
  return records.sort((a, b) => {
    for (const key of keys) {
      const order = orderValues(key.field, key.read(a), key.read(b), key.descending, key.nullsLast);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Finds the field that a path ends in, and how to read it from a record; a missing parent reads as null. */
export function resolve(context: QueryContext, object: ObjectSchema, path: Path): Resolved {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    const field = findField(object, head);
    if (!field || !context.see(object, field)) {
      throw new SalesforceError(
        'INVALID_FIELD',
        `No such column '${head}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
      );
    }
    return { field, read: (record) => record?.[field.name] ?? null };
  }
  if (head.toLowerCase() === object.name.toLowerCase()) return resolve(context, object, rest);
  const link = [...object.fields.values()].find(
    (field) => field.relationshipName?.toLowerCase() === head.toLowerCase(),
  );
  if (!link || !context.see(object, link)) {
    throw new SalesforceError(
      'INVALID_FIELD',
      `Didn't understand relationship '${head}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
    );
  }
  // Of a lookup to several objects, only what all records have in common can be asked for, and which one it is.
  if (link.referenceTo.length > 1 && rest.length === 1 && rest[0]?.toLowerCase() === 'type')
    return {
      field: typeField(link.name),
      read: (record) => objectNameOf(context, link, record?.[link.name]),
    };
  const target = objectOf(context, link.referenceTo[0] ?? '');
  const inner = resolve(context, target, rest);
  return {
    field: inner.field,
    read: (record) => {
      const id = record?.[link.name];
      return inner.read(typeof id === 'string' ? (context.records.get(target.name, id) ?? null) : null);
    },
  };
}

/** `What.Type`: the name of the object that a lookup to several of them points to. */
const typeField = (name: string) => text(`${name}.Type`, 40);

function objectNameOf(context: QueryContext, link: FieldSchema, id: unknown): string | null {
  if (typeof id !== 'string') return null;
  return link.referenceTo.find((name) => context.records.get(name, id)) ?? null;
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
  if (field.type === 'textarea' && field.length > 255) {
    throw new SalesforceError('INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
  }
  const quoted = condition.values.some((value) => value.kind === 'string');
  if (
    quoted &&
    ['boolean', 'int', 'double', 'currency', 'percent', 'date', 'datetime'].includes(field.type)
  ) {
    throw new SalesforceError(
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type ${field.type} and should not be enclosed in quotes`,
    );
  }
  const values = condition.subquery ? subqueryValues(context, condition.subquery) : condition.values;
  return (record) => satisfies(field, read(record), condition.operator, values, context.now);
}

function subqueryValues(context: QueryContext, query: Query) {
  const [item] = query.select;
  const name = item?.kind === 'field' ? item.path.join('.') : 'Id';
  return evaluate(context, query)
    .rows.map((row) => row[name])
    .filter((value) => typeof value === 'string')
    .map((value) => ({ kind: 'string' as const, value }));
}

function project(context: QueryContext, object: ObjectSchema, query: Query, record: StoredRecord): Row {
  const row: Record<string, unknown> = {
    attributes: {
      type: object.name,
      url: `/services/data/v${context.version}/sobjects/${object.name}/${record.Id}`,
    },
  };
  for (const item of query.select) {
    if (item.kind === 'subquery') projectChildren(context, object, item.query, record, row);
    else if (item.kind === 'fields') projectFields(context, object, query, item.which, record, row);
    else if (item.kind === 'field') projectPath(context, object, item.path, record, row);
  }
  return row as Row;
}

function projectPath(
  context: QueryContext,
  object: ObjectSchema,
  path: Path,
  record: StoredRecord,
  row: Record<string, unknown>,
): void {
  const { field, read } = resolve(context, object, path);
  const trail =
    path[0]?.toLowerCase() === object.name.toLowerCase() && path.length > 1 ? path.slice(1) : path;
  if (trail.length === 1) {
    row[field.name] = read(record);
    return;
  }
  const [head = ''] = trail;
  const link = [...object.fields.values()].find(
    (one) => one.relationshipName?.toLowerCase() === head.toLowerCase(),
  );
  const id = link && record[link.name];
  const target = context.schema.object(link?.referenceTo[0] ?? '');
  const parent = target && typeof id === 'string' ? context.records.get(target.name, id) : undefined;
  const name = link?.relationshipName ?? head;
  if (!target || !parent) {
    row[name] = null;
    return;
  }
  const nested = (row[name] ??= {
    attributes: {
      type: target.name,
      url: `/services/data/v${context.version}/sobjects/${target.name}/${parent.Id}`,
    },
  });
  projectPath(context, target, trail.slice(1), parent, nested as Record<string, unknown>);
}

function projectFields(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  which: string,
  record: StoredRecord,
  row: Record<string, unknown>,
): void {
  if (query.limit === null || query.limit > 200) {
    throw new SalesforceError('MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  for (const field of object.fields.values()) {
    const wanted = which === 'ALL' || field.custom === (which === 'CUSTOM');
    if (wanted && context.see(object, field)) row[field.name] = record[field.name] ?? null;
  }
}

function projectChildren(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  record: StoredRecord,
  row: Record<string, unknown>,
): void {
  const child = context.schema.child(object.name, query.from);
  if (!child)
    throw new SalesforceError(
      'INVALID_TYPE',
      `Didn't understand relationship '${query.from}' in FROM part of query call.`,
    );
  const where: Condition = {
    kind: 'compare',
    path: [child.field.name],
    operator: '=',
    values: [{ kind: 'string', value: record.Id }],
  };
  const { rows } = evaluate(context, {
    ...query,
    from: child.object.name,
    where: query.where ? { kind: 'and', left: where, right: query.where } : where,
  });
  row[child.field.childRelationshipName ?? query.from] =
    rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows };
}
