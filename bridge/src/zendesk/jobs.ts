import * as z from 'zod';
import { RequestFailed, type Failure } from '../core/failure.ts';
import type { Method } from '../http/apiClient.ts';
import type { ZendeskHttp } from './http.ts';
import { id, read } from './schemas.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** A job that takes longer is not waited for: what came of it the records tell. */
const PATIENCE_MS = 10 * 60_000;
/** How long is waited for one of the 30 places that an account has for jobs. */
const PATIENCE_FOR_A_PLACE_MS = 60_000;
const WITHOUT_WORD_MS = 10_000;

const item = z.object({
  index: z.number().optional(),
  id: id.nullable().optional(),
  success: z.boolean().optional(),
  error: z.string().nullable().optional(),
  details: z.unknown().optional(),
});
const job = z.object({
  job_status: z.object({
    id: z.string(),
    status: z.string(),
    message: z.string().nullable().optional(),
    results: z.array(item).nullable().optional().catch(null),
  }),
});
const jobs = z.object({
  job_statuses: z.array(z.object({ status: z.string(), job_type: z.string().nullable().optional() })),
});

/** What became of one record of a job. */
export type Item =
  | { readonly success: true; readonly id: string | null }
  | { readonly success: false; readonly error: string; readonly details: string };

/**
 * Has Zendesk do a job of `size` records and waits for it. One item a record, in their order.
 * @throws RequestFailed where it was refused as a whole, or is not known to have been done
 */
export async function runJob(
  http: ZendeskHttp,
  method: Method,
  path: string,
  body: object | undefined,
  size: number,
): Promise<Item[]> {
  await http.waitFor('jobs');
  let { job_status: state } = read(job, await begun(http, method, path, body));
  let waited = 0;
  for (let pause = FIRST_PAUSE_MS; isPending(state.status); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (waited > PATIENCE_MS) throw new RequestFailed(unknown('It has not come to its end in ten minutes.'));
    await http.wait(pause);
    waited += pause;
    const { status, body: answer } = await http.get(`job_statuses/${encodeURIComponent(state.id)}`);
    if (status === 404) throw new RequestFailed(unknown('Zendesk does not know it any more.'));
    ({ job_status: state } = read(job, answer));
  }
  const results = state.results ?? [];
  if (results.length === 0 && size > 0) throw new RequestFailed(unknown(`It is ${state.status}.`));
  return inOrder(results, size);
}

/** Whether a job that makes tickets is still under way: what it is about to make nobody can find yet. */
export async function isMakingTickets(http: ZendeskHttp): Promise<boolean> {
  const { body } = await http.get('job_statuses?page[size]=100');
  return read(jobs, body).job_statuses.some(
    ({ status, job_type: type }) => isPending(status) && /creat.*ticket|ticket.*creat/i.test(type ?? ''),
  );
}

const isPending = (status: string) => status === 'queued' || status === 'working';

async function begun(
  http: ZendeskHttp,
  method: Method,
  path: string,
  body: object | undefined,
): Promise<unknown> {
  for (let waited = 0; ;) {
    try {
      const answer = await http.request(method, path, body);
      if (answer.status < 400) return answer.body;
      throw new RequestFailed({
        class: 'validation',
        code: `HTTP ${answer.status}`,
        message: 'Zendesk does not take the records as a job.',
      });
    } catch (error) {
      if (!(error instanceof RequestFailed) || error.failure.class !== 'rateLimit') throw error;
      const pause = error.failure.retryAfterMs ?? WITHOUT_WORD_MS;
      if (waited + pause > PATIENCE_FOR_A_PLACE_MS) throw error;
      waited += Math.max(pause, 1);
      await http.wait(pause);
    }
  }
}

function inOrder(results: readonly z.infer<typeof item>[], size: number): Item[] {
  const byIndex = new Map(results.map((one, position) => [one.index ?? position, one]));
  return Array.from({ length: size }, (_, index): Item => {
    const found = byIndex.get(index);
    if (found && found.success !== false && !found.error) return { success: true, id: found.id ?? null };
    const details = typeof found?.details === 'string' ? found.details : JSON.stringify(found?.details ?? '');
    return { success: false, error: found?.error ?? 'NO_RESULT', details };
  });
}

/** It may be done, or done in part. */
const unknown = (what: string): Failure => ({
  class: 'network',
  code: 'JOB_UNKNOWN',
  message: `What became of a job in Zendesk is not known. ${what}`,
});
