import type { Org, Written } from '../ports/org.ts';
import { nested } from '../core/config/fieldPath.ts';
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
  return outcomes.map((outcome, index) => {
    if (outcome.done) {
      const id = isPerson(items[index]) ? outcome.id('contact', CONTACT) : outcome.id('record');
      return { outcome: 'done', id, linkId: outcome.id('link') };
    }
    return { outcome: outcome.ours ? 'taken' : 'refused', failure: outcome.failure };
  });
}

const CONTACT = 'PersonContactId';
const isPerson = (item: Item | undefined) => item?.pair === 'customer' && item.object === 'Account';

function nodes(version: string, item: Item, now: number): Node[] {
  const { object, fields, pair, deskId, deskUrl } = item;
  const base = `/services/data/v${version}/sobjects`;
  const record: Node = {
    method: 'POST',
    url: `${base}/${object}`,
    referenceId: 'record',
    body: nested(fields),
  };
  // The platform makes a person's contact; the same graph asks which one it is.
  const contact: Node = {
    method: 'GET',
    url: `${base}/Account/@{record.id}?fields=${CONTACT}`,
    referenceId: 'contact',
  };
  const recordId = isPerson(item) ? `@{contact.${CONTACT}}` : '@{record.id}';
  const link = newLink({ pair, deskId, recordId, deskUrl }, now);
  return [
    record,
    ...(isPerson(item) ? [contact] : []),
    { method: 'POST', url: `${base}/${LINK_OBJECT}`, referenceId: 'link', body: link },
  ];
}
