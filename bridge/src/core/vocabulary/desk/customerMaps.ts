import type { DeskCustomer } from '../../../ports/helpDesk.ts';
import { fieldOf, type FieldMap } from '../../fieldMap.ts';
import { primaryEmail } from '../../primaryEmail.ts';
import { text } from '../../values.ts';
import { companyOfCustomer, descriptionOfCustomer } from '../commonMaps.ts';
import { phoneOfType, withPhone, withPrimaryEmail } from './typedLists.ts';

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

/** A customer with one name only has it as last name in Salesforce, where that one is required. */
const firstName = (customer: DeskCustomer): string | null => (customer.lastName ? customer.firstName : null);
const lastName = (customer: DeskCustomer): string =>
  customer.lastName || customer.firstName || primaryEmail(customer.emails) || 'Unknown';

export const CUSTOMER_MAPS: readonly FieldMap[] = [
  fieldOf('customer', {
    name: 'firstName',
    salesforce: 'FirstName',
    desk: 'first_name',
    deskValue: firstName,
    toSalesforce: (value) => text(value, 40),
    write: (draft, value, customer) => {
      draft.firstName = value === null ? null : String(value);
      // The only name that it had is the last name in Salesforce, and goes on being it.
      if (customer && firstName(customer) === null) draft.lastName ??= lastName(customer);
    },
  }),
  fieldOf('customer', {
    name: 'lastName',
    salesforce: 'LastName',
    desk: 'last_name',
    deskValue: lastName,
    toSalesforce: (value) => text(value, 80) ?? 'Unknown',
    write: (draft, value, customer) => {
      draft.lastName = value === null ? null : String(value);
      // The only name that it had may be its first one, and this takes its place.
      if (customer && firstName(customer) === null && draft.firstName === undefined) draft.firstName = null;
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
  descriptionOfCustomer('background'),
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
  companyOfCustomer('company'),
];
