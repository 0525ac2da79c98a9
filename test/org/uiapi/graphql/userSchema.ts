import {
  GraphQLID,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { Org } from '../../org.ts';
import type { StoredRecord } from '../../records/recordStore.ts';
import type { FieldSchema, ObjectSchema } from '../../schema/types.ts';
import { fieldValue, type FieldValue } from '../fieldValue.ts';
import { connectionArguments, connectionType, pageOf } from './connection.ts';
import { Inputs } from './inputs.ts';
import type { Kind } from './scalars.ts';
import { Visible } from './visible.ts';
import type { Condition } from '../../soql/ast.ts';

/** A record and the object that it is of: what the resolvers of a node start from. */
type Node = { readonly object: ObjectSchema; readonly record: StoredRecord };
type Input = Readonly<Record<string, unknown>>;
type Resolved = GraphQLFieldConfig<unknown, unknown>;

/** The schema of one user: objects and fields that the user may not read are not in it. */
export class UserSchema {
  readonly #org: Org;
  readonly #userId: string;
  readonly #version: string;
  readonly #visible: Visible;
  readonly #inputs: Inputs;
  readonly #types = new Map<string, GraphQLObjectType | GraphQLUnionType>();

  constructor(org: Org, userId: string, version: string) {
    this.#org = org;
    this.#userId = userId;
    this.#version = version;
    this.#visible = new Visible(org, userId);
    this.#inputs = new Inputs(this.#visible);
  }

  build(): GraphQLSchema {
    const objects = this.#visible.objects();
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

  #known<T extends GraphQLObjectType | GraphQLUnionType>(name: string, make: () => T): T {
    const known = (this.#types.get(name) as T | undefined) ?? make();
    this.#types.set(name, known);
    return known;
  }

  #nodeType(object: ObjectSchema): GraphQLObjectType {
    return this.#known(
      object.name,
      () => new GraphQLObjectType({ name: object.name, fields: () => this.#nodeFields(object) }),
    );
  }

  #nodeFields(object: ObjectSchema): GraphQLFieldConfigMap<unknown, unknown> {
    const fields: Record<string, Resolved> = { ApiName: { type: GraphQLString, resolve: () => object.name } };
    for (const { field, kind } of this.#visible.fields(object)) {
      const value = (source: unknown): FieldValue =>
        fieldValue(this.#org, this.#userId, object, field, (source as Node).record);
      fields[field.name] =
        field.type === 'id'
          ? { type: new GraphQLNonNull(GraphQLID), resolve: (source) => value(source).value }
          : { type: this.#valueType(kind), resolve: value };
    }
    for (const field of object.fields.values()) {
      const targets = this.#visible.targets(object, field);
      const type = this.#parentType(object, field, targets);
      if (type && field.relationshipName !== null)
        fields[field.relationshipName] = {
          type,
          resolve: (source) => this.#parent(targets, (source as Node).record[field.name]),
        };
    }
    for (const child of this.#visible.objects()) {
      for (const field of child.fields.values()) {
        const name = field.childRelationshipName;
        if (name === null || !field.referenceTo.includes(object.name) || !this.#visible.sees(child, field))
          continue;
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
      args: connectionArguments(this.#inputs.filterType(object), this.#inputs.orderByType(object)),
      resolve: (source, args) =>
        pageOf(this.#org, this.#userId, this.#version, object, args, {
          where: [...within(source), ...this.#inputs.conditions(object, [], (args['where'] ?? {}) as Input)],
          orderBy: this.#inputs.order(object, [], (args['orderBy'] ?? {}) as Input),
        }),
    };
  }
}
