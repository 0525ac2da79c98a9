import { shownValue } from '../records/calculated.ts';
import { SalesforceError } from '../records/errors.ts';
import type { StoredRecord } from '../records/recordStore.ts';
import type { ObjectSchema } from '../schema/types.ts';
import type { Condition, Path, Query } from './ast.ts';
import { resolve, type QueryContext, type Row } from './resolve.ts';

/** The rows of a query of children. */
type Children = (query: Query) => readonly Row[];

/** A record as a query shows it. */
export function project(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  record: StoredRecord,
  children: Children,
): Row {
  const row: Record<string, unknown> = {
    attributes: {
      type: object.name,
      url: `/services/data/v${context.version}/sobjects/${object.name}/${record.Id}`,
    },
  };
  for (const item of query.select) {
    if (item.kind === 'subquery') projectChildren(context, object, item.query, record, row, children);
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
  const { field } = resolve(context, object, path);
  const trail =
    path[0]?.toLowerCase() === object.name.toLowerCase() && path.length > 1 ? path.slice(1) : path;
  if (trail.length === 1) {
    row[field.name] = shownValue(context, object, field, record);
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
    if (wanted && context.see(object, field)) row[field.name] = shownValue(context, object, field, record);
  }
}

function projectChildren(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  record: StoredRecord,
  row: Record<string, unknown>,
  children: Children,
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
  const rows = children({
    ...query,
    from: child.object.name,
    where: query.where ? { kind: 'and', left: where, right: query.where } : where,
  });
  row[child.field.childRelationshipName ?? query.from] =
    rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows };
}
