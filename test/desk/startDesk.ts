import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Faults } from '../support/faults.ts';
import { keepJson } from '../support/keepJson.ts';
import { bodyOf, listen, stop } from '../support/serving.ts';
import { agentPage } from './agentPage.ts';
import { fireRules, type CustomAction } from './customActions.ts';
import { Authenticator, type Credentials } from './auth.ts';
import { byId } from './finder.ts';
import type { Input } from './input.ts';
import { DeskProblem } from './problem.ts';
import { RateLimit } from './rateLimit.ts';
import { deskRoutes } from './routes.ts';
import type { DeskAnswer } from './site.ts';
import { DeskState, type Tables } from './state.ts';

export type DeskOptions = {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Keeps the site's records there. */
  readonly dataFolder?: string;
  readonly now?: () => number;
  readonly rateLimitPerMinute?: number;
  /** A write is found by search only so much later. */
  readonly searchLagMs?: number;
  /** Lists give no larger pages, so that a test needs no tens of thousands of records to have many of them. */
  readonly maxPageSize?: number;
};

export type LocalDesk = Credentials & {
  readonly url: string;
  readonly state: DeskState;
  readonly calls: { readonly method: string; readonly path: string }[];
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  /** What an administrator has set up under Apps, Custom Action. */
  readonly customActions: CustomAction[];
  searchLagMs: number;
  close(): Promise<void>;
};

const CREDENTIALS: Credentials = {
  email: 'agent@desk.test',
  password: 'local-desk',
  oauth: {
    consumerKey: 'local-consumer',
    consumerSecret: 'local-consumer-secret',
    token: 'local-token',
    tokenSecret: 'local-token-secret',
  },
};

/** Starts a local Desk site that clients of Desk API v2 can't tell from Desk for the calls that they make. */
export async function startDesk(options: DeskOptions = {}): Promise<LocalDesk> {
  const now = options.now ?? Date.now;
  const state = new DeskState(now);
  if (options.dataFolder !== undefined) keep(state, options.dataFolder);
  const authenticator = new Authenticator(CREDENTIALS, now);
  const rateLimit = new RateLimit(options.rateLimitPerMinute ?? 300, now);
  const local = {
    ...CREDENTIALS,
    url: '',
    state,
    calls: [] as LocalDesk['calls'],
    faults: new Faults(),
    rateLimit,
    customActions: [] as CustomAction[],
    searchLagMs: options.searchLagMs ?? 0,
  };
  const answer = deskRoutes(state, () => local.searchLagMs);
  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === null) return;
    const url = new URL(request.url ?? '/', local.url);
    if (!url.pathname.startsWith('/api/v2/')) {
      response.writeHead(200, {
        'content-type': 'text/html;charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      });
      response.end(agentPage(state, url.searchParams.get('case')));
      return;
    }
    const method = String(request.headers['x-http-method-override'] ?? request.method ?? 'GET').toUpperCase();
    if (options.maxPageSize !== undefined) url.searchParams.set('per_page', String(options.maxPageSize));
    local.calls.push({ method, path: `${url.pathname}${url.search}` });
    const fault = local.faults.take({ method, path: url.pathname, body });
    if (fault?.action === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.action === 'dropBefore') return void request.socket.destroy();
    if (fault?.action === 'status')
      return send(response, { status: fault.status, body: fault.body as object }, fault.headers);
    const made = run(request, method, url, body);
    if (fault?.action === 'dropAfter') return void request.socket.destroy();
    send(response, method === 'HEAD' ? { status: made.status } : made);
  }

  function run(request: IncomingMessage, method: string, url: URL, body: Buffer): DeskAnswer {
    try {
      if (!rateLimit.take()) throw new DeskProblem(429, 'Too Many Requests');
      authenticator.check(request, local.url);
      const path = url.pathname
        .slice('/api/v2/'.length)
        .replace(/\.json$/, '')
        .replace(/\/$/, '');
      const input = parse(body);
      const made = answer({ method, path, query: url.searchParams, input });
      if (['POST', 'PATCH'].includes(method) && input['suppress_rules'] !== true) fire(path, made);
      return made;
    } catch (error) {
      if (error instanceof DeskProblem) return { status: error.status, body: error.body };
      console.error(error);
      return { status: 501, body: { message: String(error) } };
    }
  }

  /** Rules are for cases alone. */
  function fire(path: string, { body }: DeskAnswer): void {
    const id = /^cases\/(\d+)/.exec(path)?.[1] ?? (path === 'cases' && body && 'id' in body ? body.id : null);
    const found = byId(state.tables.cases, Number(id));
    if (found) fireRules(local.customActions, found);
  }

  function send(
    response: ServerResponse,
    { status, body, location }: DeskAnswer,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    response.writeHead(status, {
      ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...(location === undefined ? {} : { location: `${local.url}${location}` }),
      ...rateLimit.headers(),
      date: new Date(now()).toUTCString(),
      'cache-control': 'must-revalidate, private, max-age=0',
      ...headers,
    });
    response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  }

  local.url = await listen(server, options.port ?? 0);
  return Object.assign(local, {
    close: () => stop(server),
  });
}

/** The body of a write; `null`, which one client sends with every GET, is no body. */
function parse(body: Buffer): Input {
  if (body.length === 0) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    throw new DeskProblem(400, 'Invalid JSON');
  }
  if (parsed === null) return {};
  if (typeof parsed !== 'object' || Array.isArray(parsed)) throw new DeskProblem(400, 'Invalid JSON');
  return parsed as Input;
}

function keep(state: DeskState, folder: string): void {
  type Saved = { readonly nextId: number; readonly tables: Tables };
  state.onWrite = keepJson<Saved>(
    join(folder, 'desk.json'),
    (saved) => state.load(saved),
    () => ({ nextId: state.nextId, tables: state.tables }),
  );
}
