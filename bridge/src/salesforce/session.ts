import * as z from 'zod';
import { RequestFailed } from '../core/failure.ts';
import type { ApiUsage } from '../ports/org.ts';
import { expected } from './expected.ts';
import { requestFailure, unexpectedAnswer } from './failures.ts';
import { sendRequest, type HttpAnswer } from './http.ts';
import { logIn, type JwtLogin } from './jwt.ts';

export type SalesforceAuth =
  { readonly kind: 'accessToken'; readonly accessToken: string } | ({ readonly kind: 'jwt' } & JwtLogin);

export type SessionOptions = {
  readonly instanceUrl: string;
  readonly auth: SalesforceAuth;
  readonly apiVersion?: string;
  readonly now?: () => number;
  /** For one request and its answer; two minutes by default. */
  readonly timeoutMs?: number;
};

const API_VERSION = '65.0';
const HEADERS = {
  // Salesforce's assignment rules are for people's records; a synced one keeps its owner.
  'Sforce-Auto-Assign': 'FALSE',
  'Sforce-Call-Options': 'client=DeskConnect',
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
};

const TIMEOUT_MS = 120_000;

/** A row without an id is no record; what else it holds, whoever asks for it knows. */
const Page = z.object({
  records: z.array(
    z.custom<{ Id: string }>((row) => typeof (row as { Id?: unknown } | null)?.Id === 'string'),
  ),
  nextRecordsUrl: z.string().nullish(),
});

/** A session with an org that renews itself where the log-in allows it. */
export class Session {
  readonly #renew: (() => Promise<string>) | null;
  readonly #timeoutMs: number;
  #renewal: Promise<string> | null = null;
  readonly instanceUrl: string;
  readonly apiVersion: string;
  accessToken: string;
  orgId = '';
  /** Of the org's API calls of the last 24 hours, as the last answer told it. */
  usage: ApiUsage | null = null;

  private constructor(options: SessionOptions, accessToken: string, instanceUrl: string) {
    const now = options.now ?? Date.now;
    const { auth } = options;
    this.#renew = auth.kind === 'jwt' ? async () => (await logIn(auth, now)).accessToken : null;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.instanceUrl = instanceUrl.replace(/\/$/, '');
    this.apiVersion = options.apiVersion ?? API_VERSION;
    this.accessToken = accessToken;
  }

  /** Logs in and learns the org's id. @throws RequestFailed */
  static async open(options: SessionOptions): Promise<Session> {
    const { auth } = options;
    const login =
      auth.kind === 'jwt'
        ? await logIn(auth, options.now ?? Date.now)
        : { accessToken: auth.accessToken, instanceUrl: options.instanceUrl };
    const session = new Session(options, login.accessToken, login.instanceUrl);
    const [organization] = await session.query<{ Id: string }>('SELECT Id FROM Organization');
    session.orgId = organization?.Id ?? '';
    return session;
  }

  get canRenew(): boolean {
    return this.#renew !== null;
  }

  /** A new token; those who ask at the same time share one log-in. */
  renew(): Promise<string> {
    if (!this.#renew)
      return Promise.reject(
        new RequestFailed({
          class: 'auth',
          code: 'INVALID_SESSION_ID',
          message: 'The access token has expired. Give the bridge a JWT log-in, which renews itself.',
        }),
      );
    this.#renewal ??= this.#renew()
      .then((token) => {
        this.accessToken = token;
        return token;
      })
      .finally(() => {
        this.#renewal = null;
      });
    return this.#renewal;
  }

  /** The org's clock (ISO, whole seconds), from an answer that costs no API call. */
  async clock(): Promise<string> {
    const url = `${this.instanceUrl}/services/data`;
    const { headers } = await sendRequest({ method: 'GET', url, headers: {}, timeoutMs: this.#timeoutMs });
    const date = Date.parse(headers.get('date') ?? '');
    if (!Number.isNaN(date)) return new Date(date).toISOString();
    throw new RequestFailed({ class: 'bug', code: 'NO_DATE', message: 'Salesforce sent no date.' });
  }

  /** All rows of a query, page by page; deleted records are among them where `all` says so. */
  async query<T>(soql: string, limit = Number.POSITIVE_INFINITY, all = false): Promise<T[]> {
    const rows: T[] = [];
    let path = `/${all ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
    for (;;) {
      const { records, nextRecordsUrl } = expected(Page, await this.request('GET', path), 'query');
      for (const record of records) rows.push(record as T);
      if (!nextRecordsUrl || rows.length >= limit) return rows;
      // The same page again would come for ever.
      if (nextRecordsUrl === path) throw unexpectedAnswer('query');
      path = nextRecordsUrl;
    }
  }

  /**
   * One REST request below the version's root, or at an absolute path. A session that has expired is renewed
   * once, where the log-in allows it. @throws RequestFailed
   */
  async request<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T> {
    const token = this.accessToken;
    let answer = await this.#send(method, path, body);
    if (answer.status === 401 && this.canRenew) {
      // Somebody else may have renewed it meanwhile.
      if (token === this.accessToken) await this.renew();
      answer = await this.#send(method, path, body);
    }
    const { status, text, headers } = answer;
    if (status >= 300) throw new RequestFailed(requestFailure(status, text, headers.get('retry-after')));
    return parse(text) as T;
  }

  async #send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<HttpAnswer> {
    const root = path.startsWith('/services/') ? '' : `/services/data/v${this.apiVersion}`;
    const answer = await sendRequest({
      method,
      url: `${this.instanceUrl}${root}${path}`,
      headers: {
        ...HEADERS,
        accept: 'application/json',
        authorization: `Bearer ${this.accessToken}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      timeoutMs: this.#timeoutMs,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    this.usage = usageFrom(answer.headers.get('sforce-limit-info')) ?? this.usage;
    return answer;
  }
}

/** `api-usage=18/5000`, and perhaps the usage of an app behind it. */
function usageFrom(header: string | null): ApiUsage | null {
  const found = /(?:^|[;,\s])api-usage=(\d+)\/(\d+)/.exec(header ?? '');
  return found ? { used: Number(found[1]), max: Number(found[2]) } : null;
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    const message = 'Salesforce answered with something that is not JSON.';
    throw new RequestFailed({ class: 'network', code: 'NOT_JSON', message });
  }
}
