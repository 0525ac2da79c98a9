import { Connection } from '@jsforce/jsforce-node';
import { RequestFailed } from '../core/failure.ts';
import { requestFailure } from './failures.ts';
import { logIn, type JwtLogin } from './jwt.ts';

export type SalesforceAuth =
  { readonly kind: 'accessToken'; readonly accessToken: string } | ({ readonly kind: 'jwt' } & JwtLogin);

export type SessionOptions = {
  readonly instanceUrl: string;
  readonly auth: SalesforceAuth;
  readonly apiVersion?: string;
  readonly now?: () => number;
};

const API_VERSION = '65.0';
const HEADERS = {
  // Salesforce's assignment rules are for people's records; a synced one keeps its owner.
  'Sforce-Auto-Assign': 'FALSE',
  'Sforce-Call-Options': 'client=DeskConnect',
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
};

/** A half-open connection would hold a worker for ever: jsforce sets no limit of its own. */
const TIMEOUT_MS = 120_000;

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const message = `Salesforce did not answer within ${TIMEOUT_MS / 1_000} s.`;
      reject(new RequestFailed({ class: 'network', code: 'TIMEOUT', message }));
    }, TIMEOUT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A session with an org that renews itself where the log-in allows it. */
export class Session {
  readonly #connection: Connection;
  readonly #renew: (() => Promise<string>) | null;
  #renewal: Promise<string> | null = null;
  orgId = '';

  private constructor(options: SessionOptions, accessToken: string, instanceUrl: string) {
    const now = options.now ?? Date.now;
    const { auth } = options;
    this.#renew = auth.kind === 'jwt' ? async () => (await logIn(auth, now)).accessToken : null;
    this.#connection = new Connection({
      instanceUrl: instanceUrl.replace(/\/$/, ''),
      accessToken,
      // Without it, some calls of the library would go to the public log-in host.
      loginUrl: auth.kind === 'jwt' ? auth.loginUrl : instanceUrl,
      version: options.apiVersion ?? API_VERSION,
      ...(this.#renew ? { refreshFn: (_connection, done) => void this.#refresh(done) } : {}),
    });
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

  get instanceUrl(): string {
    return this.#connection.instanceUrl;
  }

  get accessToken(): string {
    return this.#connection.accessToken ?? '';
  }

  get apiVersion(): string {
    return this.#connection.version;
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
        this.#connection.accessToken = token;
        return token;
      })
      .finally(() => {
        this.#renewal = null;
      });
    return this.#renewal;
  }

  async #refresh(done: (error: Error | null, token?: string) => void): Promise<void> {
    let token: string;
    try {
      token = await this.renew();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    done(null, token);
  }

  /** The org's clock (ISO, whole seconds), from an answer that costs no API call. */
  async clock(): Promise<string> {
    try {
      const response = await fetch(`${this.instanceUrl}/services/data`, {
        signal: AbortSignal.timeout(30_000),
      });
      await response.arrayBuffer();
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) return new Date(date).toISOString();
      throw new Error('Salesforce sent no date');
    } catch (error) {
      throw new RequestFailed(requestFailure(error), { cause: error });
    }
  }

  /** All rows of a query, page by page. */
  async query<T>(soql: string, limit = Number.POSITIVE_INFINITY): Promise<T[]> {
    const rows: T[] = [];
    let path = `/query?q=${encodeURIComponent(soql)}`;
    for (;;) {
      const page = await this.request<{ records: T[]; nextRecordsUrl?: string }>('GET', path);
      rows.push(...page.records);
      if (!page.nextRecordsUrl || rows.length >= limit) return rows;
      path = page.nextRecordsUrl;
    }
  }

  /** One REST request below the version's root, or at an absolute path. @throws RequestFailed */
  async request<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T> {
    try {
      return await inTime(
        this.#connection.request<T>({
          method,
          url: path,
          headers: { ...HEADERS, ...(body ? { 'content-type': 'application/json' } : {}) },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      );
    } catch (error) {
      if (error instanceof RequestFailed) throw error;
      throw new RequestFailed(requestFailure(error), { cause: error });
    }
  }
}
