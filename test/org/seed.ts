import type { Org } from './org.ts';
import type { Fields } from './records/validate.ts';

export const ADMIN = 'admin@local.test';
const PROFILES = [
  'System Administrator',
  'Standard User',
  'Read Only',
  'Minimum Access - Salesforce',
  'Minimum Access - API Only Integrations',
];

/** What a new Enterprise Edition org has before anyone logs in. */
export function seed(org: Org): void {
  const put = (name: string, fields: Fields, id?: string) => {
    const object = org.schema.object(name);
    if (!object) throw new Error(`No object ${name}`);
    return org.records.insert(object, fields, id === undefined ? {} : { id });
  };
  org.records.transact('0059X0000000001QAA', null, () => {
    const profiles = PROFILES.map((Name) => put('Profile', { Name }));
    put('User', {
      Username: ADMIN,
      FirstName: 'Local',
      LastName: 'Admin',
      Email: ADMIN,
      Alias: 'admin',
      UserType: 'Standard',
      ProfileId: profiles[0] ?? null,
    });
    put(
      'Organization',
      { Name: 'Local Org', OrganizationType: 'Enterprise Edition', IsSandbox: false, InstanceName: 'LOC1' },
      org.orgId,
    );
    put('UserLicense', { Name: 'Salesforce', MasterLabel: 'Salesforce' });
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
  });
}
