import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Faults } from '../support/faults.ts';
import { keepJson } from '../support/keepJson.ts';
import { bodyOf, listen, stop } from '../support/serving.ts';
import type { Account, Answer, Settings } from './account.ts';
import { ticketPage } from './agentPage.ts';
import { uploadOf } from './appPackage.ts';
import { addStandardAutomation } from './automations.ts';
import { caller, checkRight, type Credentials } from './auth.ts';
import { addDefaultStatuses } from './customStatuses.ts';
import { tellEvents } from './events.ts';
import { addSystemFields } from './fields.ts';
import { IdempotentAnswers } from './idempotency.ts';
import type { Input } from './input.ts';
import { Jobs } from './jobs.ts';
import { ZendeskProblem } from './problem.ts';
import { DOCUMENTED_LIMITS, EndpointLimits, RateLimit, type Limits } from './rateLimit.ts';
import { zendeskRoutes } from './routes.ts';
import { ZendeskState, type Tables } from './state.ts';
import { addStandardTriggers } from './triggers.ts';
import { createUser } from './users.ts';
import { WebhookSender } from './webhookSender.ts';

export type ZendeskOptions = {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Keeps the account's records there. */
  readonly dataFolder?: string;
  readonly now?: () => number;
  /** By the plan: 200 of Team, 400 of Professional, 700 of Enterprise, 2500 with the High Volume API add-on. */
  readonly rateLimitPerMinute?: number;
  /** Of single endpoints, in place of the documented ones. */
  readonly limits?: Partial<Limits>;
  readonly settings?: Partial<Settings>;
  /** Lists and exports give no larger pages, so that a test needs no thousands of records to have many of them. */
  readonly maxPageSize?: number;
};

export type LocalZendesk = Credentials & {
  readonly url: string;
  /** An administrator and an agent; both may use the API token. */
  readonly adminEmail: string;
  readonly agentEmail: string;
  readonly state: ZendeskState;
  readonly settings: Settings;
  readonly jobs: Jobs;
  readonly webhooks: WebhookSender;
  readonly limits: EndpointLimits;
  readonly rateLimit: RateLimit;
  readonly maxPageSize: number;
  readonly calls: { readonly method: string; readonly path: string }[];
  readonly faults: Faults;
  close(): Promise<void>;
};

const ADMIN = { name: 'Local Admin', email: 'admin@zendesk.test', role: 'admin', verified: true };
const AGENT = { name: 'Local Agent', email: 'agent@zendesk.test', role: 'agent', verified: true };

/** Starts a local Zendesk account that clients of its API can't tell from Zendesk for the calls that they make. */
export async function startZendesk(options: ZendeskOptions = {}): Promise<LocalZendesk> {
  const now = options.now ?? Date.now;
  const account: Account = {
    state: new ZendeskState(now),
    settings: {
      apiTokenAccess: true,
      joinByDomain: true,
      bulkUserImports: true,
      searchLagMs: 0,
      ...options.settings,
    },
    jobs: new Jobs(now),
    limits: new EndpointLimits(now, { ...DOCUMENTED_LIMITS, ...options.limits }),
    webhooks: new WebhookSender(now),
    maxPageSize: options.maxPageSize ?? Infinity,
    url: '',
  };
  const { state, jobs, webhooks } = account;
  if (options.dataFolder !== undefined) keep(state, options.dataFolder);
  if (state.tables.users.length === 0) begin(account);
  tellEvents(account);
  const admin = state.tables.users.find((user) => user.role === 'admin')?.id ?? 0;
  const credentials: Credentials = {
    apiTokens: ['local-api-token'],
    oauthTokens: [
      { token: 'local-oauth-token', userId: admin, scopes: ['read', 'write'] },
      { token: 'local-oauth-read-token', userId: admin, scopes: ['read'] },
    ],
  };
  const rateLimit = new RateLimit(options.rateLimitPerMinute ?? 700, now);
  const faults = new Faults();
  const calls: LocalZendesk['calls'] = [];
  const answers = new IdempotentAnswers(now);
  const answer = zendeskRoutes(account);
  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === null) return;
    const url = new URL(request.url ?? '/', account.url);
    const method = request.method ?? 'GET';
    calls.push({ method, path: `${url.pathname}${url.search}` });
    const fault = faults.take({ method, path: url.pathname, body });
    if (fault?.action === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.action === 'dropBefore') return void request.socket.destroy();
    if (fault?.action === 'status')
      return send(response, {
        status: fault.status,
        body: fault.body as object | string,
        headers: fault.headers ?? {},
      });
    const type = request.headers['content-type'] ?? '';
    const form = type.startsWith('multipart/') ? await uploadOf(type, body) : null;
    const made = run(request, method, url, body, form);
    if (jobs.delayMs === 0) setImmediate(() => jobs.runDue());
    if (fault?.action === 'dropAfter') return void request.socket.destroy();
    send(response, made);
  }

  function run(request: IncomingMessage, method: string, url: URL, body: Buffer, form: Input | null): Answer {
    try {
      jobs.runDue();
      rateLimit.take();
      const ticketId = /^\/agent\/tickets\/(\d+)$/.exec(url.pathname)?.[1];
      if (ticketId !== undefined) return agentPage(request, ticketId);
      const path = /^\/api\/v2\/(.+?)(?:\.json)?\/?$/.exec(url.pathname)?.[1];
      if (path === undefined) throw new ZendeskProblem(404, '<!DOCTYPE html><title>Not found</title>');
      const { headers } = request;
      const user = caller(state, account.settings, credentials, headers.authorization ?? '', method);
      const handle = () =>
        answer({ method, path, query: url.searchParams, input: form ?? parse(body), user });
      const key = headers['idempotency-key'];
      if (method !== 'POST' || path !== 'tickets' || typeof key !== 'string') return handle();
      // An answer that is kept is for those alone who might have asked for it.
      checkRight(user);
      return answers.once(key, body, handle);
    } catch (error) {
      if (error instanceof ZendeskProblem)
        return { status: error.status, body: error.body, headers: error.headers };
      // 501, not 500: clients try a 500 again, and a bug of ours is to be seen at once.
      console.error(error);
      return { status: 501, body: { error: 'LocalZendeskError', description: String(error) } };
    }
  }

  /** What an agent sees in a browser; the browser logs in as an API client does. */
  function agentPage({ headers }: IncomingMessage, ticketId: string): Answer {
    const challenge = { 'www-authenticate': 'Basic realm="Zendesk"' };
    if (headers.authorization === undefined) return { status: 401, body: 'Log in', headers: challenge };
    const user = caller(state, account.settings, credentials, headers.authorization, 'GET');
    checkRight(user);
    return ticketPage(account, ticketId, user);
  }

  function send(response: ServerResponse, { status, body, headers }: Answer): void {
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, {
      ...(body === undefined ? {} : { 'content-type': `${type}; charset=utf-8` }),
      ...rateLimit.headers(),
      date: new Date(now()).toUTCString(),
      ...headers,
    });
    response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  }

  account.url = await listen(server, options.port ?? 0);
  return Object.assign(account, credentials, {
    adminEmail: ADMIN.email,
    agentEmail: AGENT.email,
    rateLimit,
    calls,
    faults,
    close: async () => {
      webhooks.close();
      await stop(server);
    },
  });
}

/** What a new account has. */
function begin(account: Account): void {
  const { state } = account;
  addDefaultStatuses(state);
  addSystemFields(state);
  addStandardTriggers(state);
  addStandardAutomation(state);
  for (const user of [ADMIN, AGENT]) createUser(account, user, null);
}

function keep(state: ZendeskState, folder: string): void {
  type Saved = { readonly next: ZendeskState['next']; readonly tables: Tables };
  state.onWrite = keepJson<Saved>(
    join(folder, 'zendesk.json'),
    ({ next, tables }) => {
      Object.assign(state.tables, tables);
      Object.assign(state.next, next);
    },
    () => ({ next: state.next, tables: state.tables }),
  );
}

/** @throws 400 */
function parse(body: Buffer): Input {
  if (body.length === 0) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    throw new ZendeskProblem(400, { error: 'InvalidJSON', description: 'The body is not valid JSON' });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new ZendeskProblem(400, { error: 'InvalidJSON', description: 'The body is not a JSON object' });
  return parsed as Input;
}
