import { RequestFailed, type Failure, type FailureClass } from '../core/failure.ts';
import { withoutSecrets, withoutValues, wordsOf } from '../core/redact.ts';
import { retryAfter } from '../core/retryAfter.ts';
import { readText } from '../http/readText.ts';
import { withDeadline } from '../http/withDeadline.ts';
import { authorizer, type DeskAuth } from './auth.ts';
import { Budget, SYSTEM_CLOCK, type Clock } from './budget.ts';

export type DeskHttpOptions = {
  /** The site, e.g. `https://acme.desk.com`. */
  readonly url: string;
  readonly auth: DeskAuth;
  /** Whether Desk's rules run for what is written to cases. */
  readonly rules?: boolean;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Milliseconds for one request and its whole answer; 30 seconds by default. */
  readonly timeoutMs?: number;
  readonly log?: (message: string) => void;
};
export type DeskResponse = {
  readonly status: number;
  readonly body: unknown;
  /** Desk's clock, in milliseconds since 1970 and whole seconds; ours where it does not tell. */
  readonly at: number;
};

const TIMEOUT_MS = 30_000;
const CLOCK_OFF_MS = 60_000;
/** After a refusal for the rate limit that does not say when to come back. */
const WITHOUT_WORD_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;
/** Far above the largest page that Desk sends. */
const LARGEST_BODY = 32 * 1024 * 1024;

/** Desk API v2 over HTTP: signed, within the rate limit, and with failures as classes. */
export class DeskHttp {
  readonly #options: DeskHttpOptions;
  readonly #authorize: (method: string, url: string) => string;
  readonly budget: Budget;
  readonly #clock: Clock;
  /** By how much Desk's clock is ahead of ours, where ours is wrong: it refuses signatures of another time. */
  #deskAhead = 0;

  constructor(options: DeskHttpOptions) {
    this.#options = options;
    this.#authorize = authorizer(options.auth, () => Date.now() + this.#deskAhead);
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.budget = new Budget(this.#clock);
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#clock.now();
  }

  get(path: string): Promise<DeskResponse> {
    return this.#request('GET', path);
  }

  write(method: 'POST' | 'PATCH', path: string, body: object): Promise<DeskResponse> {
    return this.#request(method, path, body);
  }

  /** Answers 2xx, 404 and 422 as they are; everything else is a failure of the request. */
  async #request(method: string, path: string, body?: object): Promise<DeskResponse> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#patiently(this.budget.take(this.#options.signal));
      const { response, text } = await this.#send(method, path, body);
      const told = Date.parse(response.headers.get('date') ?? '');
      const at = Number.isNaN(told) ? this.#clock.now() : told;
      if (response.ok) return { status: response.status, body: parse(text), at };
      // A refusal is one whatever its text: Desk was seen to answer in plain words too.
      if (response.status === 404 || response.status === 422)
        return { status: response.status, body: parseOr(text, { message: messageOf(text) }), at };
      const failure = classify(response, text);
      this.#options.log?.(`desk ${method} ${path.split('?')[0]}: ${failure.code}`);
      const pause = failure.retryAfterMs ?? WITHOUT_WORD_MS;
      // A refusal for the rate limit means that nothing was done: once more in the next window. A longer wait is for
      // the record and the part of the bridge to show, not for a request to sit out.
      if (failure.class === 'rateLimit' && attempt === 1 && pause <= LONGEST_WAIT_MS) {
        await this.#patiently(this.#clock.wait(pause, this.#options.signal));
        continue;
      }
      if (failure.class === 'auth' && attempt === 1 && this.#setClock(response.headers)) continue;
      throw new RequestFailed(failure);
    }
  }

  /** Goes by Desk's clock from now on; false where ours was right. */
  #setClock(headers: Headers): boolean {
    const ahead = Date.parse(headers.get('date') ?? '') - Date.now();
    if (!(Math.abs(ahead - this.#deskAhead) > CLOCK_OFF_MS)) return false;
    this.#deskAhead = ahead;
    return true;
  }

  /** A wait that the end of the bridge cuts short is a request that was not made, and no bug. */
  async #patiently(wait: Promise<void>): Promise<void> {
    try {
      await wait;
    } catch (error) {
      throw new RequestFailed(networkFailure(error), { cause: error });
    }
  }

  /** One request and its whole answer. */
  async #send(method: string, path: string, body?: object): Promise<{ response: Response; text: string }> {
    const url = below(`${this.#options.url.replace(/\/$/, '')}/api/v2/`, path);
    const { timeoutMs = TIMEOUT_MS, signal } = this.#options;
    try {
      return await withDeadline(timeoutMs, signal, async (stop) => {
        const response = await fetch(url, {
          method,
          // A redirect could lead the credentials to another host.
          redirect: 'error',
          signal: stop,
          headers: {
            accept: 'application/json',
            authorization: this.#authorize(method, url),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        this.#correct(response.headers);
        return { response, text: await readText(response, 'Desk', LARGEST_BODY) };
      });
    } catch (error) {
      if (error instanceof RequestFailed) throw error;
      throw new RequestFailed(networkFailure(error), { cause: error });
    }
  }

  #correct(headers: Headers): void {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
      Number(headers.get(`x-rate-limit-${name}`) ?? Number.NaN),
    );
    this.budget.correct(limit ?? Number.NaN, remaining ?? Number.NaN, reset ?? Number.NaN);
  }
}

/** The address of a path; an id that is none, such as `../users`, must not make it that of something else. */
function below(root: string, path: string): string {
  const { origin, pathname } = new URL(root);
  const url = new URL(path, root);
  if (url.origin === origin && url.pathname === pathname + path.split('?')[0]) return root + path;
  const message = 'A request to Desk would go to another address than it should.';
  throw new RequestFailed({ class: 'bug', code: 'BAD_ADDRESS', message });
}

function parseOr(text: string, fallback: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return fallback;
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    throw new RequestFailed({
      class: 'network',
      code: 'NOT_JSON',
      message: 'Desk answered with something that is not JSON.',
    });
  }
}

const CLASS_OF: Readonly<Record<number, FailureClass>> = {
  401: 'auth',
  403: 'permission',
  409: 'busy',
  429: 'rateLimit',
};

function classify(response: Response, text: string): Failure {
  const { status } = response;
  const said = response.headers.get('retry-after') ?? response.headers.get('x-rate-limit-reset');
  return {
    class: CLASS_OF[status] ?? (status >= 500 ? 'network' : 'validation'),
    code: `HTTP ${status}`,
    message: messageOf(text),
    ...(status === 429 ? retryAfter(said) : {}),
  };
}

/** Desk's own words: JSON mostly, but plain text and HTML were seen. */
function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    if (typeof message === 'string') return withoutValues(message).slice(0, 200);
  } catch {
    // Plain text it is.
  }
  return wordsOf(text);
}

function networkFailure(error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return {
    class: 'network',
    code: typeof code === 'string' ? code : 'NETWORK',
    message: withoutSecrets(cause instanceof Error ? cause.message : String(cause)),
  };
}
