import { ok, type Answer, type OrgRequest } from '../http/request.ts';
import { dataRoute, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import { notFound, SalesforceError } from '../records/errors.ts';
import type { Query } from '../soql/ast.ts';
import { evaluate } from '../soql/evaluate.ts';
import { resolve, type QueryContext, type Row } from '../soql/resolve.ts';
import { TOOLING_ONLY } from '../schema/toolingObjects.ts';
import { parse } from '../soql/parse.ts';

/** The longest text of a query; within a URL, that one's limit comes first. */
const LONGEST = 100_000;
const BATCH = 2_000;

export const queryRoutes: readonly Route[] = [
  dataRoute('GET', '/query', (org, request) => run(org, request, false)),
  dataRoute('GET', '/queryAll', (org, request) => run(org, request, true)),
  dataRoute('GET', '/tooling/query', (org, request) => run(org, request, false)),
  dataRoute('GET', '/query/:locator', (org, request, { locator = '' }) => more(org, request, locator)),
];

/** What a query of that user may see. */
export function contextOf(
  org: Org,
  request: Pick<OrgRequest, 'userId' | 'version'>,
  includeDeleted: boolean,
): QueryContext {
  const access = org.accessOf(request.userId);
  return {
    schema: org.schema,
    records: org.records,
    now: org.now(),
    version: request.version,
    includeDeleted,
    unmasked: access.permission('ViewEncryptedData'),
    see: (object, field) => (field ? access.field(object, field).read : access.object(object).read),
  };
}

function run(org: Org, request: OrgRequest, includeDeleted: boolean): Answer {
  const soql = request.query.get('q');
  if (soql === null) throw new SalesforceError('MALFORMED_QUERY', 'A query string has to be specified');
  if (soql.length > LONGEST)
    throw new SalesforceError(
      'MALFORMED_QUERY',
      `SOQL statements cannot be longer than ${LONGEST} characters.`,
    );
  const query = parse(soql);
  if (!request.path.includes('/tooling/') && TOOLING_ONLY.has(query.from))
    throw new SalesforceError('INVALID_TYPE', `sObject type '${query.from}' is not supported.`);
  const context = contextOf(org, request, includeDeleted);
  if (request.query.get('columns') === 'true') return ok(columns(context, query));
  const { rows, count } = evaluate(context, query);
  if (count !== null) return ok({ totalSize: count, done: true, records: [] });
  return ok(page(org, request, rows, 0));
}

function page(org: Org, request: OrgRequest, rows: readonly Row[], from: number, locator?: string) {
  const asked = Number(
    /batchSize=(\d+)/.exec(String(request.headers['sforce-query-options'] ?? ''))?.[1] ?? BATCH,
  );
  const size = Math.min(BATCH, Math.max(200, asked));
  const until = Math.min(rows.length, from + size);
  const answer = { totalSize: rows.length, done: until >= rows.length, records: rows.slice(from, until) };
  if (answer.done) return answer;
  const id = locator ?? org.keepLocator(rows);
  return { ...answer, nextRecordsUrl: `/services/data/v${request.version}/query/${id}-${until}` };
}

function more(org: Org, request: OrgRequest, locator: string): Answer {
  const [id = '', from = ''] = locator.split('-');
  const rows = org.locators.get(id);
  if (!rows) throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
  return ok(page(org, request, rows, Number(from), id));
}

function columns(context: QueryContext, query: Query) {
  const object = context.schema.object(query.from);
  if (!object) throw notFound();
  const columnMetadata = query.select.flatMap((item) => {
    if (item.kind !== 'field') return [];
    const { field } = resolve(context, object, item.path);
    const numeric = ['int', 'double', 'currency', 'percent'].includes(field.type);
    return [
      {
        columnName: item.path.at(-1),
        displayName: item.path.at(-1),
        aggregate: false,
        apexType: field.type,
        booleanType: field.type === 'boolean',
        custom: field.custom,
        foreignKeyName: item.path.length > 1 ? item.path[0] : null,
        insertable: field.createable,
        updatable: field.updateable,
        joinColumns: [],
        numberType: numeric,
        textType: !numeric && field.type !== 'boolean',
      },
    ];
  });
  return {
    columnMetadata,
    entityName: object.name,
    groupBy: query.groupBy.length > 0,
    idSelected: true,
    keyPrefix: object.keyPrefix,
  };
}
