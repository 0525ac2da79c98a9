import { created, done, ok, urlOf, type Account, type Route } from './account.ts';
import { idList, omit, wrapped } from './input.ts';
import { listed } from './lists.ts';
import { auditBody, ticketBody } from './render.ts';
import { besideTickets, countOf } from './sideloads.ts';
import type { Ticket } from './records.ts';
import {
  createTicket,
  deleteTicket,
  findTicket,
  importTicket,
  presentTickets,
  updateTicket,
} from './tickets.ts';

export function ticketRoutes(account: Account): Route[] {
  const { state, limits } = account;
  const body = (one: Ticket) => ticketBody(account, one);
  const made = (one: Ticket) => urlOf(account, `tickets/${one.id}`);
  return [
    [
      'GET',
      /^tickets$/,
      (request) => {
        const externalId = request.query.get('external_id');
        const found = presentTickets(state).filter(
          (one) => externalId === null || one.external_id === externalId,
        );
        return listed(account, request, found, {
          name: 'tickets',
          render: (one) => ({ ...body(one), ...countOf(one, request.query) }),
          sorts: ['created_at', 'updated_at', 'status', 'priority', 'subject'],
          beside: (page) => besideTickets(account, page, request.query),
        });
      },
    ],
    [
      'POST',
      /^tickets$/,
      ({ input, user }) => {
        const ticket = createTicket(account, wrapped(input, 'ticket'), user);
        const [audit] = ticket.audits;
        return created(
          { ticket: body(ticket), ...(audit ? { audit: auditBody(ticket, audit) } : {}) },
          made(ticket),
        );
      },
    ],
    [
      'POST',
      /^imports\/tickets$/,
      ({ input, user }) => {
        const ticket = importTicket(account, wrapped(input, 'ticket'), user);
        return created({ ticket: body(ticket) }, made(ticket));
      },
      'admin',
    ],
    [
      'GET',
      /^tickets\/count$/,
      () => ok({ count: { value: presentTickets(state).length, refreshed_at: state.time() } }),
    ],
    [
      'GET',
      /^tickets\/show_many$/,
      ({ query }) => {
        const ids = idList(query, 'ids') ?? [];
        const found = presentTickets(state).filter((one) => ids.includes(String(one.id)));
        return ok({
          tickets: found.map((one) => ({ ...body(one), ...countOf(one, query) })),
          ...besideTickets(account, found, query),
          count: found.length,
          next_page: null,
          previous_page: null,
        });
      },
    ],
    [
      'GET',
      /^tickets\/(\d+)$/,
      ({ query }, ticketId = '') => {
        const ticket = findTicket(state, ticketId);
        return ok({
          ticket: { ...body(ticket), ...countOf(ticket, query) },
          ...besideTickets(account, [ticket], query),
        });
      },
    ],
    [
      'PUT',
      /^tickets\/(\d+)$/,
      ({ input, user }, ticketId = '') => {
        const ticket = findTicket(state, ticketId);
        limits.take('ticketUpdatesPerMinute');
        limits.takeTicketUpdate(user.id, ticket.id);
        // Only bulk updates add to tags and take from them.
        const sent = omit(wrapped(input, 'ticket'), 'additional_tags', 'remove_tags');
        const audit = updateTicket(account, ticket, sent, user);
        return ok({ ticket: body(ticket), ...(audit ? { audit: auditBody(ticket, audit) } : {}) });
      },
    ],
    [
      'DELETE',
      /^tickets\/(\d+)$/,
      (_request, ticketId = '') => {
        limits.take('ticketDeletesPerMinute');
        deleteTicket(state, findTicket(state, ticketId));
        return done();
      },
      'admin',
    ],
  ];
}
