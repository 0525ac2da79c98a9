import {
  execute,
  getNamedType,
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ValidationRule,
} from 'graphql';
import type { Org } from '../../org.ts';
import { SalesforceError } from '../../records/errors.ts';
import { UserSchema } from './userSchema.ts';

export type GraphqlRequest = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
};

/** How many connections one query may have. */
const MAX_SUBQUERIES = 10;

/** What the platform answers, with status 200 whatever went wrong in the query. */
export async function answerGraphql(org: Org, userId: string, version: string, request: GraphqlRequest) {
  const schema = new UserSchema(org, userId, version).build();
  let document: DocumentNode;
  try {
    document = parse(request.query);
  } catch (error) {
    return failed([shown(error, 'InvalidSyntax')]);
  }
  const problems = validate(schema, document, [...specifiedRules, subqueryLimit]);
  if (problems.length > 0) return failed(problems.map((problem) => shown(problem, 'ValidationError')));
  const { data, errors = [] } = await execute({
    schema,
    document,
    variableValues: request.variables,
    operationName: request.operationName,
  });
  return { data: data ?? null, errors: errors.map((error) => shown(error, 'DataFetchingException')) };
}

type Shown = ReturnType<typeof shown>;
const failed = (errors: Shown[]) => ({ data: null, errors });

const subqueryLimit: ValidationRule = (context) => {
  let count = 0;
  return {
    Field: () => {
      if (getNamedType(context.getType())?.name.endsWith('Connection')) count += 1;
    },
    Document: {
      leave: (node) => {
        if (count > MAX_SUBQUERIES)
          context.reportError(
            new GraphQLError(
              `A query can have at most ${MAX_SUBQUERIES} subqueries, and this one has ${count}.`,
              {
                nodes: node.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION),
              },
            ),
          );
      },
    },
  };
};

function shown(error: unknown, classification: string) {
  if (!(error instanceof GraphQLError)) throw error;
  // A bug of ours is to be seen at once, and not to look like an answer.
  const { originalError } = error;
  if (
    originalError &&
    !(originalError instanceof SalesforceError) &&
    !(originalError instanceof GraphQLError)
  )
    throw originalError;
  return {
    message: worded(error.message),
    locations: (error.locations ?? []).map(({ line, column }) => ({ line, column })),
    paths: error.path ?? [],
    extensions: { classification },
  };
}

/** The platform's words for what is not in the schema, which is what a user without access meets. */
function worded(message: string): string {
  const [, field, type] = /^Cannot query field "(.+?)" on type "(.+?)"/.exec(message) ?? [];
  if (field !== undefined)
    return `Validation error of type FieldUndefined: Field '${field}' in type '${type}' is undefined`;
  const [, key, filter] = /^Field "(.+?)" is not defined by type "(.+?)"/.exec(message) ?? [];
  if (key !== undefined)
    return `Validation error of type WrongType: Field '${key}' in type '${filter?.replace(/_(?:Filter|OrderBy)$/, '')}' is undefined`;
  return message;
}
