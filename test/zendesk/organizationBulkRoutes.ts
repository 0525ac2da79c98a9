import type { Account, Route } from './account.ts';
import { eachNew, eachOf, manyOf } from './bulk.ts';
import {
  createOrganization,
  deleteOrganization,
  presentOrganizations,
  updateOrganization,
} from './organizations.ts';

export function organizationBulkRoutes(account: Account): Route[] {
  const { state } = account;
  const present = () => presentOrganizations(state);
  return [
    [
      'POST',
      /^organizations\/create_many$/,
      ({ input }) =>
        eachNew(
          account,
          'Bulk Create Organization',
          'Organization',
          manyOf(input, 'organizations'),
          (sent) => ({ id: createOrganization(state, sent).id }),
        ),
      'admin',
    ],
    [
      'PUT',
      /^organizations\/update_many$/,
      (request) =>
        eachOf(account, request, 'Organization', 'Update', present, (organization, change) =>
          updateOrganization(state, organization, change),
        ),
      'admin',
    ],
    [
      'DELETE',
      /^organizations\/destroy_many$/,
      (request) =>
        eachOf(account, request, 'Organization', 'Delete', present, (organization) =>
          deleteOrganization(state, organization),
        ),
      'admin',
    ],
  ];
}
