import { setTimeout as pause } from 'node:timers/promises';
import { RequestFailed } from '../core/failure.ts';
import { readText } from '../http/readText.ts';
import { withDeadline } from '../http/withDeadline.ts';
import { networkFailure } from './failures.ts';

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole of it, to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
};
export type HttpAnswer = { readonly status: number; readonly headers: Headers; readonly text: string };

/** Far above a page of 2,000 records with long texts. */
const LARGEST_BODY = 128 * 1024 * 1024;

/** Pauses before a read is tried again: a connection that was kept open may be closed just as it is used. */
const AGAIN_MS = [200, 1_000] as const;

/**
 * One request, to the last byte of its answer. When its time is up, or the signal says so, the connection is
 * closed: one that is half open would hold a worker for ever. A read is tried again after a lost connection.
 * @throws RequestFailed of class network when there is no answer
 */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  for (let attempt = 0; ; attempt += 1) {
    const wait = request.method === 'GET' ? AGAIN_MS[attempt] : undefined;
    try {
      const answer = await once(request);
      if (answer.status < 500 || wait === undefined) return answer;
    } catch (error) {
      if (error instanceof RequestFailed) throw error;
      const failure = networkFailure(error, request.timeoutMs);
      if (wait === undefined || failure.code === 'TIMEOUT' || request.signal?.aborted)
        throw new RequestFailed(failure, { cause: error });
    }
    await pause(wait);
  }
}

async function once({ method, url, headers, body, timeoutMs, signal }: HttpRequest): Promise<HttpAnswer> {
  return withDeadline(timeoutMs, signal, async (stop) => {
    const response = await fetch(url, {
      method,
      headers,
      // A redirect could lead the session to another host.
      redirect: 'error',
      signal: stop,
      ...(body === undefined ? {} : { body }),
    });
    const text = await readText(response, 'Salesforce', LARGEST_BODY);
    return { status: response.status, headers: response.headers, text };
  });
}
