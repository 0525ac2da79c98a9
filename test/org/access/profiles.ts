import type { Org } from '../org.ts';
import { insertRow } from '../records/byName.ts';
import type { Change } from '../records/recordStore.ts';
import type { ObjectSchema } from '../schema/types.ts';

type Grant = {
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly all: boolean;
};
type Profile = {
  /** API name in metadata, where it differs from the name. */
  readonly fullName: string;
  /** What it gives on the standard objects; null: nothing. */
  readonly grant: Grant | null;
  readonly permissions: readonly string[] | 'all';
  readonly license: string;
};

/** The profiles of a new org. */
export const PROFILES: Readonly<Record<string, Profile>> = {
  'System Administrator': {
    fullName: 'Admin',
    grant: { create: true, edit: true, delete: true, all: true },
    permissions: 'all',
    license: 'Salesforce',
  },
  'Standard User': {
    fullName: 'Standard',
    grant: { create: true, edit: true, delete: true, all: false },
    permissions: ['ApiEnabled', 'EditTask', 'EditEvent', 'ActivitiesAccess'],
    license: 'Salesforce',
  },
  'Read Only': {
    fullName: 'ReadOnly',
    grant: { create: false, edit: false, delete: false, all: false },
    permissions: ['ApiEnabled', 'ActivitiesAccess'],
    license: 'Salesforce',
  },
  'Minimum Access - Salesforce': {
    fullName: 'Minimum Access - Salesforce',
    grant: null,
    permissions: [],
    license: 'Salesforce',
  },
  'Minimum Access - API Only Integrations': {
    fullName: 'Minimum Access - API Only Integrations',
    grant: null,
    permissions: ['ApiEnabled'],
    license: 'Salesforce Integration',
  },
};

/** Makes the profiles, each with the permission set that it owns. */
export function seedProfiles(org: Org): void {
  for (const [name, profile] of Object.entries(PROFILES)) {
    const license = [...org.records.rows('UserLicense').values()].find(
      (row) => row['Name'] === profile.license,
    );
    const profileId = insertRow(org, 'Profile', {
      Name: name,
      FullName: profile.fullName,
      UserLicenseId: license?.Id ?? null,
    });
    const set = org.schema.object('PermissionSet');
    const all = [...(set?.fields.keys() ?? [])].filter((field) => field.startsWith('Permissions'));
    const given = (field: string) =>
      (profile.permissions === 'all' && field !== 'PermissionsViewEncryptedData') ||
      (profile.permissions !== 'all' && profile.permissions.includes(field.replace('Permissions', '')));
    const parentId = insertRow(org, 'PermissionSet', {
      Name: `X${profileId}`,
      Label: profileId,
      ProfileId: profileId,
      IsOwnedByProfile: true,
      ...Object.fromEntries(all.map((field) => [field, given(field)])),
    });
    if (profile.grant === null) continue;
    for (const object of org.schema.objects()) {
      if (!object.custom) grantObject(org, parentId, object, profile.grant);
    }
  }
}

/** What a profile with access gives on an object that came to the org later, person accounts for example. */
export function grantToProfiles(org: Org, object: ObjectSchema): void {
  const profiles = [...org.records.rows('Profile').values()];
  for (const set of [...org.records.rows('PermissionSet').values()]) {
    const owner = profiles.find((row) => row.Id === set['ProfileId']);
    const grant = PROFILES[String(owner?.['Name'])]?.grant;
    if (grant) grantFields(org, set.Id, object, grant);
  }
}

function grantObject(org: Org, ParentId: string, object: ObjectSchema, grant: Grant): void {
  if (object.permissionable)
    insertRow(org, 'ObjectPermissions', {
      ParentId,
      SobjectType: object.name,
      PermissionsCreate: grant.create,
      PermissionsRead: true,
      PermissionsEdit: grant.edit,
      PermissionsDelete: grant.delete,
      PermissionsViewAllRecords: grant.all,
      PermissionsModifyAllRecords: grant.all,
    });
  grantFields(org, ParentId, object, grant);
}

function grantFields(org: Org, ParentId: string, object: ObjectSchema, grant: Grant): void {
  const granted = new Set(
    [...org.records.rows('FieldPermissions').values()]
      .filter((row) => row['ParentId'] === ParentId)
      .map((row) => row['Field']),
  );
  for (const field of object.fields.values()) {
    const name = `${object.name}.${field.name}`;
    if (!field.fls || field.required || granted.has(name)) continue;
    insertRow(org, 'FieldPermissions', {
      ParentId,
      SobjectType: object.name,
      Field: name,
      PermissionsRead: true,
      PermissionsEdit: grant.edit,
    });
  }
}

/** Every user has the permission set of the profile; another profile brings another. */
export function followProfile(org: Org, { object, before, after, id }: Change): void {
  if (object !== 'User' || after === null || before?.['ProfileId'] === after['ProfileId']) return;
  const setOf = (profileId: unknown) =>
    [...org.records.rows('PermissionSet').values()].find((row) => row['ProfileId'] === profileId);
  const assignments = org.schema.object('PermissionSetAssignment');
  const old = before && setOf(before['ProfileId']);
  for (const row of [...org.records.rows('PermissionSetAssignment').values()]) {
    if (assignments && old && row['AssigneeId'] === id && row['PermissionSetId'] === old.Id)
      org.records.delete(assignments, row.Id);
  }
  const set = setOf(after['ProfileId']);
  if (set) insertRow(org, 'PermissionSetAssignment', { AssigneeId: id, PermissionSetId: set.Id });
}
