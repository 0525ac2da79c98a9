import { urlOf, type Account } from './account.ts';
import { emailOf } from './identities.ts';
import type { Ticket, User } from './records.ts';

/** A text with what is known of a ticket in place of `{{ticket.…}}` and `{{current_user.…}}`; the rest is empty. */
export function rendered(template: string, account: Account, ticket: Ticket, by: User): string {
  const values: Readonly<Record<string, string | number | null>> = {
    'ticket.id': ticket.id,
    'ticket.title': ticket.subject,
    'ticket.status': ticket.status,
    'ticket.priority': ticket.priority,
    'ticket.ticket_type': ticket.type,
    'ticket.external_id': ticket.external_id,
    'ticket.tags': ticket.tags.join(' '),
    'ticket.url': urlOf(account, `tickets/${ticket.id}`),
    'ticket.updated_at_with_timestamp': ticket.updated_at,
    'ticket.latest_comment.is_public': String(ticket.comments.at(-1)?.public ?? false),
    'ticket.comments_formatted': ticket.comments
      .filter((one) => one.public)
      .map((one) => one.body)
      .join('\n'),
    'current_user.id': by.id,
    'current_user.email': emailOf(by),
  };
  return template.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
