import type { Account, Route } from './account.ts';
import { manyOf, startJob, targetsOf } from './bulk.ts';
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
        startJob(
          account,
          'Bulk Create Organization',
          manyOf(input, 'organizations').map((one) => ({
            failure: 'OrganizationCreateFailed',
            run: () => ({ id: createOrganization(state, one).id, status: 'Created' }),
          })),
        ),
      'admin',
    ],
    [
      'PUT',
      /^organizations\/update_many$/,
      (request) =>
        startJob(
          account,
          'Bulk Update Organization',
          targetsOf(request, present, 'organization').map(({ id, change, record }) => ({
            id,
            failure: 'OrganizationUpdateFailed',
            run: () => {
              const organization = record();
              updateOrganization(state, organization, change);
              return { id: organization.id, action: 'update', status: 'Updated' };
            },
          })),
        ),
      'admin',
    ],
    [
      'DELETE',
      /^organizations\/destroy_many$/,
      (request) =>
        startJob(
          account,
          'Bulk Delete Organization',
          targetsOf(request, present, 'organization').map(({ id, record }) => ({
            id,
            failure: 'OrganizationDeleteFailed',
            run: () => {
              const organization = record();
              deleteOrganization(state, organization);
              return { id: organization.id, action: 'delete', status: 'Deleted' };
            },
          })),
        ),
      'admin',
    ],
  ];
}
