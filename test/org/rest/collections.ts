import { clientOf, jsonBody, ok, type OrgRequest } from '../http/request.ts';
import { dataRoute, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';
import { createRecord, deleteRecord, readRecord, updateRecord, upsertRecord } from './records.ts';

const MAX_RECORDS = 200;

type Result = {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields: readonly string[] }[];
  created?: boolean;
};
type Item = Readonly<Record<string, unknown>>;

export const collectionRoutes: readonly Route[] = [
  dataRoute('POST', '/composite/sobjects', (org, request) => {
    const { records, allOrNone } = collection(request);
    return ok(
      each(org, request, allOrNone, records, (record) => ({
        id: createRecord(org, writer(request), typeOf(record), record),
      })),
    );
  }),
  dataRoute('PATCH', '/composite/sobjects', (org, request) => {
    const { records, allOrNone } = collection(request);
    return ok(
      each(org, request, allOrNone, records, (record) => {
        const { id, Id, ...fields } = record;
        const recordId = String(id ?? Id ?? '');
        if (recordId === '')
          throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call');
        updateRecord(org, writer(request), typeOf(record), recordId, fields);
        return { id: recordId };
      }),
    );
  }),
  dataRoute('PATCH', '/composite/sobjects/:object/:field', (org, request, { object = '', field = '' }) => {
    const { records, allOrNone } = collection(request);
    return ok(
      each(org, request, allOrNone, records, (record) => {
        const { [field]: value, ...fields } = record;
        return upsertRecord(org, writer(request), object, field, String(value), fields);
      }),
    );
  }),
  dataRoute('DELETE', '/composite/sobjects', (org, request) => {
    const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
    limit(ids.length);
    const items = ids.map((id) => ({ id }));
    return ok(
      each(org, request, request.query.get('allOrNone') === 'true', items, ({ id }) => {
        const name = org.schema.byKeyPrefix(id.slice(0, 3))?.name ?? '';
        deleteRecord(org, writer(request), name, id);
        return { id: id };
      }),
    );
  }),
  dataRoute('POST', '/composite/sobjects/:object', (org, request, { object = '' }) => {
    const body = jsonBody(request) as { ids?: string[]; fields?: string[] };
    const ids = body.ids ?? [];
    if (ids.length > 2_000)
      throw new SalesforceError(
        'EXCEEDED_ID_LIMIT',
        'record limit reached. cannot retrieve more than 2000 records',
      );
    return ok(
      ids.map((id) => {
        const record = org.records.get(org.schema.object(object)?.name ?? object, id);
        return record && record['IsDeleted'] !== true
          ? readRecord(org, request.userId, request.version, object, id, body.fields ?? ['Id'])
          : null;
      }),
    );
  }),
];

const writer = (request: OrgRequest) => ({ userId: request.userId, client: clientOf(request) });

function collection(request: OrgRequest): { records: Item[]; allOrNone: boolean } {
  const body = jsonBody(request) as { records?: Item[]; allOrNone?: boolean };
  const records = body.records ?? [];
  limit(records.length);
  return { records, allOrNone: body.allOrNone === true };
}

function limit(count: number): void {
  if (count > MAX_RECORDS)
    throw new SalesforceError(
      'EXCEEDED_MAX_SIZE_REQUEST',
      `The number of records exceeds the limit of ${MAX_RECORDS}`,
    );
}

function typeOf(record: Item): string {
  const attributes = record['attributes'] as { type?: string } | undefined;
  if (!attributes?.type) throw new SalesforceError('INVALID_TYPE', 'attributes.type is missing');
  return attributes.type;
}

/** Does one thing for each item; with all-or-none, one failure undoes all and every other item says so. */
function each<T extends Item>(
  org: Org,
  request: OrgRequest,
  allOrNone: boolean,
  items: readonly T[],
  work: (item: T) => { id: string; created?: boolean },
): Result[] {
  const results: Result[] = [];
  const runAll = () => {
    for (const item of items) {
      try {
        results.push({ ...work(item), success: true, errors: [] });
      } catch (error) {
        if (!(error instanceof SalesforceError)) throw error;
        results.push({
          success: false,
          errors: [{ statusCode: error.code, message: error.message, fields: error.fields }],
        });
      }
    }
    if (allOrNone && results.some((result) => !result.success)) throw new RolledBack();
  };
  if (!allOrNone) {
    runAll();
    return results;
  }
  try {
    org.records.transact(request.userId, clientOf(request), runAll);
    return results;
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return results.map((result) => (result.success ? ROLLED_BACK : result));
  }
}

class RolledBack extends Error {}
const ROLLED_BACK: Result = {
  success: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message:
        'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};
