import { checkbox, field, longText, picklist, readOnly, reference, text, values } from './fields.ts';
import { define, noFls, owner } from './define.ts';
import { setupObjects } from './setupObjects.ts';
import type { ObjectSchema } from './types.ts';

const address = (prefix: string) =>
  ['Street', 'City', 'State', 'PostalCode', 'Country'].map((part) => text(`${prefix}${part}`, 255));

const CASE_STATUS = values('New', 'Working', 'Escalated', 'Closed').map((one) => ({
  ...one,
  closed: one.value === 'Closed',
}));
const STAGES = values('Prospecting', 'Closed Won', 'Closed Lost').map((one) => ({
  ...one,
  closed: one.value !== 'Prospecting',
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
        picklist('TaskSubtype', values('Task', 'Email', 'Call'), { fls: false, defaultValue: 'Task' }),
        readOnly(checkbox('IsClosed')),
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
      picklist('StageName', STAGES, { required: true, fls: false }),
      field('CloseDate', 'date', { required: true, fls: false }),
      field('Amount', 'currency', { precision: 18, scale: 2 }),
      readOnly(checkbox('IsClosed')),
      owner(),
    ]),
    ...setupObjects(),
  ];
}
