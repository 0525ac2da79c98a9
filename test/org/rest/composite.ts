import { clientOf, errorBody, jsonBody, ok, type Answer, type OrgRequest } from '../http/request.ts';
import { dataRoute, findRoute, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';

type SubRequest = {
  method: string;
  url: string;
  referenceId: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
};
type SubAnswer = {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
};

const MAX_SUBREQUESTS = 25;
/** Of these, as many may be queries or collections. */
const MAX_MANY = 5;
const MANY = /\/(?:query|queryAll|composite\/sobjects)(?:\?|\/|$)/;
const MAX_QUERIES = 5;
const MAX_GRAPH_NODES = 500;
const MAX_GRAPHS = 75;

/** The composite resources run other routes of the REST API; `routes` are those. */
export function compositeRoutes(routes: () => readonly Route[]): readonly Route[] {
  return [
    dataRoute('POST', '/composite', (org, request) => {
      const body = jsonBody(request) as { allOrNone?: boolean; compositeRequest?: SubRequest[] };
      const requests = body.compositeRequest ?? [];
      if (requests.length > MAX_SUBREQUESTS)
        throw new SalesforceError(
          'LIMIT_EXCEEDED',
          `The limit of ${MAX_SUBREQUESTS} subrequests is exceeded`,
        );
      const queries = requests.filter(({ url }) => /\/query|\/composite\/sobjects/.test(url));
      if (queries.length > MAX_QUERIES)
        throw new SalesforceError(
          'LIMIT_EXCEEDED',
          `The limit of ${MAX_QUERIES} queries and collections in a composite request is exceeded`,
        );
      if (requests.filter(({ url }) => MANY.test(url)).length > MAX_MANY)
        throw new SalesforceError(
          'LIMIT_EXCEEDED',
          `The limit of ${MAX_MANY} query and collection subrequests is exceeded`,
        );
      const { answers } = runAll(org, routes(), request, requests, body.allOrNone === true);
      return ok({ compositeResponse: answers });
    }),
    dataRoute('POST', '/composite/graph', (org, request) => {
      const body = jsonBody(request) as { graphs?: { graphId: string; compositeRequest: SubRequest[] }[] };
      const graphs = body.graphs ?? [];
      const nodes = graphs.reduce((sum, graph) => sum + graph.compositeRequest.length, 0);
      if (graphs.length > MAX_GRAPHS || nodes > MAX_GRAPH_NODES)
        throw new SalesforceError('LIMIT_EXCEEDED', 'Too many graphs or nodes in one request');
      return ok({
        graphs: graphs.map((graph) => {
          const { answers, failed } = runAll(org, routes(), request, graph.compositeRequest, true);
          return {
            graphId: graph.graphId,
            graphResponse: { compositeResponse: answers },
            isSuccessful: !failed,
          };
        }),
      });
    }),
    dataRoute('POST', '/composite/batch', (org, request) => {
      const body = jsonBody(request) as {
        batchRequests?: { method: string; url: string; richInput?: unknown }[];
      };
      const results = (body.batchRequests ?? []).map((one, index) => {
        // Each request of a batch counts as a call; the first is counted already.
        if (index > 0) org.limits.countCall();
        const answer = runOne(org, routes(), request, {
          ...one,
          url: `/services/data/${one.url.replace(/^\//, '')}`,
          referenceId: '',
          body: one.richInput,
        });
        return { statusCode: answer.httpStatusCode, result: answer.body };
      });
      return ok({ hasErrors: results.some((result) => result.statusCode >= 400), results });
    }),
  ];
}

/** The request with what it refers to, or its answer where that is not there: what depends on it is not run. */
function filledIn(sub: SubRequest, references: ReadonlyMap<string, unknown>): SubRequest | SubAnswer {
  try {
    return { ...sub, url: String(fill(sub.url, references)), body: fill(sub.body, references) };
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return {
      body: [{ errorCode: 'PROCESSING_HALTED', message: error.message }],
      httpHeaders: {},
      httpStatusCode: 400,
      referenceId: sub.referenceId,
    };
  }
}

class RolledBack extends Error {}

function runAll(
  org: Org,
  routes: readonly Route[],
  request: OrgRequest,
  requests: readonly SubRequest[],
  allOrNone: boolean,
): { answers: SubAnswer[]; failed: boolean } {
  const answers: SubAnswer[] = [];
  const references = new Map<string, unknown>();
  const run = () => {
    for (const sub of requests) {
      const filled = filledIn(sub, references);
      const answer = 'url' in filled ? runOne(org, routes, request, filled) : filled;
      answers.push(answer);
      references.set(sub.referenceId, answer.body);
      if (allOrNone && answer.httpStatusCode >= 400) throw new RolledBack();
    }
  };
  try {
    if (allOrNone) org.records.transact(request.userId, clientOf(request), run);
    else run();
    return { answers, failed: false };
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    const culprit = answers.length - 1;
    const halted = requests.map((sub, index) =>
      index === culprit ? (answers[index] ?? HALTED(sub)) : HALTED(sub),
    );
    return { answers: halted, failed: true };
  }
}

const HALTED = (sub: SubRequest): SubAnswer => ({
  body: [
    {
      errorCode: 'PROCESSING_HALTED',
      message: 'The transaction was rolled back since another operation in the same transaction failed.',
    },
  ],
  httpHeaders: {},
  httpStatusCode: 400,
  referenceId: sub.referenceId,
});

function runOne(org: Org, routes: readonly Route[], request: OrgRequest, sub: SubRequest): SubAnswer {
  const url = new URL(sub.url, 'http://org');
  const inner: OrgRequest = {
    ...request,
    method: sub.method,
    path: url.pathname,
    query: url.searchParams,
    body: Buffer.from(sub.body === undefined ? '' : JSON.stringify(sub.body)),
  };
  const answer = answerOf(org, routes, inner);
  return {
    body: answer.body ?? null,
    httpHeaders: { ...answer.headers },
    httpStatusCode: answer.status,
    referenceId: sub.referenceId,
  };
}

function answerOf(org: Org, routes: readonly Route[], request: OrgRequest): Answer {
  try {
    const { route, params } = findRoute(routes, request);
    const answer = route.handle(org, request, params);
    if (answer instanceof Promise)
      throw new SalesforceError('INVALID_INPUT', 'This resource cannot be part of a composite request');
    return answer;
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return { status: error.status, body: errorBody(error) };
  }
}

/** Puts the values of earlier answers in: `@{reference.field}`. */
function fill(value: unknown, references: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/@\{(\w+)((?:\.\w+|\[\d+\])*)\}/g, (_, reference: string, trail: string) => {
      let found = references.get(reference);
      for (const step of trail.match(/\w+/g) ?? [])
        found = (found as Record<string, unknown> | undefined)?.[step];
      if (found === undefined)
        throw new SalesforceError(
          'INVALID_INPUT',
          `Invalid reference specified. No value for ${reference}${trail} found`,
        );
      return String(found);
    });
  }
  if (Array.isArray(value)) return value.map((one) => fill(one, references));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, references)]));
  }
  return value;
}
