import { randomUUID } from 'node:crypto';
import { recordNotFound, wordsOf, ZendeskProblem } from './problem.ts';

const MAX_AT_ONCE = 30;
const KEPT_MS = 86_400_000;

/** What became of one item. */
type JobResult = Readonly<Record<string, unknown>>;
export type JobItem = {
  /** @throws ZendeskProblem where the item is refused */
  readonly run: () => JobResult;
  /** The word for a failure, such as TicketUpdateFailed. */
  readonly failure: string;
  readonly id?: number;
};
export type Job = {
  readonly id: string;
  readonly type: string;
  readonly total: number;
  readonly dueAt: number;
  readonly items: readonly JobItem[];
  status: 'queued' | 'completed' | 'failed';
  progress: number;
  message: string | null;
  results: JobResult[] | null;
};

/** Work that an answer only promises: it is done some time later, item by item. */
export class Jobs {
  /** How long a job waits before it is done; 0 is right after the answer. */
  delayMs = 0;
  readonly #jobs: Job[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws 429 where too many wait */
  start(type: string, items: readonly JobItem[]): Job {
    if (this.#jobs.filter(({ status }) => status === 'queued').length >= MAX_AT_ONCE)
      throw new ZendeskProblem(
        429,
        { error: 'TooManyJobs', description: `At most ${MAX_AT_ONCE} jobs can be queued or running` },
        { 'retry-after': '10' },
      );
    const job: Job = {
      id: randomUUID().replaceAll('-', ''),
      type,
      total: items.length,
      dueAt: this.#now() + this.delayMs,
      items,
      status: 'queued',
      progress: 0,
      message: null,
      results: null,
    };
    this.#jobs.push(job);
    return job;
  }

  runDue(): void {
    for (const job of this.#jobs) if (job.status === 'queued' && job.dueAt <= this.#now()) this.#run(job);
  }

  /** Latest first. */
  list(): Job[] {
    return this.#jobs.filter((job) => this.#now() - job.dueAt < KEPT_MS).reverse();
  }

  /** @throws 404 also for one that is too old */
  find(id: string): Job {
    const job = this.list().find((one) => one.id === id);
    if (!job) throw recordNotFound();
    return job;
  }

  #run(job: Job): void {
    job.results = job.items.map((item, index) => {
      try {
        const result = { index, success: true, ...item.run() };
        job.progress += 1;
        return result;
      } catch (error) {
        if (!(error instanceof ZendeskProblem)) throw error;
        return {
          index,
          ...(item.id === undefined ? {} : { id: item.id }),
          success: false,
          error: item.failure,
          details: wordsOf(error),
        };
      }
    });
    job.status = job.progress === 0 && job.total > 0 ? 'failed' : 'completed';
    const time = new Date(this.#now()).toISOString().slice(0, 19).replace('T', ' ');
    job.message = `${job.status === 'failed' ? 'Failed' : 'Completed'} at ${time} +0000`;
  }
}
