import { ok, urlOf, type Account, type Answer, type ZendeskRequest } from './account.ts';
import { idList, objects, wrapped, type Input } from './input.ts';
import type { Job, JobItem } from './jobs.ts';
import { invalidAttribute, recordNotFound } from './problem.ts';

const MOST = 100;

export const jobBody = (account: Account, job: Job) => ({
  id: job.id,
  job_type: job.type,
  url: urlOf(account, `job_statuses/${job.id}`),
  total: job.total,
  progress: job.status === 'queued' ? null : job.progress,
  status: job.status,
  message: job.message,
  results: job.results,
});

export function startJob(account: Account, type: string, items: readonly JobItem[]): Answer {
  return ok({ job_status: jobBody(account, account.jobs.start(type, items)) });
}

/** The records of a body such as `{"tickets": […]}`. @throws 400 for more than 100 */
export function manyOf(input: Input, name: string): Input[] {
  const list = objects(input, name);
  if (list.length > MOST) throw invalidAttribute(name, `At most ${MOST} are allowed`);
  return list;
}

type Noun = 'Ticket' | 'User' | 'Organization';

/**
 * A job that updates or deletes each record that a request is about; `act` does it to one, and may tell more in its
 * result. @throws 400
 */
export function eachOf<T extends Known>(
  account: Account,
  request: ZendeskRequest,
  noun: Noun,
  what: 'Update' | 'Delete',
  present: () => readonly T[],
  act: (record: T, change: Input) => object | void,
): Answer {
  const items = targetsOf(request, present, noun.toLowerCase()).map(({ id, change, record }) => ({
    id,
    failure: `${noun}${what}Failed`,
    run: () => {
      const found = record();
      const more = act(found, change);
      return { id: found.id, ...more, action: what.toLowerCase(), status: `${what}d` };
    },
  }));
  return startJob(account, `Bulk ${what} ${noun}`, items);
}

/** A job that makes each record of a request; `make` returns what the result tells. @throws 400 */
export function eachNew(
  account: Account,
  type: string,
  noun: Noun,
  list: readonly Input[],
  make: (sent: Input) => object,
): Answer {
  return startJob(
    account,
    type,
    list.map((sent) => ({
      failure: `${noun}CreateFailed`,
      run: () => ({ action: 'create', status: 'Created', ...make(sent) }),
    })),
  );
}

type Known = { readonly id: number; readonly external_id: string | null };

/**
 * What a request to change or delete many is about: records by `ids` or `external_ids` with one change for all, or a
 * change for each; `record` throws 404 where it is not there. @throws 400
 */
function targetsOf<T extends Known>(
  { query, input }: ZendeskRequest,
  present: () => readonly T[],
  one: string,
): { readonly id: number; readonly change: Input; readonly record: () => T }[] {
  const found = (test: (record: T) => boolean) => () => {
    const record = present().find(test);
    if (!record) throw recordNotFound();
    return record;
  };
  const ids = idList(query, 'ids');
  const externalIds = idList(query, 'external_ids');
  const shared = () => (input[one] === undefined ? {} : wrapped(input, one));
  if (ids)
    return ids.map((id) => ({
      id: Number(id),
      change: shared(),
      record: found((record) => record.id === Number(id)),
    }));
  if (externalIds)
    return externalIds.map((externalId) => ({
      id: 0,
      change: shared(),
      record: found((record) => record.external_id?.toLowerCase() === externalId.toLowerCase()),
    }));
  return manyOf(input, `${one}s`).map((change) => ({
    id: Number(change['id'] ?? 0),
    change,
    record: found((record) =>
      change['id'] === undefined
        ? record.external_id !== null && record.external_id === change['external_id']
        : record.id === Number(change['id']),
    ),
  }));
}
