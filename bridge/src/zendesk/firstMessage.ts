import { messageId } from '../core/pair.ts';
import type { DeskInteraction } from '../ports/helpDesk.ts';
import type { Person, TicketBody } from './schemas.ts';

/**
 * The first message of a ticket, where the answer that the ticket is in says who wrote it: its description is the
 * first comment, and its submitter the author of that.
 */
export function firstMessageOf(
  ticket: TicketBody,
  people: ReadonlyMap<string, Person>,
): DeskInteraction | null {
  const author = people.get(ticket.submitter_id ?? '');
  if (!author || ticket.description === null || ticket.description === undefined) return null;
  const { from, to } = ticket.via?.source ?? {};
  const isIn = author.isEndUser || ticket.submitter_id === ticket.requester_id;
  return {
    id: messageId(ticket.id),
    direction: isIn ? 'in' : 'out',
    subject: ticket.subject ?? null,
    body: ticket.description,
    from: from?.address ?? author.email,
    to: to?.address ?? (isIn ? null : (people.get(ticket.requester_id ?? '')?.email ?? null)),
    at: ticket.created_at ?? null,
    unsent: false,
  };
}
