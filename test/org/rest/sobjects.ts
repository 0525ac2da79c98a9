import { clientOf, created, jsonBody, noContent, ok, type OrgRequest } from '../http/request.ts';
import { dataRoute, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import { notFound, SalesforceError } from '../records/errors.ts';
import { isId } from '../records/ids.ts';
import { salesforceTime } from '../records/times.ts';
import { recordTypesOf } from './recordTypes.ts';
import { describeLine, describeObject } from '../schema/describe.ts';
import {
  createRecord,
  deleteRecord,
  findByExternalId,
  permitted,
  readRecord,
  updateRecord,
  upsertRecord,
} from './records.ts';

const options = (request: OrgRequest) => ({ userId: request.userId, client: clientOf(request) });
const fieldList = (request: OrgRequest) =>
  request.query
    .get('fields')
    ?.split(',')
    .map((name) => name.trim()) ?? null;

export const sobjectRoutes: readonly Route[] = [
  dataRoute('GET', '/sobjects', (org, request) => {
    const access = org.accessOf(request.userId);
    const visible = org.schema.objects().filter((object) => access.object(object).read);
    return ok({
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: visible.map((object) => describeLine(object, access.object(object), request.version)),
    });
  }),
  dataRoute('GET', '/sobjects/:object/describe', (org, request, { object: name = '' }) => {
    const object = permitted(org, request.userId, name, 'read');
    const access = org.accessOf(request.userId);
    return ok(
      describeObject(
        org.schema,
        object,
        access.object(object),
        (field) => access.field(object, field),
        recordTypesOf(org, request.userId, object.name),
        request.version,
      ),
    );
  }),
  dataRoute('GET', '/sobjects/:object/updated', (org, request, { object = '' }) =>
    replication(org, request, object, 'updated'),
  ),
  dataRoute('GET', '/sobjects/:object/deleted', (org, request, { object = '' }) =>
    replication(org, request, object, 'deleted'),
  ),
  dataRoute('GET', '/sobjects/:object', (org, request, { object: name = '' }) => {
    const object = permitted(org, request.userId, name, 'read');
    return ok({
      objectDescribe: describeLine(object, org.accessOf(request.userId).object(object), request.version),
      recentItems: [],
    });
  }),
  dataRoute('POST', '/sobjects/:object', (org, request, { object = '' }) =>
    created({
      id: createRecord(org, options(request), object, jsonBody(request)),
      success: true,
      errors: [],
    }),
  ),
  dataRoute('GET', '/sobjects/:object/:id', (org, request, { object = '', id = '' }) => {
    if (!isId(id)) throw notFound();
    return ok(readRecord(org, request.userId, request.version, object, id, fieldList(request)));
  }),
  dataRoute('PATCH', '/sobjects/:object/:id', (org, request, { object = '', id = '' }) => {
    updateRecord(org, options(request), object, id, jsonBody(request));
    return noContent;
  }),
  dataRoute('DELETE', '/sobjects/:object/:id', (org, request, { object = '', id = '' }) => {
    deleteRecord(org, options(request), object, id);
    return noContent;
  }),
  dataRoute(
    'GET',
    '/sobjects/:object/:field/:value',
    (org, request, { object = '', field = '', value = '' }) => {
      const id = findByExternalId(org, permitted(org, request.userId, object, 'read'), field, value);
      if (id === null) throw notFound();
      return ok(readRecord(org, request.userId, request.version, object, id, fieldList(request)));
    },
  ),
  dataRoute(
    'PATCH',
    '/sobjects/:object/:field/:value',
    (org, request, { object = '', field = '', value = '' }) => {
      const { id, created: isNew } = upsertRecord(
        org,
        options(request),
        object,
        field,
        value,
        jsonBody(request),
      );
      return { status: isNew ? 201 : 200, body: { id, success: true, errors: [], created: isNew } };
    },
  ),
];

const THIRTY_DAYS = 30 * 86_400_000;

/** getUpdated and getDeleted: ids changed in a window of at least a minute, at most 30 days back. */
function replication(org: Org, request: OrgRequest, name: string, kind: 'updated' | 'deleted') {
  const object = permitted(org, request.userId, name, 'read');
  const [start, end] = ['start', 'end'].map((key) =>
    Date.parse((request.query.get(key) ?? '').replace(/\+0000$/, 'Z').replace(' ', '+')),
  );
  if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end)) {
    throw new SalesforceError('MALFORMED_DATE', 'start and end must be given as date-times');
  }
  // Seconds are ignored by the platform: a window within one minute is empty.
  if (end - start < 60_000)
    throw new SalesforceError(
      'INVALID_REPLICATION_DATE',
      'startDate must be at least one minute greater than endDate',
    );
  if (org.now() - start > THIRTY_DAYS)
    throw new SalesforceError('INVALID_REPLICATION_DATE', `startDate before org replication enabled date`);
  const changed = [...org.records.rows(object.name).values()].filter((row) => {
    const at = Date.parse(String(row['SystemModstamp']).replace(/\+0000$/, 'Z'));
    return (
      at >= Math.floor(start / 60_000) * 60_000 &&
      at <= end &&
      (kind === 'deleted') === (row['IsDeleted'] === true)
    );
  });
  const latestDateCovered = salesforceTime(Math.min(end, org.now()));
  if (kind === 'updated') return ok({ ids: changed.map((row) => row.Id), latestDateCovered });
  return ok({
    deletedRecords: changed.map((row) => ({ id: row.Id, deletedDate: row['SystemModstamp'] })),
    earliestDateAvailable: salesforceTime(org.now() - THIRTY_DAYS),
    latestDateCovered,
  });
}
