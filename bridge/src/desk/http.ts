import { withoutValues, wordsOf } from '../core/redact.ts';
import { ApiClient, type ApiOptions, type ApiResponse } from '../http/apiClient.ts';
import { authorizer, type DeskAuth } from './auth.ts';

export type DeskHttpOptions = ApiOptions & {
  readonly auth: DeskAuth;
  /** Whether Desk's rules run for what is written to cases. */
  readonly rules?: boolean;
};
export type DeskResponse = ApiResponse;

const CLOCK_OFF_MS = 60_000;

/** Desk API v2 over HTTP: signed, within the rate limit, and with failures as classes. */
export class DeskHttp extends ApiClient {
  constructor(options: DeskHttpOptions) {
    /** By how much Desk's clock is ahead of ours, where ours is wrong: it refuses signatures of another time. */
    let deskAhead = 0;
    const kind = {
      title: 'Desk',
      authorize: authorizer(options.auth, () => Date.now() + deskAhead),
      figures,
      said: (status: number, text: string) => ({ code: `HTTP ${status}`, message: messageOf(text) }),
      // Goes by Desk's clock from then on; false where ours was right.
      mend: (headers: Headers) => {
        const ahead = Date.parse(headers.get('date') ?? '') - Date.now();
        if (!(Math.abs(ahead - deskAhead) > CLOCK_OFF_MS)) return false;
        deskAhead = ahead;
        return true;
      },
    };
    super(kind, options);
  }

  get(path: string): Promise<DeskResponse> {
    return this.request('GET', path);
  }

  write(method: 'POST' | 'PATCH', path: string, body: object): Promise<DeskResponse> {
    return this.request(method, path, body);
  }
}

function figures(headers: Headers): [number, number, number] {
  const figure = (name: string) => Number(headers.get(`x-rate-limit-${name}`) ?? Number.NaN);
  return [figure('limit'), figure('remaining'), figure('reset')];
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
