import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { bodyOf, listen } from '../../support/serving.ts';
import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';
import { errorBody, type Answer, type OrgRequest } from './request.ts';
import { findRoute, type Route } from './routes.ts';

const OPEN = [
  /^\/services\/oauth2\/(?:token|authorize|revoke)/,
  /^\/services\/data\/?$/,
  /^\/services\/Soap\//,
  // It tells of sessions in its own words.
  /^\/cometd\//,
  /^\/?$/,
];

/** The longest URL that the platform takes. */
const MAX_URL = 16_384;

/** Serves the routes over HTTP: sessions, API limits, faults, and answers in Salesforce's form. */
export async function startHttpServer(
  org: Org,
  routes: readonly Route[],
  port: number,
): Promise<{ server: Server; url: string }> {
  const server = createServer({ maxHeaderSize: 65_536 }, (incoming, outgoing) => {
    void serve(org, routes, incoming, outgoing);
  });
  return { server, url: await listen(server, port) };
}

async function serve(
  org: Org,
  routes: readonly Route[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const raw = await bodyOf(incoming);
  if (raw === null) return;
  const url = new URL(`http://org${(incoming.url ?? '/').replace(/^\/+/, '/')}`);
  const request: OrgRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw,
    userId: '',
    version: /^\/services\/data\/v(\d+\.\d)/.exec(url.pathname)?.[1] ?? '',
  };
  org.calls.push({ method: request.method, path: request.path, query: url.search, body: request.body });
  const fault = org.faults.take(request);
  if (fault?.action === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  if (fault?.action === 'dropBefore') return void incoming.socket.destroy();
  const answer =
    fault?.action === 'status'
      ? { status: fault.status, body: fault.body, ...(fault.headers ? { headers: fault.headers } : {}) }
      : await answerOf(org, routes, request, (incoming.url ?? '').length);
  if (fault?.action === 'dropAfter') return void incoming.socket.destroy();
  send(org, outgoing, answer);
}

async function answerOf(
  org: Org,
  routes: readonly Route[],
  request: OrgRequest,
  length: number,
): Promise<Answer> {
  try {
    const userId = OPEN.some((pattern) => pattern.test(request.path))
      ? ''
      : org.sessions.userOf(bearer(request));
    if (request.path.startsWith('/services/data/v')) org.limits.countCall();
    if (length > MAX_URL) throw new SalesforceError('URI_TOO_LONG', 'The request URI is too long', [], 414);
    const { route, params } = findRoute(routes, request);
    return await route.handle(org, { ...request, userId }, params);
  } catch (error) {
    if (error instanceof SalesforceError) return { status: error.status, body: errorBody(error) };
    // 501, not 500: clients try a 500 again for many seconds, and a bug of ours is to be seen at once.
    console.error(error);
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { status: 501, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message }] };
  }
}

/** The access token of a request; empty without one. */
export function bearer(request: OrgRequest): string {
  return (request.headers.authorization ?? '').replace(/^(?:Bearer|OAuth)\s+/i, '');
}

function send(org: Org, outgoing: ServerResponse, answer: Answer): void {
  const { body: content = '' } = answer;
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  outgoing.writeHead(answer.status, {
    ...(answer.status === 204 ? {} : { 'content-type': 'application/json;charset=UTF-8' }),
    'sforce-limit-info': `api-usage=${org.limits.used}/${org.limits.max}`,
    date: new Date(org.now()).toUTCString(),
    ...answer.headers,
  });
  outgoing.end(body);
}
