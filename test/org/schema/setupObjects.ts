import { checkbox, field, picklist, readOnly, reference, text, values } from './fields.ts';
import { define, noFls } from './define.ts';
import { toolingObjects } from './toolingObjects.ts';
import type { ObjectSchema } from './types.ts';

/** Users, profiles, permission sets and what else an administrator works with. */
export function setupObjects(): ObjectSchema[] {
  return [
    define(
      'User',
      '005',
      [
        text('Username', 80, { required: true, fls: false }),
        text('LastName', 80, { required: true, fls: false }),
        text('FirstName', 40, noFls),
        readOnly(text('Name', 121)),
        field('Email', 'email', { length: 128, required: true, fls: false }),
        checkbox('IsActive', { fls: false, defaultValue: true }),
        reference('ProfileId', 'Profile', null, { required: true, fls: false }),
        text('TimeZoneSidKey', 40, noFls),
        text('LocaleSidKey', 40, noFls),
        text('LanguageLocaleKey', 40, noFls),
        text('EmailEncodingKey', 40, noFls),
        picklist('UserType', values('Standard'), noFls),
        text('Alias', 8, noFls),
      ],
      false,
    ),
    define(
      'Organization',
      '00D',
      [
        text('Name', 80, noFls),
        text('OrganizationType', 40, noFls),
        checkbox('IsSandbox', noFls),
        text('InstanceName', 5, noFls),
        field('TrialExpirationDate', 'datetime', noFls),
        text('NamespacePrefix', 15, noFls),
      ],
      false,
    ),
    define(
      'Profile',
      '00e',
      [
        text('Name', 255, noFls),
        text('FullName', 255, noFls),
        text('Description', 255, noFls),
        reference('UserLicenseId', 'UserLicense', null, noFls),
      ],
      false,
    ),
    define(
      'PermissionSet',
      '0PS',
      [
        text('Name', 80, { required: true, fls: false, unique: true }),
        text('Label', 80, noFls),
        text('Description', 255, noFls),
        reference('ProfileId', 'Profile', null, noFls),
        checkbox('IsOwnedByProfile', noFls),
        ...[
          'ApiEnabled',
          'ViewAllData',
          'ModifyAllData',
          'EditCaseComments',
          'EditTask',
          'EditEvent',
          'ManageCases',
          'TransferAnyCase',
          'ActivitiesAccess',
          'ViewSetup',
          'CustomizeApplication',
          'ModifyMetadata',
          'ViewAllUsers',
          'ViewEncryptedData',
          'ManageUsers',
          'AssignPermissionSets',
        ].map((name) => checkbox(`Permissions${name}`, noFls)),
      ],
      false,
    ),
    define(
      'PermissionSetAssignment',
      '0Pa',
      [
        reference('AssigneeId', 'User', 'PermissionSetAssignments', { required: true, fls: false }),
        reference('PermissionSetId', 'PermissionSet', 'Assignments', { required: true, fls: false }),
      ],
      false,
    ),
    define(
      'ObjectPermissions',
      '110',
      [
        reference('ParentId', 'PermissionSet', 'ObjectPerms', { required: true, fls: false }),
        text('SobjectType', 80, { required: true, fls: false }),
        ...['Create', 'Read', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'].map((name) =>
          checkbox(`Permissions${name}`, noFls),
        ),
      ],
      false,
    ),
    define(
      'FieldPermissions',
      '01k',
      [
        reference('ParentId', 'PermissionSet', 'FieldPerms', { required: true, fls: false }),
        text('SobjectType', 80, { required: true, fls: false }),
        text('Field', 161, { required: true, fls: false }),
        checkbox('PermissionsRead', noFls),
        checkbox('PermissionsEdit', noFls),
      ],
      false,
    ),
    define(
      'RecordType',
      '012',
      [
        text('Name', 80, noFls),
        text('DeveloperName', 80, noFls),
        text('NamespacePrefix', 15, noFls),
        text('SobjectType', 80, noFls),
        checkbox('IsActive', noFls),
        reference('BusinessProcessId', 'BusinessProcess', null, noFls),
      ],
      false,
    ),
    define(
      'BusinessProcess',
      '019',
      [
        text('Name', 80, noFls),
        text('NamespacePrefix', 15, noFls),
        text('TableEnumOrId', 80, noFls),
        checkbox('IsActive', noFls),
      ],
      false,
    ),
    define(
      'CaseStatus',
      '01J',
      [
        text('ApiName', 255, noFls),
        text('MasterLabel', 255, noFls),
        checkbox('IsClosed', noFls),
        checkbox('IsDefault', noFls),
        field('SortOrder', 'int', noFls),
      ],
      false,
    ),
    define(
      'Group',
      '00G',
      [
        text('Name', 40, noFls),
        text('DeveloperName', 80, noFls),
        picklist('Type', values('Regular', 'Queue'), noFls),
      ],
      false,
    ),
    define(
      'UserLicense',
      '100',
      [
        text('Name', 80, noFls),
        text('MasterLabel', 80, noFls),
        field('TotalLicenses', 'int', noFls),
        field('UsedLicenses', 'int', noFls),
      ],
      false,
    ),
    define(
      'UserLogin',
      '0Yw',
      [
        reference('UserId', 'User', null, noFls),
        checkbox('IsFrozen', noFls),
        checkbox('IsPasswordLocked', noFls),
      ],
      false,
    ),
    define(
      'PermissionSetLicense',
      '0PL',
      [
        text('DeveloperName', 80, noFls),
        text('MasterLabel', 80, noFls),
        field('TotalLicenses', 'int', noFls),
      ],
      false,
    ),
    define(
      'PermissionSetLicenseAssign',
      '2LA',
      [
        reference('AssigneeId', 'User', null, { required: true, fls: false }),
        reference('PermissionSetLicenseId', 'PermissionSetLicense', null, { required: true, fls: false }),
      ],
      false,
    ),
    define(
      'DuplicateRule',
      '0Bm',
      [
        text('DeveloperName', 80, noFls),
        text('MasterLabel', 80, noFls),
        text('SobjectType', 80, noFls),
        checkbox('IsActive', noFls),
      ],
      false,
    ),
    ...toolingObjects(),
  ];
}
