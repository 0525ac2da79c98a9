import { OBJECT_OF } from '../core/pair.ts';
import type { Org, Written } from '../ports/org.ts';
import { recordFailure, type SalesforceProblem } from './failures.ts';
import { LINK_OBJECT, newLink } from './links.ts';
import type { Session } from './session.ts';

type Item = Parameters<Org['createLinked']>[0][number];
type GraphAnswer = {
  readonly graphs: readonly {
    readonly graphId: string;
    readonly isSuccessful: boolean;
    readonly graphResponse: {
      readonly compositeResponse: readonly { readonly body: unknown; readonly referenceId: string }[];
    };
  }[];
};

/** Graphs in one request; more would be refused. */
const GRAPHS = 75;

/**
 * Makes records with their links, each pair in a graph of its own: both or neither. The unique key of the
 * link lets no second record come from a request whose answer was lost.
 */
export async function createLinked(
  session: Session,
  items: readonly Item[],
  now: () => number,
): Promise<(Written & { linkId?: string })[]> {
  const written: (Written & { linkId?: string })[] = [];
  for (let start = 0; start < items.length; start += GRAPHS) {
    const graphs = items
      .slice(start, start + GRAPHS)
      .map((item, index) => graph(session.apiVersion, item, `g${index}`, now()));
    const answer = await session.request<GraphAnswer>('POST', '/composite/graph', { graphs });
    const byId = new Map(answer.graphs.map((one) => [one.graphId, one]));
    written.push(...graphs.map(({ graphId }) => outcome(byId.get(graphId))));
  }
  return written;
}

const NO_ANSWER = {
  class: 'bug',
  code: 'NO_ANSWER',
  message: 'Salesforce did not answer for this graph.',
} as const;

function graph(
  version: string,
  { object, fields, pair, deskId, deskUrl }: Item,
  graphId: string,
  now: number,
) {
  const link = newLink({ pair, deskId, recordId: '@{record.id}', deskUrl }, now);
  return {
    graphId,
    compositeRequest: [
      {
        method: 'POST',
        url: `/services/data/v${version}/sobjects/${object}`,
        referenceId: 'record',
        body: fields,
      },
      {
        method: 'POST',
        url: `/services/data/v${version}/sobjects/${LINK_OBJECT}`,
        referenceId: 'link',
        body: { ...link, [`${OBJECT_OF[pair]}__c`]: '@{record.id}' },
      },
    ],
  };
}

function outcome(answer: GraphAnswer['graphs'][number] | undefined): Written & { linkId?: string } {
  if (!answer) return { outcome: 'refused', failure: NO_ANSWER };
  const { isSuccessful, graphResponse } = answer;
  const bodyOf = (reference: string) =>
    graphResponse.compositeResponse.find((one) => one.referenceId === reference)?.body;
  if (isSuccessful) {
    const [record, link] = [bodyOf('record'), bodyOf('link')] as { id: string }[];
    return { outcome: 'done', id: record?.id ?? '', linkId: link?.id ?? '' };
  }
  const problems = graphResponse.compositeResponse.flatMap((one) =>
    Array.isArray(one.body) ? (one.body as SalesforceProblem[]) : [],
  );
  const culprit = problems.find((problem) => problem.errorCode !== 'PROCESSING_HALTED');
  const failure = recordFailure(culprit);
  if (failure.code === 'DUPLICATE_VALUE' && (culprit?.message ?? '').includes('Desk_Key__c'))
    return { outcome: 'taken', failure };
  return { outcome: 'refused', failure };
}
