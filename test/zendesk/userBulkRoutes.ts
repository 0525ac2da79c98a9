import type { Account, Route } from './account.ts';
import { manyOf, startJob, targetsOf } from './bulk.ts';
import type { Input } from './input.ts';
import type { JobItem } from './jobs.ts';
import { forbidden } from './problem.ts';
import type { User } from './records.ts';
import { createUser, deleteUser, knownUser, presentUsers, updateUser } from './users.ts';

export function userBulkRoutes(account: Account): Route[] {
  const { state } = account;
  const present = () => presentUsers(state);
  const create = (sent: Input, by: User) => {
    const { id, external_id } = createUser(account, sent, by);
    return { id, external_id, email: sent['email'] ?? null, action: 'create', status: 'Created' };
  };
  const update = (found: User, sent: Input, by: User) => {
    updateUser(account, found, sent, by);
    const { id, external_id } = found;
    return { id, external_id, email: sent['email'] ?? null, action: 'update', status: 'Updated' };
  };
  /** Bulk imports must be switched on for the account. */
  const imported = (type: string, input: Input, itemOf: (sent: Input) => JobItem) => {
    if (!account.settings.bulkUserImports) throw forbidden();
    return startJob(account, type, manyOf(input, 'users').map(itemOf));
  };
  return [
    [
      'POST',
      /^users\/create_many$/,
      ({ input, user }) =>
        imported('Bulk Create User', input, (sent) => ({
          failure: 'UserCreateFailed',
          run: () => create(sent, user),
        })),
    ],
    [
      'POST',
      /^users\/create_or_update_many$/,
      ({ input, user }) =>
        imported('Bulk Create Or Update User', input, (sent) => ({
          failure: 'UserCreateOrUpdateFailed',
          run: () => {
            const known = knownUser(state, sent);
            return known ? update(known, sent, user) : create(sent, user);
          },
        })),
    ],
    [
      'PUT',
      /^users\/update_many$/,
      (request) =>
        startJob(
          account,
          'Bulk Update User',
          targetsOf(request, present, 'user').map(({ id, change, record }) => ({
            id,
            failure: 'UserUpdateFailed',
            run: () => update(record(), change, request.user),
          })),
        ),
    ],
    [
      'DELETE',
      /^users\/destroy_many$/,
      (request) =>
        startJob(
          account,
          'Bulk Delete User',
          targetsOf(request, present, 'user').map(({ id, record }) => ({
            id,
            failure: 'UserDeleteFailed',
            run: () => {
              const found = record();
              deleteUser(state, found);
              return { id: found.id, action: 'delete', status: 'Deleted' };
            },
          })),
        ),
      'admin',
    ],
  ];
}
