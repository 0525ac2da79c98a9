import { fieldOf, type FieldMap } from './fieldMap.ts';
import { isPerson } from './personAccounts.ts';
import type { PairKind } from './pair.ts';
import { phoneOfType, primaryEmail, withPhone, withPrimaryEmail } from './typedValues.ts';
import { text } from './values.ts';
import * as vocabulary from './vocabulary.ts';

/** Desk cuts a case's description here. */
const DESK_DESCRIPTION = 255;

const COMPANY: readonly FieldMap[] = [
  fieldOf('company', {
    name: 'name',
    salesforce: 'Name',
    desk: 'name',
    deskValue: (company) => company.name,
    toSalesforce: (value) => text(value, 255),
    write: (draft, value) => {
      draft.name = String(value);
    },
  }),
];

const phone = (name: string, salesforce: string, type: string): FieldMap =>
  fieldOf('customer', {
    name,
    salesforce,
    desk: `phone_numbers.${type}`,
    inList: true,
    deskValue: (customer) => phoneOfType(customer.phones, type),
    toSalesforce: (value) => text(value, 40),
    write: (draft, value, customer) => {
      draft.phones = withPhone(draft.phones ?? customer?.phones ?? [], type, value);
    },
  });

const CUSTOMER: readonly FieldMap[] = [
  fieldOf('customer', {
    name: 'firstName',
    salesforce: 'FirstName',
    desk: 'first_name',
    // A customer with one name only has it as last name in Salesforce, where that one is required.
    deskValue: (customer) => (customer.lastName ? customer.firstName : null),
    toSalesforce: (value) => text(value, 40),
    write: (draft, value) => {
      draft.firstName = value === null ? null : String(value);
    },
  }),
  fieldOf('customer', {
    name: 'lastName',
    salesforce: 'LastName',
    desk: 'last_name',
    deskValue: (customer) =>
      customer.lastName || customer.firstName || primaryEmail(customer.emails) || 'Unknown',
    toSalesforce: (value) => text(value, 80) ?? 'Unknown',
    write: (draft, value) => {
      draft.lastName = value === null ? null : String(value);
    },
  }),
  fieldOf('customer', {
    name: 'title',
    salesforce: 'Title',
    desk: 'title',
    deskValue: (customer) => customer.title,
    toSalesforce: (value) => text(value, 128),
    write: (draft, value) => {
      draft.title = value === null ? null : String(value);
    },
  }),
  fieldOf('customer', {
    name: 'description',
    salesforce: 'Description',
    desk: 'background',
    deskValue: (customer) => customer.background,
    toSalesforce: (value) => text(value, 32_000),
    write: (draft, value) => {
      draft.background = value === null ? null : String(value);
    },
  }),
  fieldOf('customer', {
    name: 'email',
    salesforce: 'Email',
    desk: 'emails',
    inList: true,
    deskValue: (customer) => primaryEmail(customer.emails),
    // Salesforce keeps addresses in lower case.
    toSalesforce: (value) => text(value, 80)?.toLowerCase() ?? null,
    write: (draft, value, customer) => {
      draft.emails = withPrimaryEmail(customer?.emails ?? [], value);
    },
  }),
  phone('phone', 'Phone', 'work'),
  phone('mobilePhone', 'MobilePhone', 'mobile'),
  phone('homePhone', 'HomePhone', 'home'),
  phone('otherPhone', 'OtherPhone', 'other'),
  fieldOf('customer', {
    name: 'company',
    salesforce: 'AccountId',
    desk: 'company',
    relation: 'company',
    optional: true,
    // A person's contact belongs to its own account.
    absentIn: isPerson,
    deskValue: (customer) => customer.companyId,
    write: (draft, value) => {
      draft.companyId = value === null ? null : String(value);
    },
  }),
];

const CASE: readonly FieldMap[] = [
  fieldOf('case', {
    name: 'subject',
    salesforce: 'Subject',
    desk: 'subject',
    deskValue: (deskCase) => text(deskCase.subject, 255),
    toSalesforce: (value) => text(value, 255),
    write: (draft, value) => {
      draft.subject = value === null ? '' : String(value);
    },
  }),
  fieldOf('case', {
    name: 'description',
    salesforce: 'Description',
    desk: 'description',
    deskValue: (deskCase) => deskCase.description,
    toSalesforce: (value) => text(value, 32_000),
    toDesk: (value) => text(value, DESK_DESCRIPTION),
    write: (draft, value) => {
      draft.description = value === null ? null : String(value);
    },
  }),
  fieldOf('case', {
    name: 'status',
    salesforce: 'Status',
    desk: 'status',
    deskValue: (deskCase) => deskCase.status,
    toSalesforce: vocabulary.salesforceStatus,
    toDesk: (value, current) => vocabulary.statusAfter(vocabulary.deskStatus(value), current),
    write: (draft, value) => {
      draft.status = String(value);
    },
  }),
  fieldOf('case', {
    name: 'priority',
    salesforce: 'Priority',
    desk: 'priority',
    deskValue: (deskCase) => deskCase.priority,
    toSalesforce: vocabulary.salesforcePriority,
    toDesk: vocabulary.deskPriority,
    write: (draft, value) => {
      draft.priority = Number(value);
    },
  }),
  fieldOf('case', {
    name: 'channel',
    salesforce: 'Origin',
    desk: 'type',
    createOnly: true,
    deskValue: (deskCase) => deskCase.type,
    toSalesforce: vocabulary.salesforceOrigin,
    toDesk: vocabulary.deskType,
    write: (draft, value) => {
      draft.type = String(value);
    },
  }),
  fieldOf('case', {
    name: 'customer',
    salesforce: 'ContactId',
    desk: 'customer',
    relation: 'customer',
    deskValue: (deskCase) => deskCase.customerId,
    write: (draft, value) => {
      if (value !== null) draft.customerId = String(value);
    },
  }),
];

/** The fields that the original synced, without any set up. */
export const STANDARD_MAPS: Readonly<Record<PairKind, readonly FieldMap[]>> = {
  company: COMPANY,
  customer: CUSTOMER,
  case: CASE,
};
