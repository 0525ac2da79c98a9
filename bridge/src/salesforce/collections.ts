import * as z from 'zod';
import type { Written } from '../ports/org.ts';
import { RequestFailed } from '../core/failure.ts';
import { expected } from './expected.ts';
import { recordFailure, requestFailure, unexpectedAnswer } from './failures.ts';
import { isOurKey } from './graph.ts';
import type { Session } from './session.ts';

const PATH = '/composite/sobjects';
const COLLECTION = 200;
/** As many collections as Salesforce takes in one composite request. */
const TOGETHER = 5;

const CompositeAnswer = z.object({
  compositeResponse: z.array(z.object({ body: z.unknown(), httpStatusCode: z.number() })),
});
const CollectionAnswer = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z.array(z.unknown()).nullish(),
  }),
);

/**
 * Writes records by collections, none rolled back for another; several collections go in one request, which counts as
 * one call. Outcomes in their order.
 */
export async function writeCollection(
  session: Session,
  method: 'POST' | 'PATCH',
  records: readonly object[],
): Promise<Written[]> {
  const written: Written[] = [];
  const batches = parts(records, COLLECTION);
  for (const some of parts(batches, TOGETHER)) {
    const answers = await sendTogether(session, method, some);
    for (const [index, batch] of some.entries()) written.push(...outcomes(batch, answers[index]));
  }
  return written;
}

async function sendTogether(
  session: Session,
  method: 'POST' | 'PATCH',
  batches: readonly (readonly object[])[],
): Promise<unknown[]> {
  const bodies = batches.map((records) => ({ allOrNone: false, records }));
  const [only] = bodies;
  if (bodies.length === 1 && only) return [await session.request(method, PATH, only)];
  const answer = await session.request('POST', '/composite', {
    allOrNone: false,
    compositeRequest: bodies.map((body, index) => ({
      method,
      url: `/services/data/v${session.apiVersion}${PATH}`,
      referenceId: `batch${index}`,
      body,
    })),
  });
  const { compositeResponse } = expected(CompositeAnswer, answer, 'composite request');
  return compositeResponse.map(({ body, httpStatusCode }) => {
    if (httpStatusCode < 300) return body;
    throw new RequestFailed(requestFailure(httpStatusCode, JSON.stringify(body), null));
  });
}

/** Deletes records by collections, none rolled back for another. */
export async function deleteCollection(session: Session, ids: readonly string[]): Promise<Written[]> {
  const written: Written[] = [];
  for (const batch of parts(ids, COLLECTION)) {
    const answer = await session.request('DELETE', `${PATH}?ids=${batch.join(',')}`);
    written.push(...outcomes(batch, answer));
  }
  return written;
}

function parts<T>(items: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function outcomes(batch: readonly unknown[], answer: unknown): Written[] {
  const found = expected(CollectionAnswer, answer, 'collection');
  // Outcomes are told apart by their order alone.
  if (found.length !== batch.length) throw unexpectedAnswer('collection');
  return found.map(asWritten);
}

function asWritten({ id, success, errors }: z.infer<typeof CollectionAnswer>[number]): Written {
  if (success) return { outcome: 'done', id: id ?? '' };
  const failure = recordFailure(errors?.[0]);
  if (failure.class === 'gone') return { outcome: 'gone' };
  return { outcome: isOurKey(failure) ? 'taken' : 'refused', failure };
}
