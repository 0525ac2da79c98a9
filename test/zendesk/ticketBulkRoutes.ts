import type { Account, Route } from './account.ts';
import { manyOf, startJob, targetsOf } from './bulk.ts';
import { invalidAttribute } from './problem.ts';
import type { Input } from './input.ts';
import type { User } from './records.ts';
import {
  createTicket,
  deleteTicket,
  findTicket,
  importTicket,
  mergeTickets,
  presentTickets,
  updateTicket,
} from './tickets.ts';

export function ticketBulkRoutes(account: Account): Route[] {
  const { state, limits } = account;
  const present = () => presentTickets(state);
  const creating = (type: string, make: typeof createTicket, input: Input, user: User) =>
    startJob(
      account,
      type,
      manyOf(input, 'tickets').map((sent) => ({
        failure: 'TicketCreateFailed',
        run: () => ({ id: make(account, sent, user).id, action: 'create', status: 'Created' }),
      })),
    );
  return [
    [
      'POST',
      /^tickets\/create_many$/,
      ({ input, user }) => creating('Bulk Create Ticket', createTicket, input, user),
    ],
    [
      'POST',
      /^imports\/tickets\/create_many$/,
      ({ input, user }) => creating('Bulk Import Ticket', importTicket, input, user),
      'admin',
    ],
    [
      'PUT',
      /^tickets\/update_many$/,
      (request) => {
        limits.take('updateManyPerMinute');
        return startJob(
          account,
          'Bulk Update Ticket',
          targetsOf(request, present, 'ticket').map(({ id, change, record }) => ({
            id,
            failure: 'TicketUpdateFailed',
            run: () => {
              const ticket = record();
              limits.takeTicketUpdate(request.user.id, ticket.id);
              updateTicket(account, ticket, change, request.user);
              return { id: ticket.id, action: 'update', status: 'Updated' };
            },
          })),
        );
      },
    ],
    [
      'DELETE',
      /^tickets\/destroy_many$/,
      (request) =>
        startJob(
          account,
          'Bulk Delete Ticket',
          targetsOf(request, present, 'ticket').map(({ id, record }) => ({
            id,
            failure: 'TicketDeleteFailed',
            run: () => {
              deleteTicket(state, record());
              return { id, action: 'delete', status: 'Deleted' };
            },
          })),
        ),
      'admin',
    ],
    [
      'POST',
      /^tickets\/(\d+)\/merge$/,
      ({ input, user }, ticketId = '') => {
        const target = findTicket(state, ticketId);
        const ids = input['ids'];
        if (!Array.isArray(ids) || ids.length === 0) throw invalidAttribute('ids', 'Must be an array of ids');
        return startJob(
          account,
          'Ticket Merge',
          ids.map((one) => ({
            id: Number(one),
            failure: 'TicketMergeFailed',
            run: () => {
              mergeTickets(account, target, findTicket(state, Number(one)), input, user);
              return { id: Number(one), action: 'merge', status: 'Merged' };
            },
          })),
        );
      },
    ],
  ];
}
