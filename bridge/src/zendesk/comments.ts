import { z } from 'zod';
import { RequestFailed } from '../core/failure.ts';
import type { Interaction } from '../core/interaction.ts';
import type { NoteWrite } from '../ports/helpDesk.ts';
import { readMany } from './readMany.ts';
import { refusalOf } from './refusal.ts';
import { id, read } from './schemas.ts';
import type { Site } from './site.ts';
import { overLimit, ticketPause } from './tooOften.ts';

const updated = z.object({
  audit: z.object({ events: z.array(z.object({ id, type: z.string() })) }),
});

/** Adds an internal comment. Nothing keeps a second one out: the caller has compared those that are there. */
export function addNote(site: Site, ticketId: string, body: string): Promise<NoteWrite> {
  return addComment(site, ticketId, { body: body.trim() === '' ? '(no text)' : body, public: false });
}

/**
 * Adds a public comment as something that was said already: that of the customer by the requester, any other by the
 * agent who calls. Whether Zendesk writes to anybody of it is up to its triggers.
 */
export async function addReply(
  site: Site,
  ticketId: string,
  { direction, subject, body }: Interaction,
): Promise<NoteWrite> {
  const text = body.trim() === '' ? (subject ?? '(no text)') : body;
  if (direction === 'out') return addComment(site, ticketId, { body: text, public: true });
  const author = site.tickets.requesterOf(ticketId) ?? (await requesterOf(site, ticketId));
  if (author === null) return { outcome: 'gone' };
  return addComment(site, ticketId, { body: text, public: true, author_id: Number(author) });
}

async function requesterOf(site: Site, ticketId: string): Promise<string | null> {
  const ticket = (await readMany(site, 'case', [ticketId], false)).get(ticketId);
  return ticket?.pair === 'case' ? ticket.customerId : null;
}

async function addComment(
  { http }: Site,
  ticketId: string,
  comment: { readonly body: string; readonly public: boolean; readonly author_id?: number },
): Promise<NoteWrite> {
  const pause = ticketPause(http, ticketId);
  if (pause > 0) return { outcome: 'refused', failure: overLimit(pause) };
  const { status, body } = await http.request('PUT', `tickets/${ticketId}`, { ticket: { comment } });
  if (status < 400) return { outcome: 'done', id: idOfNew(body) };
  const refusal = refusalOf(status, body);
  return refusal.outcome === 'gone' ? refusal : { outcome: 'refused', failure: refusal.failure };
}

function idOfNew(body: unknown): string {
  const made = read(updated, body).audit.events.find(({ type }) => type === 'Comment');
  if (made) return made.id;
  const message = 'Zendesk answered to a comment without telling of it.';
  throw new RequestFailed({ class: 'bug', code: 'UNEXPECTED_ANSWER', message });
}
