import type { Account } from './account.ts';
import { organizationBody, userBody } from './render.ts';
import type { Ticket } from './records.ts';

const asked = (query: URLSearchParams, name: string) =>
  query.get('include')?.split(',').includes(name) ?? false;

/** The users of the ids, where the request asks for them. */
export function besideIds(account: Account, ids: readonly (number | null)[], query: URLSearchParams): object {
  if (!asked(query, 'users')) return {};
  const wanted = new Set(ids);
  return {
    users: account.state.tables.users
      .filter((one) => wanted.has(one.id))
      .map((one) => userBody(account, one)),
  };
}

/** What `include` asks for beside tickets: users, organizations. */
export function besideTickets(account: Account, tickets: readonly Ticket[], query: URLSearchParams): object {
  const users = tickets.flatMap((one) => [one.requester_id, one.submitter_id, one.assignee_id]);
  const wanted = new Set(tickets.map((one) => one.organization_id));
  return {
    ...besideIds(account, users, query),
    ...(asked(query, 'organizations')
      ? {
          organizations: account.state.tables.organizations
            .filter((one) => wanted.has(one.id))
            .map((one) => organizationBody(account, one)),
        }
      : {}),
  };
}

/** `include=comment_count` adds a number to each ticket. */
export const countOf = (ticket: Ticket, query: URLSearchParams) =>
  asked(query, 'comment_count') ? { comment_count: ticket.comments.length } : {};
