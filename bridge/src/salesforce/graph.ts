import * as z from 'zod';
import type { Failure } from '../core/failure.ts';
import { expected } from './expected.ts';
import { codeOf, recordFailure, unexpectedAnswer } from './failures.ts';
import type { Session } from './session.ts';

export type Node =
  | {
      readonly method: 'POST';
      readonly url: string;
      readonly referenceId: string;
      readonly body: object;
    }
  /** Reads what the nodes before it made. */
  | { readonly method: 'GET'; readonly url: string; readonly referenceId: string };
export type GraphOutcome =
  | { readonly done: true; readonly id: (referenceId: string, field?: string) => string }
  /** `ours`: a unique key of our link is in use. */
  | { readonly done: false; readonly failure: Failure; readonly ours: boolean };

const Graph = z.object({
  graphId: z.string(),
  isSuccessful: z.boolean(),
  graphResponse: z.object({
    compositeResponse: z.array(z.object({ body: z.unknown(), referenceId: z.string() })),
  }),
});
const Answer = z.object({ graphs: z.array(Graph) });

/** What one request takes. */
const GRAPHS = 75;
const NODES = 500;

const NO_ANSWER: Failure = {
  class: 'bug',
  code: 'NO_ANSWER',
  message: 'Salesforce did not answer for this graph.',
};

/** Sends lists of nodes, each all or nothing, in as few requests as they fit into. Outcomes in their order. */
export async function sendGraphs(
  session: Session,
  graphs: readonly (readonly Node[])[],
): Promise<GraphOutcome[]> {
  const outcomes: GraphOutcome[] = [];
  for (let start = 0; start < graphs.length;) {
    const batch = graphs.slice(start, start + fitting(graphs, start));
    const body = batch.map((compositeRequest, index) => ({ graphId: `g${index}`, compositeRequest }));
    const answer = await session.request('POST', '/composite/graph', { graphs: body });
    const { graphs: found } = expected(Answer, answer, 'graph');
    const byId = new Map(found.map((one) => [one.graphId, one]));
    outcomes.push(...body.map(({ graphId }) => outcome(byId.get(graphId))));
    start += batch.length;
  }
  return outcomes;
}

function fitting(graphs: readonly (readonly Node[])[], start: number): number {
  let count = 0;
  let nodes = 0;
  for (const graph of graphs.slice(start, start + GRAPHS)) {
    nodes += graph.length;
    if (nodes > NODES && count > 0) break;
    count += 1;
  }
  return count;
}

function outcome(answer: z.infer<typeof Graph> | undefined): GraphOutcome {
  if (!answer) return { done: false, failure: NO_ANSWER, ours: false };
  const { compositeResponse } = answer.graphResponse;
  if (answer.isSuccessful) {
    const bodies = new Map(compositeResponse.map(({ referenceId, body }) => [referenceId, body]));
    return {
      done: true,
      id: (name, field = 'id') => {
        const id = (bodies.get(name) as Record<string, unknown> | null | undefined)?.[field];
        // The record is there all the same: the next round finds it by its link.
        if (typeof id !== 'string' || id === '') throw unexpectedAnswer('graph');
        return id;
      },
    };
  }
  const problems = compositeResponse.flatMap(({ body }) => (Array.isArray(body) ? (body as unknown[]) : []));
  const failure = recordFailure(problems.find((problem) => codeOf(problem) !== 'PROCESSING_HALTED'));
  return { done: false, failure, ours: isOurKey(failure) };
}

/** A duplicate of the unique keys of our links; a unique field of the customer's own is no link that somebody made. */
export function isOurKey({ code, message }: Failure): boolean {
  return code === 'DUPLICATE_VALUE' && /Desk_Key__c|Record_Id__c/.test(message);
}
