import { RequestFailed, type Failure, type FailureClass } from '../core/failure.ts';
import { retryAfter } from '../core/retryAfter.ts';
import { brokenConnection } from './brokenConnection.ts';
import { Budget, SYSTEM_CLOCK, type Clock } from './budget.ts';
import { readText } from './readText.ts';
import { withDeadline } from './withDeadline.ts';

/** What a desk's API is like, as far as desks differ. */
export type ApiKind = {
  /** As people call it. */
  readonly title: string;
  /** The Authorization header of a request. */
  readonly authorize: (method: string, url: string) => string;
  /** What an answer tells of the limit, of what is left, and of the seconds to the next window; NaN where it does not. */
  readonly figures: (headers: Headers) => readonly [limit: number, remaining: number, resetSeconds: number];
  /** Code and words of an answer that is a failure of the request. */
  readonly said: (status: number, text: string) => { readonly code: string; readonly message: string };
  /** Whether a refusal for the rate is one of all requests: that one is sat out, once. */
  readonly isForAll?: (headers: Headers) => boolean;
  /** Mends what a refused authorization tells of; false where there is nothing to mend. */
  readonly mend?: (headers: Headers) => boolean;
};
export type ApiOptions = {
  /** The site, without a path. */
  readonly url: string;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Milliseconds for one request and its whole answer; 30 seconds by default. */
  readonly timeoutMs?: number;
  readonly log?: (message: string) => void;
};
export type ApiResponse = {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
  /** The desk's clock, in milliseconds since 1970 and whole seconds; ours where it does not tell. */
  readonly at: number;
};
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const TIMEOUT_MS = 30_000;
/** After a refusal for the rate limit that does not say when to come back. */
const WITHOUT_WORD_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;
/** Far above the largest page that a desk sends. */
const LARGEST_BODY = 32 * 1024 * 1024;

/** JSON over HTTP below `/api/v2`: within the rate limit, and with failures as classes. */
export class ApiClient {
  readonly #kind: ApiKind;
  readonly #options: ApiOptions;
  readonly #clock: Clock;
  readonly budget: Budget;

  constructor(kind: ApiKind, options: ApiOptions) {
    this.#kind = kind;
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.budget = new Budget(this.#clock);
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#clock.now();
  }

  /** @throws RequestFailed when the signal cuts it short, which is a request that was not made, and no bug */
  wait(ms: number): Promise<void> {
    return this.#patiently(this.#clock.wait(ms, this.#options.signal));
  }

  /** Answers 2xx, 404 and 422 as they are; everything else is a failure of the request. */
  async request(
    method: Method,
    path: string,
    body?: object,
    more: Readonly<Record<string, string>> = {},
  ): Promise<ApiResponse> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#patiently(this.budget.take(this.#options.signal));
      const { response, text } = await this.#send(method, path, body, more);
      const { headers, status } = response;
      const told = Date.parse(headers.get('date') ?? '');
      const at = Number.isNaN(told) ? this.#clock.now() : told;
      if (response.ok) return { status, headers, at, body: this.#parse(text) };
      // A refusal is one whatever its text: plain words were seen too.
      if (status === 404 || status === 422)
        return {
          status,
          headers,
          at,
          body: parseOr(text, { message: this.#kind.said(status, text).message }),
        };
      const failure = this.#classify(response, text);
      this.#options.log?.(
        `${this.#kind.title.toLowerCase()} ${method} ${path.split('?')[0]}: ${failure.code}`,
      );
      const pause = failure.retryAfterMs ?? WITHOUT_WORD_MS;
      // A refusal for the rate limit means that nothing was done: once more in the next window. A longer wait is for
      // the record and the part of the bridge to show, not for a request to sit out.
      if (
        failure.class === 'rateLimit' &&
        attempt === 1 &&
        pause <= LONGEST_WAIT_MS &&
        this.#isForAll(headers)
      ) {
        await this.wait(pause);
        continue;
      }
      if (failure.class === 'auth' && attempt === 1 && this.#kind.mend?.(headers) === true) continue;
      throw new RequestFailed(failure);
    }
  }

  #isForAll(headers: Headers): boolean {
    return this.#kind.isForAll?.(headers) ?? true;
  }

  async #patiently(wait: Promise<void>): Promise<void> {
    try {
      await wait;
    } catch (error) {
      throw new RequestFailed(brokenConnection(error), { cause: error });
    }
  }

  /** One request and its whole answer. */
  async #send(
    method: Method,
    path: string,
    body: object | undefined,
    more: Readonly<Record<string, string>>,
  ): Promise<{ response: Response; text: string }> {
    const { title, authorize, figures } = this.#kind;
    const { timeoutMs = TIMEOUT_MS, signal } = this.#options;
    const url = this.#below(`${this.#options.url.replace(/\/$/, '')}/api/v2/`, path);
    try {
      return await withDeadline(timeoutMs, signal, async (stop) => {
        const response = await fetch(url, {
          method,
          // A redirect could lead the credentials to another host.
          redirect: 'error',
          signal: stop,
          headers: {
            accept: 'application/json',
            authorization: authorize(method, url),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...more,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        this.budget.correct(...figures(response.headers));
        return { response, text: await readText(response, title, LARGEST_BODY) };
      });
    } catch (error) {
      if (error instanceof RequestFailed) throw error;
      throw new RequestFailed(brokenConnection(error), { cause: error });
    }
  }

  /** The address of a path; an id that is none, such as `../users`, must not make it that of something else. */
  #below(root: string, path: string): string {
    const { origin, pathname } = new URL(root);
    const url = new URL(path, root);
    if (url.origin === origin && url.pathname === pathname + path.split('?')[0]) return root + path;
    const message = `A request to ${this.#kind.title} would go to another address than it should.`;
    throw new RequestFailed({ class: 'bug', code: 'BAD_ADDRESS', message });
  }

  #parse(text: string): unknown {
    try {
      return text === '' ? null : (JSON.parse(text) as unknown);
    } catch {
      throw new RequestFailed({
        class: 'network',
        code: 'NOT_JSON',
        message: `${this.#kind.title} answered with something that is not JSON.`,
      });
    }
  }

  #classify({ status, headers }: Response, text: string): Failure {
    const said = headers.get('retry-after') ?? resetOf(this.#kind.figures(headers));
    return {
      class: CLASS_OF[status] ?? (status >= 500 ? 'network' : 'validation'),
      ...this.#kind.said(status, text),
      ...(status === 429 ? retryAfter(said) : {}),
    };
  }
}

const CLASS_OF: Readonly<Record<number, FailureClass>> = {
  401: 'auth',
  403: 'permission',
  409: 'busy',
  429: 'rateLimit',
};

const resetOf = ([, , seconds]: readonly [number, number, number]) =>
  Number.isNaN(seconds) ? null : String(seconds);

function parseOr(text: string, fallback: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return fallback;
  }
}
