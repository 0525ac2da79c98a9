import type { DeskInteraction } from '../ports/helpDesk.ts';
import type { Person, Via } from './schemas.ts';

/** What was said, by whom, and how it came. */
type Said = {
  readonly id: string;
  readonly body: string;
  readonly authorId: string | null;
  readonly via: Via;
  readonly at: string | null;
};

/** A message of a ticket: in where an end user or the requester wrote it. */
export function messageOf(
  { id, body, authorId, via, at }: Said,
  { subject, requesterId }: { readonly subject: string | null; readonly requesterId: string | null },
  people: ReadonlyMap<string, Person>,
): DeskInteraction {
  const author = people.get(authorId ?? '');
  const isIn = author?.isEndUser === true || authorId === requesterId;
  const { from, to } = via?.source ?? {};
  const requester = people.get(requesterId ?? '')?.email ?? null;
  return {
    id,
    direction: isIn ? 'in' : 'out',
    subject,
    body,
    from: from?.address ?? author?.email ?? null,
    to: to?.address ?? (isIn ? null : requester),
    at,
    unsent: false,
  };
}
