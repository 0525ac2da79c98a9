import { created, done, find, ok, urlOf, type Account, type Route } from './account.ts';
import { id, idList, wrapped } from './input.ts';
import { listed } from './lists.ts';
import {
  createOrganization,
  deleteOrganization,
  knownOrganization,
  mergeOrganizations,
  presentOrganizations,
  updateOrganization,
} from './organizations.ts';
import { badRequest, forbidden } from './problem.ts';
import { organizationBody, ticketBody, userBody } from './render.ts';
import { besideTickets } from './sideloads.ts';
import type { Organization } from './records.ts';
import { presentTickets } from './tickets.ts';
import { presentUsers } from './users.ts';

export function organizationRoutes(account: Account): Route[] {
  const { state, limits } = account;
  const present = () => presentOrganizations(state);
  const body = (one: Organization) => organizationBody(account, one);
  const list = { name: 'organizations', render: body };
  const made = (one: Organization) =>
    created({ organization: body(one) }, urlOf(account, `organizations/${one.id}`));
  const same = (a: string | null, b: string | null) => a?.toLowerCase() === b?.toLowerCase();
  return [
    ['GET', /^organizations$/, (request) => listed(account, request, present(), list)],
    [
      'POST',
      /^organizations$/,
      ({ input }) => made(createOrganization(state, wrapped(input, 'organization'))),
      'admin',
    ],
    [
      'GET',
      /^organizations\/count$/,
      () => ok({ count: { value: present().length, refreshed_at: state.time() } }),
    ],
    [
      'GET',
      /^organizations\/show_many$/,
      (request) => {
        const ids = idList(request.query, 'ids');
        const externalIds = idList(request.query, 'external_ids') ?? [];
        const found = present().filter((one) =>
          ids
            ? ids.includes(String(one.id))
            : externalIds.some((externalId) => same(one.external_id, externalId)),
        );
        return ok({
          organizations: found.map(body),
          count: found.length,
          next_page: null,
          previous_page: null,
        });
      },
    ],
    [
      'GET',
      /^organizations\/search$/,
      (request) => {
        const [externalId, name] = [request.query.get('external_id'), request.query.get('name')];
        if ((externalId === null) === (name === null))
          throw badRequest('invalid', 'Either external_id or name must be given');
        const found = present().filter((one) =>
          externalId === null ? same(one.name, name) : same(one.external_id, externalId),
        );
        return listed(account, request, found, list);
      },
    ],
    [
      'POST',
      /^organizations\/create_or_update$/,
      ({ input }) => {
        const sent = wrapped(input, 'organization');
        const known = knownOrganization(state, sent);
        if (!known) return made(createOrganization(state, sent));
        updateOrganization(state, known, sent);
        return ok({ organization: body(known) });
      },
      'admin',
    ],
    [
      'GET',
      /^organizations\/(\d+)$/,
      (_request, organizationId = '') => ok({ organization: body(find(present(), organizationId)) }),
    ],
    [
      'PUT',
      /^organizations\/(\d+)$/,
      ({ input, user }, organizationId = '') => {
        const organization = find(present(), organizationId);
        const sent = wrapped(input, 'organization');
        // Agents may only write its notes.
        if (user.role === 'agent' && Object.keys(sent).some((name) => name !== 'notes')) throw forbidden();
        limits.take('organizationUpdatesPerMinute', organizationId);
        updateOrganization(state, organization, sent);
        return ok({ organization: body(organization) });
      },
    ],
    [
      'DELETE',
      /^organizations\/(\d+)$/,
      (_request, organizationId = '') => {
        deleteOrganization(state, find(present(), organizationId));
        return done();
      },
      'admin',
    ],
    [
      'POST',
      /^organizations\/(\d+)\/merge$/,
      ({ input }, organizationId = '') => {
        const loser = find(present(), organizationId);
        const winner = find(present(), id(wrapped(input, 'organization_merge'), 'winner_id') ?? 0);
        mergeOrganizations(state, loser, winner);
        const mergeId = String(state.next.id++);
        return ok({
          organization_merge: {
            id: mergeId,
            url: urlOf(account, `organization_merges/${mergeId}`),
            winner_id: winner.id,
            loser_id: loser.id,
            status: 'complete',
          },
        });
      },
      'admin',
    ],
    [
      'GET',
      /^organizations\/(\d+)\/users$/,
      (request, organizationId = '') => {
        const { id: own } = find(present(), organizationId);
        const users = presentUsers(state).filter((one) => one.organization_id === own);
        return listed(account, request, users, { name: 'users', render: (one) => userBody(account, one) });
      },
    ],
    [
      'GET',
      /^organizations\/(\d+)\/tickets$/,
      (request, organizationId = '') => {
        const { id: own } = find(present(), organizationId);
        const tickets = presentTickets(state).filter((one) => one.organization_id === own);
        return listed(account, request, tickets, {
          name: 'tickets',
          render: (one) => ticketBody(account, one),
          beside: (page) => besideTickets(account, page, request.query),
        });
      },
    ],
  ];
}
