import { fieldOf, type FieldMap } from '../fieldMap.ts';
import { isPerson } from '../personAccounts.ts';
import { text, type Value } from '../values.ts';

/** The maps that are the same whichever desk it is, but for the desk's name of the field. */
export const COMPANY_NAME: FieldMap = fieldOf('company', {
  name: 'name',
  salesforce: 'Name',
  desk: 'name',
  deskValue: (company) => company.name,
  toSalesforce: (value) => text(value, 255),
  write: (draft, value) => {
    draft.name = String(value);
  },
});

export const companyOfCustomer = (desk: string): FieldMap =>
  fieldOf('customer', {
    name: 'company',
    salesforce: 'AccountId',
    desk,
    relation: 'company',
    optional: true,
    // A person's contact belongs to its own account.
    absentIn: isPerson,
    deskValue: (customer) => customer.companyId,
    write: (draft, value) => {
      draft.companyId = value === null ? null : String(value);
    },
  });

export const descriptionOfCustomer = (desk: string): FieldMap =>
  fieldOf('customer', {
    name: 'description',
    salesforce: 'Description',
    desk,
    deskValue: (customer) => customer.background,
    toSalesforce: (value) => text(value, 32_000),
    write: (draft, value) => {
      draft.background = value === null ? null : String(value);
    },
  });

export const SUBJECT: FieldMap = fieldOf('case', {
  name: 'subject',
  salesforce: 'Subject',
  desk: 'subject',
  deskValue: (deskCase) => text(deskCase.subject, 255),
  toSalesforce: (value) => text(value, 255),
  write: (draft, value) => {
    draft.subject = value === null ? '' : String(value);
  },
});

/** `own`: what a desk does with it that others do not. */
export const descriptionOfCase = (own: Partial<Pick<FieldMap, 'createOnly' | 'toDesk'>>): FieldMap =>
  fieldOf('case', {
    name: 'description',
    salesforce: 'Description',
    desk: 'description',
    deskValue: (deskCase) => deskCase.description,
    toSalesforce: (value) => text(value, 32_000),
    ...own,
    write: (draft, value) => {
      draft.description = value === null ? null : String(value);
    },
  });

export const customerOfCase = (desk: string): FieldMap =>
  fieldOf('case', {
    name: 'customer',
    salesforce: 'ContactId',
    desk,
    relation: 'customer',
    deskValue: (deskCase) => deskCase.customerId,
    write: (draft, value) => {
      if (value !== null) draft.customerId = String(value);
    },
  });

/** The status that a desk takes where a case has that one now: once it has left `new`, it refuses that for good. */
export function statusAfter(status: Value, current: Value): Value {
  return status === 'new' && current !== null && current !== 'new' ? 'open' : status;
}

/** Whatever else its statuses are called: a case is new before it is begun, and closed for good. */
export const statusBy = (words: {
  readonly salesforce: (desk: Value) => string;
  readonly desk: (salesforce: Value) => string;
}): FieldMap =>
  fieldOf('case', {
    name: 'status',
    salesforce: 'Status',
    desk: 'status',
    deskValue: (deskCase) => deskCase.status,
    toSalesforce: words.salesforce,
    toDesk: (value, current) => statusAfter(words.desk(value), current),
    locks: (status) => status === 'closed',
    write: (draft, value) => {
      draft.status = String(value);
    },
  });
