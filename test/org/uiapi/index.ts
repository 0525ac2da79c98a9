import { clientOf, created, jsonBody, ok, type Answer, type OrgRequest } from '../http/request.ts';
import { dataRoute, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';
import { createRecord, updateRecord } from '../rest/records.ts';
import { findField } from '../schema/schema.ts';
import type { ObjectSchema } from '../schema/types.ts';
import { answerGraphql } from './graphql/answer.ts';
import { objectInfo } from './objectInfo.ts';
import { recordError } from './recordErrors.ts';
import { recordView, type Wanted } from './recordView.ts';
import { servedObject, servedRecord } from './supported.ts';

type Input = Readonly<Record<string, unknown>>;

/** What pages ask UI API for: objects and single records, as the user may see and write them. */
export const uiApiRoutes: readonly Route[] = [
  dataRoute('GET', '/ui-api/object-info/:object', (org, request, { object = '' }) =>
    ok(objectInfo(org, request.userId, servedObject(org, request.userId, object), request.version)),
  ),
  dataRoute('GET', '/ui-api/records/:id', (org, request, { id = '' }) => {
    const wanted = [...named(request, 'fields', false), ...named(request, 'optionalFields', true)];
    if (wanted.length === 0)
      throw new SalesforceError(
        'ILLEGAL_QUERY_PARAMETER_VALUE',
        "Must provide either 'fields' or 'layoutTypes'.",
      );
    const { object, record } = servedRecord(org, request.userId, id);
    return ok(recordView(org, request.userId, object, record, wanted));
  }),
  dataRoute('PATCH', '/ui-api/records/:id', (org, request, { id = '' }) => {
    const { object, record } = servedRecord(org, request.userId, id);
    const fields = fieldsOf(request);
    return writing(object, () => {
      updateRecord(org, writer(request), object.name, record.Id, fields);
      return ok(written(org, request, object, record.Id, fields));
    });
  }),
  dataRoute('POST', '/ui-api/records', (org, request) => {
    const object = servedObject(org, request.userId, String(jsonBody(request)['apiName'] ?? ''));
    const fields = fieldsOf(request);
    return writing(object, () => {
      const id = createRecord(org, writer(request), object.name, fields);
      return created(written(org, request, object, id, fields));
    });
  }),
  dataRoute('POST', '/graphql', async (org, request) => {
    const { query, variables, operationName } = jsonBody(request);
    if (typeof query !== 'string')
      throw new SalesforceError('INVALID_INPUT', 'The request body must have a query');
    return ok(
      await answerGraphql(org, request.userId, request.version, {
        query,
        variables: (variables ?? {}) as Input,
        operationName: typeof operationName === 'string' ? operationName : undefined,
      }),
    );
  }),
];

const writer = (request: OrgRequest) => ({ userId: request.userId, client: clientOf(request) });

const named = (request: OrgRequest, parameter: string, optional: boolean): Wanted[] =>
  request.query
    .getAll(parameter)
    .flatMap((list) => list.split(','))
    .filter((name) => name !== '')
    .map((name) => ({ name: name.trim(), optional }));

function fieldsOf(request: OrgRequest): Input {
  const { fields } = jsonBody(request);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new SalesforceError(
      'ILLEGAL_QUERY_PARAMETER_VALUE',
      `Record input is required for ${request.method}.`,
    );
  return fields as Input;
}

function writing(object: ObjectSchema, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof SalesforceError) return recordError(object, error);
    throw error;
  }
}

/** What a write answers: the record with the fields that it wrote. */
function written(org: Org, request: OrgRequest, object: ObjectSchema, id: string, fields: Input) {
  const names = Object.keys(fields).map((name) => findField(object, name)?.name ?? name);
  const wanted = names.map((name) => ({ name: `${object.name}.${name}`, optional: true }));
  return recordView(org, request.userId, object, org.records.live(object.name, id), wanted);
}
