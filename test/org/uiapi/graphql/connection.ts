import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLInputType,
} from 'graphql';
import type { Org } from '../../org.ts';
import { contextOf } from '../../rest/query.ts';
import type { ObjectSchema } from '../../schema/types.ts';
import type { Condition, OrderBy } from '../../soql/ast.ts';
import { evaluate } from '../../soql/evaluate.ts';

const DEFAULT_FIRST = 10;
const MAX_FIRST = 2_000;
/** How far a query can page that names no upper bound. */
const REACH = 4_000;
/** The smallest page of a query that names one. */
const MIN_WITH_BOUND = 200;

const PAGE_INFO = new GraphQLObjectType({
  name: 'PageInfo',
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  },
});

export function connectionType(name: string, node: () => GraphQLObjectType): GraphQLObjectType {
  const edge = new GraphQLObjectType({
    name: `${name}Edge`,
    fields: () => ({ node: { type: node() }, cursor: { type: new GraphQLNonNull(GraphQLString) } }),
  });
  return new GraphQLObjectType({
    name: `${name}Connection`,
    fields: {
      edges: { type: new GraphQLList(edge) },
      pageInfo: { type: new GraphQLNonNull(PAGE_INFO) },
      totalCount: { type: new GraphQLNonNull(GraphQLInt) },
      pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
    },
  });
}

export const connectionArguments = (
  filter: GraphQLInputType,
  orderBy: GraphQLInputType,
): GraphQLFieldConfigArgumentMap => ({
  first: { type: GraphQLInt },
  after: { type: GraphQLString },
  where: { type: filter },
  orderBy: { type: orderBy },
  upperBound: { type: GraphQLInt },
});

type Asked = { readonly where: readonly Condition[]; readonly orderBy: readonly OrderBy[] };

/**
 * One page of the records that a query finds, by the same evaluation as SOQL's.
 * @throws GraphQLError where it asks for more than one page may have
 */
export function pageOf(
  org: Org,
  userId: string,
  version: string,
  object: ObjectSchema,
  args: Readonly<Record<string, unknown>>,
  { where, orderBy }: Asked,
) {
  const bound = typeof args['upperBound'] === 'number' ? args['upperBound'] : null;
  const first = typeof args['first'] === 'number' ? args['first'] : DEFAULT_FIRST;
  const least = bound === null ? 1 : MIN_WITH_BOUND;
  if (first < least || first > MAX_FIRST)
    throw new GraphQLError(`The value of first must be between ${least} and ${MAX_FIRST}: ${first}`);
  const from = args['after'] === null || args['after'] === undefined ? 0 : indexOf(String(args['after'])) + 1;
  const [condition, ...rest] = where;
  const { rows } = evaluate(contextOf(org, { userId, version }, false), {
    select: [{ kind: 'field', path: ['Id'] }],
    from: object.name,
    where: condition ? rest.reduce((left, right) => ({ kind: 'and', left, right }), condition) : null,
    groupBy: [],
    orderBy,
    limit: bound ?? REACH,
    offset: 0,
    allRows: false,
  });
  const edges = rows.slice(from, from + first).flatMap((row, index) => {
    const record = org.records.get(object.name, String(row['Id']));
    return record ? [{ node: { object, record }, cursor: cursorOf(from + index) }] : [];
  });
  return {
    edges,
    pageInfo: {
      hasNextPage: from + edges.length < rows.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: rows.length,
    pageResultCount: edges.length,
  };
}

const cursorOf = (index: number) => Buffer.from(`v1:${index + 1}`).toString('base64');

function indexOf(cursor: string): number {
  const [, number] = /^v1:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  if (number === undefined) throw new GraphQLError(`Invalid cursor: ${cursor}`);
  return Number(number) - 1;
}
