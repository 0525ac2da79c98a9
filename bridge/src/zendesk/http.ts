import { ApiClient, type ApiOptions, type ApiResponse } from '../http/apiClient.ts';
import { authorization, type ZendeskAuth } from './auth.ts';
import { Limits, type Limit } from './limits.ts';
import { saidIn } from './refusal.ts';

export type ZendeskOptions = ApiOptions & { readonly auth: ZendeskAuth };

/** Zendesk's API over HTTP: within the limits of the account and of its endpoints, with failures as classes. */
export class ZendeskHttp extends ApiClient {
  readonly limits: Limits;

  constructor(options: ZendeskOptions) {
    const header = authorization(options.auth);
    super({ title: 'Zendesk', authorize: () => header, figures, said: saidIn, isForAll }, options);
    this.limits = new Limits(() => this.now());
  }

  /** Resolves when one more use of an endpoint is within its limit, and counts it. */
  async waitFor(limit: Limit, leaving = 0): Promise<void> {
    while (!this.limits.take(limit, 1, leaving)) await this.wait(this.limits.pause(limit));
  }

  get(path: string): Promise<ApiResponse> {
    return this.request('GET', path);
  }
}

function figures(headers: Headers): [number, number, number] {
  const figure = (name: string) => Number(headers.get(name) ?? Number.NaN);
  return [figure('x-rate-limit'), figure('x-rate-limit-remaining'), figure('ratelimit-reset')];
}

/** Where the account has requests left, the limit is one of this endpoint or of this record. */
function isForAll(headers: Headers): boolean {
  return !(Number(headers.get('x-rate-limit-remaining') ?? '0') > 0);
}
