import { OBJECT_OF } from '../core/pair.ts';
import type { Org, Written } from '../ports/org.ts';
import { sendGraphs, type Node } from './graph.ts';
import { LINK_OBJECT, newLink } from './links.ts';
import type { Session } from './session.ts';

type Item = Parameters<Org['createLinked']>[0][number];

/**
 * Makes records with their links, each pair in a graph of its own: both or neither. The unique key of the
 * link lets no second record come from a request whose answer was lost.
 */
export async function createLinked(
  session: Session,
  items: readonly Item[],
  now: () => number,
): Promise<(Written & { linkId?: string })[]> {
  const outcomes = await sendGraphs(
    session,
    items.map((item) => nodes(session.apiVersion, item, now())),
  );
  return outcomes.map((outcome) => {
    if (outcome.done) return { outcome: 'done', id: outcome.id('record'), linkId: outcome.id('link') };
    return { outcome: outcome.ours ? 'taken' : 'refused', failure: outcome.failure };
  });
}

function nodes(version: string, { object, fields, pair, deskId, deskUrl }: Item, now: number): Node[] {
  const link = newLink({ pair, deskId, recordId: '@{record.id}', deskUrl }, now);
  const base = `/services/data/v${version}/sobjects`;
  return [
    { method: 'POST', url: `${base}/${object}`, referenceId: 'record', body: fields },
    {
      method: 'POST',
      url: `${base}/${LINK_OBJECT}`,
      referenceId: 'link',
      body: { ...link, [`${OBJECT_OF[pair]}__c`]: '@{record.id}' },
    },
  ];
}
