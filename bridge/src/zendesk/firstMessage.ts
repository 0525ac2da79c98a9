import { messageId } from '../core/pair.ts';
import type { DeskInteraction } from '../ports/helpDesk.ts';
import { messageOf } from './message.ts';
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
  return messageOf(
    {
      id: messageId(ticket.id),
      body: ticket.description,
      authorId: author.id,
      via: ticket.via,
      at: ticket.created_at ?? null,
    },
    { subject: ticket.subject ?? null, requesterId: ticket.requester_id ?? null },
    people,
  );
}
