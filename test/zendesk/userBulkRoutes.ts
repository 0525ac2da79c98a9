import type { Account, Answer, Route, ZendeskRequest } from './account.ts';
import { eachNew, eachOf, manyOf } from './bulk.ts';
import type { Input } from './input.ts';
import { forbidden } from './problem.ts';
import type { User } from './records.ts';
import { createUser, deleteUser, knownUser, presentUsers, updateUser } from './users.ts';

export function userBulkRoutes(account: Account): Route[] {
  const { state } = account;
  const present = () => presentUsers(state);
  const told = ({ id, external_id }: User, sent: Input) => ({
    id,
    external_id,
    email: sent['email'] ?? null,
  });
  /** Bulk imports must be switched on for the account. */
  const imported = (
    { input, user }: ZendeskRequest,
    type: string,
    known: (sent: Input) => User | undefined,
  ): Answer => {
    if (!account.settings.bulkUserImports) throw forbidden();
    return eachNew(account, type, 'User', manyOf(input, 'users'), (sent) => {
      const found = known(sent);
      if (!found) return told(createUser(account, sent, user), sent);
      updateUser(account, found, sent, user);
      return { ...told(found, sent), action: 'update', status: 'Updated' };
    });
  };
  return [
    ['POST', /^users\/create_many$/, (request) => imported(request, 'Bulk Create User', () => undefined)],
    [
      'POST',
      /^users\/create_or_update_many$/,
      (request) => imported(request, 'Bulk Create Or Update User', (sent) => knownUser(state, sent)),
    ],
    [
      'PUT',
      /^users\/update_many$/,
      (request) =>
        eachOf(account, request, 'User', 'Update', present, (user, change) => {
          updateUser(account, user, change, request.user);
          return told(user, change);
        }),
    ],
    [
      'DELETE',
      /^users\/destroy_many$/,
      (request) => eachOf(account, request, 'User', 'Delete', present, (user) => deleteUser(state, user)),
      'admin',
    ],
  ];
}
