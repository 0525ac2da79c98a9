import type { Account, Route, ZendeskRequest } from './account.ts';
import { eachNew, eachOf, manyOf, startJob } from './bulk.ts';
import { invalidAttribute } from './problem.ts';
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
  const creating = ({ input, user }: ZendeskRequest, type: string, make: typeof createTicket) =>
    eachNew(account, type, 'Ticket', manyOf(input, 'tickets'), (sent) => ({
      id: make(account, sent, user).id,
    }));
  return [
    ['POST', /^tickets\/create_many$/, (request) => creating(request, 'Bulk Create Ticket', createTicket)],
    [
      'POST',
      /^imports\/tickets\/create_many$/,
      (request) => creating(request, 'Bulk Import Ticket', importTicket),
      'admin',
    ],
    [
      'PUT',
      /^tickets\/update_many$/,
      (request) => {
        limits.take('updateManyPerMinute');
        return eachOf(account, request, 'Ticket', 'Update', present, (ticket, change) => {
          limits.takeTicketUpdate(request.user.id, ticket.id);
          updateTicket(account, ticket, change, request.user);
        });
      },
    ],
    [
      'DELETE',
      /^tickets\/destroy_many$/,
      (request) =>
        eachOf(account, request, 'Ticket', 'Delete', present, (ticket) => deleteTicket(state, ticket)),
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
