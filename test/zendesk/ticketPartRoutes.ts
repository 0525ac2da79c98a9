import { find, ok, type Account, type Route } from './account.ts';
import { flag, tags } from './input.ts';
import { listed } from './lists.ts';
import { auditBody, commentBody } from './render.ts';
import { besideIds } from './sideloads.ts';
import { findTicket, restoreTicket, updateTicket } from './tickets.ts';

/** What is asked of one ticket by itself: comments, audits, tags; and the tickets that are deleted. */
export function ticketPartRoutes(account: Account): Route[] {
  const { state, limits } = account;
  const { tickets } = state.tables;
  return [
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
