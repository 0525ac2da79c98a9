import * as z from 'zod';
import { messageId } from '../core/pair.ts';
import type { Entry } from '../core/decideConversation.ts';
import type { DeskCase, DeskConversation, DeskInteraction } from '../ports/helpDesk.ts';
import type { ZendeskHttp } from './http.ts';
import { messageOf } from './message.ts';
import { readAll } from './readAll.ts';
import { id, read, source, type Person } from './schemas.ts';

const comment = z.object({
  id,
  author_id: id.nullable().optional(),
  body: z.string().nullable().optional(),
  plain_body: z.string().nullable().optional(),
  public: z.boolean(),
  created_at: z.string().nullable().optional(),
  via: z.object({ source }).nullable().optional(),
});
type Comment = z.infer<typeof comment>;

/**
 * All comments of a ticket: internal ones are notes, public ones messages. The first one is the first message also
 * where it is internal, for it is the ticket's description and no note to it. Null when the ticket is gone.
 */
export async function readConversation(
  http: ZendeskHttp,
  ticket: DeskCase,
  wanted: { readonly message: boolean },
): Promise<DeskConversation | null> {
  const withFirst = wanted.message && !ticket.firstMessage;
  // A ticket has its first comment always; where it has no other, there is nothing else to read.
  if (Number(ticket.conversation) <= 1 && !withFirst) return { notes: [], messages: [] };
  const all = await readAll(http, `tickets/${ticket.id}/comments?include=users`, 'comments');
  if (all === null) return null;
  const [first, ...rest] = all.entries.map((entry) => read(comment, entry));
  const notes: Entry[] = [];
  const messages: DeskInteraction[] = [];
  if (first && withFirst)
    messages.push({ ...messageFrom(first, ticket, all.people), id: messageId(ticket.id) });
  for (const one of rest)
    if (one.public) messages.push(messageFrom(one, ticket, all.people));
    else notes.push({ id: one.id, body: bodyOf(one) });
  return { notes, messages };
}

/** What was written, as text; `plain_body` has marks of the page in it. */
const bodyOf = (one: Comment) => one.body ?? one.plain_body ?? '';

const messageFrom = (
  one: Comment,
  { subject, customerId }: DeskCase,
  people: ReadonlyMap<string, Person>,
): DeskInteraction =>
  messageOf(
    {
      id: one.id,
      body: bodyOf(one),
      authorId: one.author_id ?? null,
      via: one.via,
      at: one.created_at ?? null,
    },
    { subject, requesterId: customerId },
    people,
  );
