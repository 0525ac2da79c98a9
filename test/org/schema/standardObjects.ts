import {
  checkbox,
  field,
  longText,
  picklist,
  readOnly,
  reference,
  systemFields,
  text,
  values,
} from './fields.ts';
import type { FieldSchema, ObjectSchema } from './types.ts';

const noFls = { fls: false } as const;
const owner = () => reference('OwnerId', 'User', null, noFls);
const address = (prefix: string) =>
  ['Street', 'City', 'State', 'PostalCode', 'Country'].map((part) => text(`${prefix}${part}`, 255));

function define(
  name: string,
  keyPrefix: string,
  fields: readonly FieldSchema[],
  permissionable = true,
): ObjectSchema {
  const label = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const all = [...systemFields(), ...fields];
  return {
    name,
    label,
    labelPlural: label.endsWith('s') ? label : `${label}s`,
    keyPrefix,
    kind: 'object',
    custom: false,
    permissionable,
    fields: new Map(all.map((one) => [one.name, one])),
  };
}

const CASE_STATUS = values('New', 'Working', 'Escalated', 'Closed').map((one) => ({
  ...one,
  closed: one.value === 'Closed',
}));
const PRIORITY = values('High', 'Medium', 'Low').map((one) => ({ ...one, default: one.value === 'Medium' }));

/** The objects of a new org that a help desk or its setup touches, with the fields that matter to them. */
export function standardObjects(): ObjectSchema[] {
  return [
    define('Account', '001', [
      text('Name', 255, { required: true, fls: false }),
      reference('MasterRecordId', 'Account', null, { createable: false, updateable: false, fls: false }),
      picklist('Type', values('Prospect', 'Customer - Direct', 'Other')),
      reference('ParentId', 'Account', 'ChildAccounts'),
      ...address('Billing'),
      ...address('Shipping'),
      field('Phone', 'phone', { length: 40 }),
      field('Fax', 'phone', { length: 40 }),
      text('AccountNumber', 40),
      field('Website', 'url', { length: 255 }),
      picklist('Industry', values('Agriculture', 'Banking', 'Other')),
      field('AnnualRevenue', 'currency', { precision: 18 }),
      field('NumberOfEmployees', 'int', { precision: 8 }),
      longText('Description', 32_000),
      owner(),
    ]),
    define('Contact', '003', [
      reference('MasterRecordId', 'Contact', null, { createable: false, updateable: false, fls: false }),
      reference('AccountId', 'Account', 'Contacts'),
      text('LastName', 80, { required: true, fls: false }),
      text('FirstName', 40, noFls),
      picklist('Salutation', values('Mr.', 'Ms.', 'Dr.'), noFls),
      readOnly(text('Name', 121)),
      ...address('Mailing'),
      field('Phone', 'phone', { length: 40 }),
      field('Fax', 'phone', { length: 40 }),
      field('MobilePhone', 'phone', { length: 40 }),
      field('HomePhone', 'phone', { length: 40 }),
      field('OtherPhone', 'phone', { length: 40 }),
      field('Email', 'email', { length: 80 }),
      text('Title', 128),
      text('Department', 80),
      reference('ReportsToId', 'Contact'),
      picklist('LeadSource', values('Web', 'Phone Inquiry', 'Other')),
      field('Birthdate', 'date'),
      longText('Description', 32_000),
      owner(),
    ]),
    define('Case', '500', [
      readOnly(text('CaseNumber', 30, { autoNumber: '{00000000}' })),
      reference('MasterRecordId', 'Case', null, { createable: false, updateable: false, fls: false }),
      reference('ContactId', 'Contact', 'Cases'),
      reference('AccountId', 'Account', 'Cases'),
      reference('ParentId', 'Case', 'Cases'),
      text('SuppliedName', 80),
      field('SuppliedEmail', 'email', { length: 80 }),
      field('SuppliedPhone', 'phone', { length: 40 }),
      text('SuppliedCompany', 80),
      picklist('Type', values('Mechanical', 'Electrical', 'Other')),
      picklist('Status', CASE_STATUS, { fls: false, defaultValue: 'New' }),
      picklist('Reason', values('Installation', 'Performance', 'Other')),
      picklist('Origin', values('Phone', 'Email', 'Web')),
      text('Subject', 255),
      picklist('Priority', PRIORITY, { defaultValue: 'Medium' }),
      longText('Description', 32_000),
      readOnly(checkbox('IsClosed')),
      readOnly(field('ClosedDate', 'datetime')),
      checkbox('IsEscalated', noFls),
      owner(),
    ]),
    define(
      'CaseComment',
      '00a',
      [
        reference('ParentId', 'Case', 'CaseComments', { required: true, updateable: false, fls: false }),
        checkbox('IsPublished', noFls),
        longText('CommentBody', 4_000, noFls),
      ],
      false,
    ),
    define(
      'Task',
      '00T',
      [
        text('Subject', 255, noFls),
        picklist('Status', values('Not Started', 'In Progress', 'Completed'), {
          fls: false,
          defaultValue: 'Not Started',
        }),
        picklist('Priority', PRIORITY, { fls: false, defaultValue: 'Normal' }),
        reference('WhoId', ['Contact', 'Lead']),
        reference('WhatId', ['Account', 'Case', 'Opportunity']),
        field('ActivityDate', 'date'),
        longText('Description', 32_000),
        picklist('Type', values('Call', 'Email', 'Other')),
        owner(),
      ],
      false,
    ),
    define(
      'Event',
      '00U',
      [
        text('Subject', 255, noFls),
        reference('WhoId', ['Contact', 'Lead']),
        reference('WhatId', ['Account', 'Case']),
        longText('Description', 32_000),
        picklist('Type', values('Call', 'Email', 'Other')),
        owner(),
      ],
      false,
    ),
    define(
      'EmailMessage',
      '02s',
      [
        reference('ParentId', 'Case', 'EmailMessages', { updateable: false, fls: false }),
        text('Subject', 3_000, noFls),
        longText('TextBody', 32_000, noFls),
        text('FromAddress', 1_333, noFls),
        text('ToAddress', 4_000, noFls),
        checkbox('Incoming', { updateable: false, fls: false }),
        picklist('Status', values('0', '1', '2', '3', '4', '5'), noFls),
        field('MessageDate', 'datetime', noFls),
      ],
      false,
    ),
    define('Lead', '00Q', [
      text('LastName', 80, { required: true, fls: false }),
      text('Company', 255, { required: true, fls: false }),
      field('Email', 'email', { length: 80 }),
      owner(),
    ]),
    define('Opportunity', '006', [
      text('Name', 120, { required: true, fls: false }),
      reference('AccountId', 'Account', 'Opportunities'),
      picklist('StageName', values('Prospecting', 'Closed Won', 'Closed Lost'), {
        required: true,
        fls: false,
      }),
      field('CloseDate', 'date', { required: true, fls: false }),
      field('Amount', 'currency', { precision: 18, scale: 2 }),
      owner(),
    ]),
    ...setupObjects(),
  ];
}

function setupObjects(): ObjectSchema[] {
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
    define('Profile', '00e', [text('Name', 255, noFls), text('Description', 255, noFls)], false),
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
        text('SobjectType', 80, noFls),
        checkbox('IsActive', noFls),
        reference('BusinessProcessId', 'BusinessProcess', null, noFls),
      ],
      false,
    ),
    define(
      'BusinessProcess',
      '019',
      [text('Name', 80, noFls), text('TableEnumOrId', 80, noFls), checkbox('IsActive', noFls)],
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
    define('UserLicense', '100', [text('Name', 80, noFls), text('MasterLabel', 80, noFls)], false),
    define(
      'PlatformEventChannelMember',
      '0v8',
      [text('DeveloperName', 80, noFls), text('EventChannel', 80, noFls), text('SelectedEntity', 80, noFls)],
      false,
    ),
    define(
      'FlowDefinitionView',
      '3dd',
      [text('ApiName', 80, noFls), text('ProcessType', 80, noFls), checkbox('IsActive', noFls)],
      false,
    ),
  ];
}
