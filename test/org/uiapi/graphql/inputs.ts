import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  type GraphQLInputFieldConfigMap,
} from 'graphql';
import type { ObjectSchema } from '../../schema/types.ts';
import type { Condition, OrderBy, Path } from '../../soql/ast.ts';
import { comparisons, operatorsType } from './operators.ts';
import { isFilterable, isSortable, kindOf } from './scalars.ts';
import type { Visible } from './visible.ts';

type Input = Readonly<Record<string, unknown>>;

const ORDER_BY_CLAUSE = new GraphQLInputObjectType({
  name: 'OrderByClause',
  fields: {
    order: { type: new GraphQLEnumType({ name: 'ResultOrder', values: { ASC: {}, DESC: {} } }) },
    nulls: { type: new GraphQLEnumType({ name: 'NullOrder', values: { FIRST: {}, LAST: {} } }) },
  },
});

/** What one user may filter and sort by, and what of it means in SOQL. */
export class Inputs {
  readonly #visible: Visible;
  readonly #types = new Map<string, GraphQLInputObjectType>();

  constructor(visible: Visible) {
    this.#visible = visible;
  }

  #known(name: string, make: () => GraphQLInputObjectType): GraphQLInputObjectType {
    const known = this.#types.get(name) ?? make();
    this.#types.set(name, known);
    return known;
  }

  filterType(object: ObjectSchema): GraphQLInputObjectType {
    const name = `${object.name}_Filter`;
    return this.#known(name, () => {
      const type: GraphQLInputObjectType = new GraphQLInputObjectType({
        name,
        fields: () => ({
          and: { type: new GraphQLList(type) },
          or: { type: new GraphQLList(type) },
          not: { type },
          ...Object.fromEntries(
            this.#visible
              .fields(object)
              .filter(({ kind }) => isFilterable(kind))
              .map(({ field, kind }) => [
                field.name,
                { type: this.#known(`${kind.name}Operators`, () => operatorsType(kind)) },
              ]),
          ),
          ...this.#parents(object, (target) => this.filterType(target)),
        }),
      });
      return type;
    });
  }

  orderByType(object: ObjectSchema): GraphQLInputObjectType {
    const name = `${object.name}_OrderBy`;
    return this.#known(
      name,
      () =>
        new GraphQLInputObjectType({
          name,
          fields: () => ({
            ...Object.fromEntries(
              this.#visible
                .fields(object)
                .filter(({ kind }) => isSortable(kind))
                .map(({ field }) => [field.name, { type: ORDER_BY_CLAUSE }]),
            ),
            ...this.#parents(object, (target) => this.orderByType(target)),
          }),
        }),
    );
  }

  /** Lookups to one object, through which a query can reach into its fields. */
  #parents(
    object: ObjectSchema,
    typeOf: (target: ObjectSchema) => GraphQLInputObjectType,
  ): GraphQLInputFieldConfigMap {
    const found: GraphQLInputFieldConfigMap = {};
    for (const field of object.fields.values()) {
      const [target] = this.#visible.targets(object, field);
      if (target && field.relationshipName !== null && field.referenceTo.length === 1)
        found[field.relationshipName] = { type: typeOf(target) };
    }
    return found;
  }

  /** The conditions of a filter, all of which must hold. */
  conditions(object: ObjectSchema, path: Path, filter: Input): Condition[] {
    return Object.entries(filter).flatMap(([name, operand]): Condition[] => {
      if (operand === null) return [];
      const inner = (one: unknown) => joined('and', this.conditions(object, path, one as Input));
      if (name === 'and' || name === 'or') return joined(name, (operand as unknown[]).flatMap(inner));
      if (name === 'not') return inner(operand).map((of) => ({ kind: 'not', of }));
      const field = object.fields.get(name);
      const kind = field && kindOf(field);
      if (kind) return comparisons(kind, [...path, name], operand as Input);
      const target = this.#visible.targetNamed(object, name);
      return target ? this.conditions(target, [...path, name], operand as Input) : [];
    });
  }

  order(object: ObjectSchema, path: Path, keys: Input): OrderBy[] {
    return Object.entries(keys).flatMap(([name, clause]): OrderBy[] => {
      const inner = (clause ?? {}) as Input;
      const target = object.fields.has(name) ? undefined : this.#visible.targetNamed(object, name);
      if (target) return this.order(target, [...path, name], inner);
      return [
        {
          path: [...path, name],
          descending: inner['order'] === 'DESC',
          nullsLast: inner['nulls'] === 'LAST',
        },
      ];
    });
  }
}

function joined(kind: 'and' | 'or', conditions: readonly Condition[]): Condition[] {
  const [first, ...rest] = conditions;
  if (first === undefined) return [];
  return [rest.reduce((left, right) => ({ kind, left, right }), first)];
}
