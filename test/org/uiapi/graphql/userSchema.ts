import {
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLInputFieldConfigMap,
} from 'graphql';
import type { Org } from '../../org.ts';
import type { StoredRecord } from '../../records/recordStore.ts';
import type { FieldSchema, ObjectSchema } from '../../schema/types.ts';
import { fieldValue, type FieldValue } from '../fieldValue.ts';
import { isInGraphql } from '../supported.ts';
import { connectionArguments, connectionType, pageOf } from './connection.ts';
import { comparisons, operatorsType } from './operators.ts';
import { isFilterable, isSortable, kindOf, type Kind } from './scalars.ts';
import type { Condition, OrderBy, Path } from '../../soql/ast.ts';

/** A record and the object that it is of: what the resolvers of a node start from. */
export type Node = { readonly object: ObjectSchema; readonly record: StoredRecord };
type Input = Readonly<Record<string, unknown>>;
type Resolved = GraphQLFieldConfig<unknown, unknown>;

const ORDER_BY_CLAUSE = new GraphQLInputObjectType({
  name: 'OrderByClause',
  fields: {
    order: { type: new GraphQLEnumType({ name: 'ResultOrder', values: { ASC: {}, DESC: {} } }) },
    nulls: { type: new GraphQLEnumType({ name: 'NullOrder', values: { FIRST: {}, LAST: {} } }) },
  },
});

/** The schema of one user: objects and fields that the user may not read are not in it. */
export class UserSchema {
  readonly #org: Org;
  readonly #userId: string;
  readonly version: string;
  readonly #types = new Map<string, GraphQLObjectType | GraphQLUnionType | GraphQLInputObjectType>();

  constructor(org: Org, userId: string, version: string) {
    this.#org = org;
    this.#userId = userId;
    this.version = version;
  }

  build(): GraphQLSchema {
    const objects = this.#org.schema.objects().filter((object) => this.#sees(object));
    const query = new GraphQLObjectType({
      name: 'RecordQuery',
      fields: Object.fromEntries(objects.map((object) => [object.name, this.#connection(object, () => [])])),
    });
    const here = { resolve: () => ({}) };
    const uiapi = new GraphQLObjectType({
      name: 'UIAPI',
      fields: { query: { type: new GraphQLNonNull(query), ...here } },
    });
    return new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: { uiapi: { type: new GraphQLNonNull(uiapi), ...here } },
      }),
    });
  }

  #sees(object: ObjectSchema, field?: FieldSchema): boolean {
    const access = this.#org.accessOf(this.#userId);
    if (field) return access.field(object, field).read;
    return isInGraphql(object) && access.object(object).read;
  }

  #known<T extends GraphQLObjectType | GraphQLUnionType | GraphQLInputObjectType>(
    name: string,
    make: () => T,
  ): T {
    const known = (this.#types.get(name) as T | undefined) ?? make();
    this.#types.set(name, known);
    return known;
  }

  #fields(object: ObjectSchema): { field: FieldSchema; kind: Kind }[] {
    return [...object.fields.values()].flatMap((field) => {
      const kind = this.#sees(object, field) ? kindOf(field) : null;
      return kind ? [{ field, kind }] : [];
    });
  }

  /** The objects that a lookup can lead this user to. */
  #targets(object: ObjectSchema, field: FieldSchema): ObjectSchema[] {
    if (field.relationshipName === null || !this.#sees(object, field)) return [];
    return field.referenceTo
      .flatMap((name) => this.#org.schema.object(name) ?? [])
      .filter((target) => this.#sees(target));
  }

  #nodeType(object: ObjectSchema): GraphQLObjectType {
    return this.#known(
      object.name,
      () => new GraphQLObjectType({ name: object.name, fields: () => this.#nodeFields(object) }),
    );
  }

  #nodeFields(object: ObjectSchema): GraphQLFieldConfigMap<unknown, unknown> {
    const fields: Record<string, Resolved> = { ApiName: { type: GraphQLString, resolve: () => object.name } };
    for (const { field, kind } of this.#fields(object)) {
      const value = (source: unknown): FieldValue =>
        fieldValue(this.#org, this.#userId, object, field, (source as Node).record);
      fields[field.name] =
        field.type === 'id'
          ? { type: new GraphQLNonNull(GraphQLID), resolve: (source) => value(source).value }
          : { type: this.#valueType(kind), resolve: value };
    }
    for (const field of object.fields.values()) {
      const targets = this.#targets(object, field);
      const type = this.#parentType(object, field, targets);
      if (type && field.relationshipName !== null)
        fields[field.relationshipName] = {
          type,
          resolve: (source) => this.#parent(targets, (source as Node).record[field.name]),
        };
    }
    for (const child of this.#org.schema.objects().filter((one) => this.#sees(one))) {
      for (const field of child.fields.values()) {
        const name = field.childRelationshipName;
        if (name === null || !field.referenceTo.includes(object.name) || !this.#sees(child, field)) continue;
        fields[name] = this.#connection(child, (source) => [
          {
            kind: 'compare',
            path: [field.name],
            operator: '=',
            values: [{ kind: 'string', value: (source as Node).record.Id }],
          },
        ]);
      }
    }
    return fields;
  }

  #parentType(object: ObjectSchema, field: FieldSchema, targets: ObjectSchema[]) {
    const [only] = targets;
    if (!only) return null;
    if (field.referenceTo.length === 1) return this.#nodeType(only);
    return this.#known(
      `${object.name}_${field.relationshipName}_Union`,
      () =>
        new GraphQLUnionType({
          name: `${object.name}_${field.relationshipName}_Union`,
          types: targets.map((target) => this.#nodeType(target)),
          resolveType: (node) => (node as Node).object.name,
        }),
    );
  }

  #parent(targets: readonly ObjectSchema[], id: unknown): Node | null {
    if (typeof id !== 'string') return null;
    for (const object of targets) {
      const record = this.#org.records.get(object.name, id);
      if (record) return { object, record };
    }
    return null;
  }

  #valueType({ name, scalar }: Kind): GraphQLObjectType {
    return this.#known(
      `${name}Value`,
      () =>
        new GraphQLObjectType({
          name: `${name}Value`,
          fields: { value: { type: scalar }, displayValue: { type: GraphQLString } },
        }),
    );
  }

  #connection(object: ObjectSchema, within: (source: unknown) => Condition[]): Resolved {
    return {
      type: this.#known(`${object.name}Connection`, () =>
        connectionType(object.name, () => this.#nodeType(object)),
      ),
      args: connectionArguments(this.#filterType(object), this.#orderByType(object)),
      resolve: (source, args) =>
        pageOf(this.#org, this.#userId, this.version, object, args, {
          where: [...within(source), ...this.#conditions(object, [], (args['where'] ?? {}) as Input)],
          orderBy: ((args['orderBy'] ?? []) as Input[]).flatMap((one) => this.#order(object, [], one)),
        }),
    };
  }

  #filterType(object: ObjectSchema): GraphQLInputObjectType {
    const name = `${object.name}_Filter`;
    return this.#known(name, () => {
      const type: GraphQLInputObjectType = new GraphQLInputObjectType({
        name,
        fields: () => ({
          and: { type: new GraphQLList(type) },
          or: { type: new GraphQLList(type) },
          not: { type },
          ...Object.fromEntries(
            this.#fields(object)
              .filter(({ kind }) => isFilterable(kind))
              .map(({ field, kind }) => [
                field.name,
                { type: this.#known(`${kind.name}Operators`, () => operatorsType(kind)) },
              ]),
          ),
          ...this.#parents(object, (target) => this.#filterType(target)),
        }),
      });
      return type;
    });
  }

  #orderByType(object: ObjectSchema): GraphQLInputObjectType {
    const name = `${object.name}_OrderBy`;
    return this.#known(
      name,
      () =>
        new GraphQLInputObjectType({
          name,
          fields: () => ({
            ...Object.fromEntries(
              this.#fields(object)
                .filter(({ kind }) => isSortable(kind))
                .map(({ field }) => [field.name, { type: ORDER_BY_CLAUSE }]),
            ),
            ...this.#parents(object, (target) => this.#orderByType(target)),
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
      const [target] = this.#targets(object, field);
      if (target && field.relationshipName !== null && field.referenceTo.length === 1)
        found[field.relationshipName] = { type: typeOf(target) };
    }
    return found;
  }

  #conditions(object: ObjectSchema, path: Path, filter: Input): Condition[] {
    return Object.entries(filter).flatMap(([name, operand]): Condition[] => {
      if (operand === null) return [];
      const inner = (one: unknown) => joined('and', this.#conditions(object, path, one as Input));
      if (name === 'and' || name === 'or') return joined(name, (operand as unknown[]).flatMap(inner));
      if (name === 'not') return inner(operand).map((of) => ({ kind: 'not', of }));
      const field = object.fields.get(name);
      const kind = field && kindOf(field);
      if (kind) return comparisons(kind, [...path, name], operand as Input);
      const target = this.#targetNamed(object, name);
      return target ? this.#conditions(target, [...path, name], operand as Input) : [];
    });
  }

  #order(object: ObjectSchema, path: Path, keys: Input): OrderBy[] {
    return Object.entries(keys).flatMap(([name, clause]): OrderBy[] => {
      const inner = (clause ?? {}) as Input;
      const target = object.fields.has(name) ? undefined : this.#targetNamed(object, name);
      if (target) return this.#order(target, [...path, name], inner);
      return [
        {
          path: [...path, name],
          descending: inner['order'] === 'DESC',
          nullsLast: inner['nulls'] === 'LAST',
        },
      ];
    });
  }

  #targetNamed(object: ObjectSchema, relationship: string): ObjectSchema | undefined {
    const link = [...object.fields.values()].find((field) => field.relationshipName === relationship);
    return link && this.#targets(object, link)[0];
  }
}

function joined(kind: 'and' | 'or', conditions: readonly Condition[]): Condition[] {
  const [first, ...rest] = conditions;
  if (first === undefined) return [];
  return [rest.reduce((left, right) => ({ kind, left, right }), first)];
}
