import { seedProfiles } from './access/profiles.ts';
import { seedMetadata } from './metadata/seedMetadata.ts';
import type { Org } from './org.ts';
import { insertRow } from './records/byName.ts';
import type { Fields } from './records/validate.ts';

export const ADMIN = 'admin@local.test';
/** What a new Enterprise Edition org has before anyone logs in. */
export function seed(org: Org): void {
  const put = (name: string, fields: Fields, id?: string) =>
    insertRow(org, name, fields, id === undefined ? {} : { id });
  org.records.transact('0059X0000000001QAA', null, () => {
    put('UserLicense', {
      Name: 'Salesforce',
      MasterLabel: 'Salesforce',
      TotalLicenses: 10,
      UsedLicenses: 1,
    });
    put('UserLicense', {
      Name: 'Salesforce Integration',
      MasterLabel: 'Salesforce Integration',
      TotalLicenses: 5,
      UsedLicenses: 0,
    });
    put('PermissionSetLicense', {
      DeveloperName: 'SalesforceAPIIntegrationPsl',
      MasterLabel: 'Salesforce API Integration',
      TotalLicenses: 5,
    });
    seedProfiles(org);
    const admin = [...org.records.rows('Profile').values()].find((row) => row['FullName'] === 'Admin');
    put('User', {
      Username: ADMIN,
      FirstName: 'Local',
      LastName: 'Admin',
      Email: ADMIN,
      Alias: 'admin',
      UserType: 'Standard',
      ProfileId: admin?.Id ?? null,
    });
    put(
      'Organization',
      { Name: 'Local Org', OrganizationType: 'Enterprise Edition', IsSandbox: false, InstanceName: 'LOC1' },
      org.orgId,
    );
    const status = org.schema.field('Case', 'Status');
    status?.picklist.forEach((value, index) =>
      put('CaseStatus', {
        ApiName: value.value,
        MasterLabel: value.label,
        IsClosed: value.closed === true,
        IsDefault: value.default,
        SortOrder: index + 1,
      }),
    );
    seedMetadata(org);
  });
}
