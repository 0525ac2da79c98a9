import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
} from 'graphql';
import type { Condition, Literal, Operator, Path } from '../../soql/ast.ts';
import type { Kind } from './scalars.ts';

const OPERATORS: Readonly<Record<string, Operator>> = {
  eq: '=',
  ne: '!=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  like: 'LIKE',
  in: 'IN',
  nin: 'NOT IN',
  includes: 'INCLUDES',
  excludes: 'EXCLUDES',
};
const ORDERED = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'];
const LISTS = new Set(['in', 'nin', 'includes', 'excludes']);

function namesFor({ name }: Kind): string[] {
  if (name === 'Boolean') return ['eq', 'ne'];
  if (name === 'MultiPicklist') return ['eq', 'ne', 'includes', 'excludes'];
  if (['ID', 'Int', 'Double', 'Currency', 'Percent', 'Date', 'DateTime', 'Time'].includes(name))
    return [...ORDERED, 'in', 'nin'];
  return [...ORDERED, 'like', 'in', 'nin'];
}

const WORDS = [
  'TODAY',
  'YESTERDAY',
  'TOMORROW',
  ...['WEEK', 'MONTH', 'YEAR'].flatMap((unit) => [`THIS_${unit}`, `LAST_${unit}`]),
];
const DATE_LITERAL = new GraphQLEnumType({
  name: 'DateLiteral',
  values: Object.fromEntries(WORDS.map((word) => [word, {}])),
});
const RANGES = ['last_n_days', 'next_n_days', 'last_n_weeks', 'last_n_months'];
const DATE_RANGE = new GraphQLInputObjectType({
  name: 'DateRange',
  fields: Object.fromEntries(RANGES.map((name) => [name, { type: GraphQLInt }])),
});

/** What a value is compared with: a date or a time is given as value, as word or as range. */
function operandType(kind: Kind): GraphQLInputType {
  if (kind.name !== 'Date' && kind.name !== 'DateTime') return kind.scalar;
  return new GraphQLInputObjectType({
    name: `${kind.name}Input`,
    fields: { value: { type: kind.scalar }, literal: { type: DATE_LITERAL }, range: { type: DATE_RANGE } },
  });
}

/** `StringOperators` and the like. */
export function operatorsType(kind: Kind): GraphQLInputObjectType {
  const operand = operandType(kind);
  const fields: GraphQLInputFieldConfigMap = Object.fromEntries(
    namesFor(kind).map((name) => [name, { type: LISTS.has(name) ? new GraphQLList(operand) : operand }]),
  );
  const name = kind.name === 'ID' ? 'Id' : kind.name === 'Int' ? 'Integer' : kind.name;
  return new GraphQLInputObjectType({ name: `${name}Operators`, fields });
}

type Input = Readonly<Record<string, unknown>>;

/** The conditions that the operators on one field make, all of which must hold. */
export function comparisons(kind: Kind, path: Path, operators: Input): Condition[] {
  return Object.entries(operators).flatMap(([name, operand]) => {
    const operator = OPERATORS[name];
    if (operator === undefined) return [];
    const operands = LISTS.has(name) ? ((operand ?? []) as unknown[]) : [operand];
    return [{ kind: 'compare', path, operator, values: operands.map((one) => literal(kind, one)) }];
  });
}

function literal(kind: Kind, operand: unknown): Literal {
  if (operand === null || operand === undefined) return { kind: 'null' };
  if (kind.name === 'Date' || kind.name === 'DateTime') return dateLiteral(operand as Input);
  if (kind.name === 'Time') return { kind: 'date', value: String(operand) };
  if (typeof operand === 'boolean') return { kind: 'boolean', value: operand };
  if (typeof operand === 'number') return { kind: 'number', value: operand };
  return { kind: 'string', value: String(operand) };
}

function dateLiteral({ value, literal: word, range }: Input): Literal {
  if (typeof value === 'string') return { kind: 'date', value };
  if (typeof word === 'string') return { kind: 'date', value: word };
  const [[name, count] = []] = Object.entries((range ?? {}) as Input);
  return name === undefined
    ? { kind: 'null' }
    : { kind: 'date', value: `${name.toUpperCase()}:${String(count)}` };
}
