import { created, find, ok, urlOf, type Account, type Route } from './account.ts';
import { ANONYMOUS } from './auth.ts';
import { id, idList, wrapped } from './input.ts';
import { listed } from './lists.ts';
import { badRequest, forbidden } from './problem.ts';
import { ticketBody, userBody } from './render.ts';
import { besideTickets } from './sideloads.ts';
import type { User } from './records.ts';
import { presentTickets } from './tickets.ts';
import { createUser, deleteUser, knownUser, mergeUsers, presentUsers, updateUser } from './users.ts';

export function userRoutes(account: Account): Route[] {
  const { state, limits } = account;
  const { users } = state.tables;
  const present = () => presentUsers(state);
  const body = (one: User) => userBody(account, one);
  const list = { name: 'users', render: body, sorts: ['name', 'created_at', 'updated_at'] as const };
  const made = (one: User) => created({ user: body(one) }, urlOf(account, `users/${one.id}`));
  return [
    [
      'GET',
      /^users$/,
      (request) => {
        const { query } = request;
        const roles = query.getAll('role[]').concat(query.get('role') ?? []);
        const externalId = query.get('external_id');
        const found = present().filter(
          (one) =>
            (roles.length === 0 || roles.includes(one.role)) &&
            (externalId === null || one.external_id?.toLowerCase() === externalId.toLowerCase()),
        );
        return listed(account, request, found, list);
      },
    ],
    ['POST', /^users$/, ({ input, user }) => made(createUser(account, wrapped(input, 'user'), user))],
    [
      'GET',
      /^users\/me$/,
      ({ user }) => ok({ user: { ...body(user), authenticity_token: user === ANONYMOUS ? null : 'local' } }),
      'anyone',
    ],
    ['GET', /^users\/count$/, () => ok({ count: { value: present().length, refreshed_at: state.time() } })],
    [
      'GET',
      /^users\/show_many$/,
      (request) => {
        const ids = idList(request.query, 'ids');
        const externalIds = idList(request.query, 'external_ids')?.map((one) => one.toLowerCase()) ?? [];
        const found = present().filter((one) =>
          ids
            ? ids.includes(String(one.id))
            : one.external_id !== null && externalIds.includes(one.external_id.toLowerCase()),
        );
        return ok({ users: found.map(body), count: found.length, next_page: null, previous_page: null });
      },
    ],
    [
      'POST',
      /^users\/create_or_update$/,
      ({ input, user }) => {
        const sent = wrapped(input, 'user');
        const known = knownUser(state, sent);
        if (!known) return made(createUser(account, sent, user));
        updateUser(account, known, sent, user);
        return { ...ok({ user: body(known) }), headers: { location: urlOf(account, `users/${known.id}`) } };
      },
    ],
    // One that is deleted is still shown, as not active.
    ['GET', /^users\/(\d+)$/, (_request, userId = '') => ok({ user: body(find(users, userId)) })],
    [
      'PUT',
      /^users\/(\d+)$/,
      ({ input, user }, userId = '') => {
        const found = find(present(), userId);
        limits.take('userUpdatesPerMinute', userId);
        updateUser(account, found, wrapped(input, 'user'), user);
        return ok({ user: body(found) });
      },
    ],
    [
      'DELETE',
      /^users\/(\d+)$/,
      ({ user }, userId = '') => {
        const found = find(present(), userId);
        if (found === user) throw forbidden();
        deleteUser(state, found);
        return ok({ user: body(found) });
      },
      'admin',
    ],
    [
      'PUT',
      /^users\/(\d+)\/merge$/,
      ({ input }, userId = '') => {
        const loser = find(present(), userId);
        const target = id(wrapped(input, 'user'), 'id');
        if (!target) throw badRequest('invalid', 'The id of the user to merge into is required');
        const winner = find(present(), target);
        mergeUsers(state, loser, winner);
        return ok({ user: body(winner) });
      },
    ],
    [
      'GET',
      /^users\/(\d+)\/tickets\/requested$/,
      (request, userId = '') => {
        const { id: own } = find(present(), userId);
        const tickets = presentTickets(state).filter((one) => one.requester_id === own);
        return listed(account, request, tickets, {
          name: 'tickets',
          render: (one) => ticketBody(account, one),
          beside: (page) => besideTickets(account, page, request.query),
        });
      },
    ],
    [
      'GET',
      /^deleted_users$/,
      (request) =>
        listed(
          account,
          request,
          users.filter((one) => !one.active),
          { ...list, name: 'deleted_users' },
        ),
    ],
  ];
}
