import { created, done, find, ok, urlOf, type Account, type Route } from './account.ts';
import { askToVerify, deleteIdentity, makePrimary, newIdentity, updateIdentity } from './identities.ts';
import { wrapped } from './input.ts';
import { listed } from './lists.ts';
import { identityBody } from './render.ts';
import { presentUsers } from './users.ts';

/** The addresses and numbers of users. */
export function identityRoutes(account: Account): Route[] {
  const { state } = account;
  const owner = (userId: string) => find(presentUsers(state), userId);
  return [
    [
      'GET',
      /^users\/(\d+)\/identities$/,
      (request, userId = '') => {
        const user = owner(userId);
        return listed(account, request, user.identities, {
          name: 'identities',
          render: (one) => identityBody(account, user, one),
        });
      },
    ],
    [
      'POST',
      /^users\/(\d+)\/identities$/,
      ({ input }, userId = '') => {
        const user = owner(userId);
        const sent = wrapped(input, 'identity');
        const identity = newIdentity(account, user, sent);
        state.change(user, { identities: [...user.identities, identity] });
        askToVerify(account, identity, sent);
        return created(
          { identity: identityBody(account, user, identity) },
          urlOf(account, `users/${user.id}/identities/${identity.id}`),
        );
      },
    ],
    [
      'GET',
      /^users\/(\d+)\/identities\/(\d+)$/,
      (_request, userId = '', identityId = '') => {
        const user = owner(userId);
        return ok({ identity: identityBody(account, user, find(user.identities, identityId)) });
      },
    ],
    [
      'PUT',
      /^users\/(\d+)\/identities\/(\d+)$/,
      ({ input }, userId = '', identityId = '') => {
        const user = owner(userId);
        const identity = find(user.identities, identityId);
        updateIdentity(account, user, identity, wrapped(input, 'identity'));
        return ok({ identity: identityBody(account, user, identity) });
      },
    ],
    [
      'PUT',
      /^users\/(\d+)\/identities\/(\d+)\/make_primary$/,
      (request, userId = '', identityId = '') => {
        const user = owner(userId);
        makePrimary(state, user, find(user.identities, identityId));
        return listed(account, request, user.identities, {
          name: 'identities',
          render: (one) => identityBody(account, user, one),
        });
      },
    ],
    [
      'PUT',
      /^users\/(\d+)\/identities\/(\d+)\/verify$/,
      (_request, userId = '', identityId = '') => {
        const user = owner(userId);
        const identity = find(user.identities, identityId);
        updateIdentity(account, user, identity, { verified: true });
        return ok({ identity: identityBody(account, user, identity) });
      },
    ],
    [
      'DELETE',
      /^users\/(\d+)\/identities\/(\d+)$/,
      (_request, userId = '', identityId = '') => {
        const user = owner(userId);
        deleteIdentity(state, user, find(user.identities, identityId));
        return done();
      },
    ],
  ];
}
