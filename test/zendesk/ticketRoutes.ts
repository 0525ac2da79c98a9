import { created, done, find, ok, urlOf, type Account, type Route } from './account.ts';
import { flag, idList, omit, tags, wrapped } from './input.ts';
import { listed } from './lists.ts';
import { auditBody, commentBody, ticketBody } from './render.ts';
import { besideIds, besideTickets, countOf } from './sideloads.ts';
import type { Ticket } from './state.ts';
import {
  createTicket,
  deleteTicket,
  findTicket,
  importTicket,
  presentTickets,
  restoreTicket,
  updateTicket,
} from './tickets.ts';

export function ticketRoutes(account: Account): Route[] {
  const { state, limits } = account;
  const body = (one: Ticket) => ticketBody(account, one);
  const made = (one: Ticket) => urlOf(account, `tickets/${one.id}`);
  const { tickets } = state.tables;
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
    [
      'GET',
      /^tickets\/(\d+)\/comments$/,
      (request, ticketId = '') => {
        const { comments } = findTicket(state, ticketId);
        return listed(account, request, comments, {
          name: 'comments',
          render: commentBody,
          sorts: ['created_at'],
          beside: (page) =>
            besideIds(
              account,
              page.map((one) => one.author_id),
              request.query,
            ),
        });
      },
    ],
    [
      'GET',
      /^tickets\/(\d+)\/comments\/count$/,
      (_request, ticketId = '') =>
        ok({
          count: { value: findTicket(state, ticketId).comments.length, refreshed_at: state.time() },
        }),
    ],
    [
      'PUT',
      /^tickets\/(\d+)\/comments\/(\d+)\/make_private$/,
      (_request, ticketId = '', commentId = '') => {
        const ticket = findTicket(state, ticketId);
        find(ticket.comments, commentId).public = false;
        state.change(ticket, { updated_at: '' });
        return ok({});
      },
    ],
    [
      'GET',
      /^tickets\/(\d+)\/audits$/,
      (request, ticketId = '') => {
        const ticket = findTicket(state, ticketId);
        return listed(account, request, ticket.audits, {
          name: 'audits',
          render: (one) => auditBody(ticket, one),
        });
      },
    ],
    ['GET', /^tickets\/(\d+)\/tags$/, (_request, id = '') => ok({ tags: findTicket(state, id).tags })],
    ...(['POST', 'PUT', 'DELETE'] as const).map((method): Route => [
      method,
      /^tickets\/(\d+)\/tags$/,
      ({ input, user }, ticketId = '') => {
        const ticket = findTicket(state, ticketId);
        limits.takeTicketUpdate(user.id, ticket.id);
        const named = { POST: 'tags', PUT: 'additional_tags', DELETE: 'remove_tags' }[method];
        updateTicket(
          account,
          ticket,
          {
            [named]: tags(input, 'tags') ?? [],
            safe_update: flag(input, 'safe_update'),
            updated_stamp: input['updated_stamp'],
          },
          user,
        );
        return { status: method === 'POST' ? 201 : 200, body: { tags: ticket.tags } };
      },
    ]),
    [
      'GET',
      /^deleted_tickets$/,
      (request) =>
        listed(
          account,
          request,
          tickets.filter((one) => one.deleted_at !== null),
          {
            name: 'deleted_tickets',
            render: ({ id, subject, deleted_at }) => ({
              id,
              subject,
              deleted_at,
              actor: null,
              previous_state: 'open',
            }),
          },
        ),
    ],
    [
      'PUT',
      /^deleted_tickets\/(\d+)\/restore$/,
      (_request, ticketId = '') => {
        restoreTicket(
          state,
          find(
            tickets.filter((one) => one.deleted_at !== null),
            ticketId,
          ),
        );
        return ok({});
      },
    ],
  ];
}
