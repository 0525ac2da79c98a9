import type { TypedValue } from '../../../ports/helpDesk.ts';
import { fieldOf, type FieldMap } from '../../fieldMap.ts';
import type { PairKind } from '../../pair.ts';
import { primaryEmail } from '../../primaryEmail.ts';
import { text, type Value } from '../../values.ts';
import {
  COMPANY_NAME,
  companyOfCustomer,
  customerOfCase,
  descriptionOfCase,
  descriptionOfCustomer,
  statusBy,
  SUBJECT,
} from '../commonMaps.ts';
import { nameInSalesforce, nameParts } from './personName.ts';
import * as words from './words.ts';

/** Zendesk has one of each: there is nothing that its type could tell apart. */
export const alone = (value: Value): TypedValue[] =>
  value === null ? [] : [{ type: 'work', value: String(value) }];

const CUSTOMER: readonly FieldMap[] = [
  fieldOf('customer', {
    name: 'name',
    salesforce: 'Name',
    desk: 'name',
    salesforceFields: nameParts,
    deskValue: (customer) => customer.lastName || primaryEmail(customer.emails) || 'Unknown',
    toSalesforce: nameInSalesforce,
    toDesk: (value) => text(value, 255) ?? 'Unknown',
    write: (draft, value) => {
      draft.lastName = value === null ? null : String(value);
    },
  }),
  fieldOf('customer', {
    name: 'email',
    salesforce: 'Email',
    desk: 'email',
    deskValue: (customer) => primaryEmail(customer.emails),
    // Salesforce keeps addresses in lower case, and so does Zendesk.
    toSalesforce: (value) => text(value, 80)?.toLowerCase() ?? null,
    write: (draft, value) => {
      draft.emails = alone(value);
    },
  }),
  fieldOf('customer', {
    name: 'phone',
    salesforce: 'Phone',
    desk: 'phone',
    deskValue: (customer) => customer.phones[0]?.value ?? null,
    toSalesforce: (value) => text(value, 40),
    write: (draft, value) => {
      draft.phones = alone(value);
    },
  }),
  descriptionOfCustomer('notes'),
  companyOfCustomer('organization_id'),
];

const CASE: readonly FieldMap[] = [
  SUBJECT,
  // It is the first comment, which nobody can change.
  descriptionOfCase({ createOnly: true }),
  statusBy({ salesforce: words.salesforceStatus, desk: words.zendeskStatus }),
  fieldOf('case', {
    name: 'priority',
    salesforce: 'Priority',
    desk: 'priority',
    deskValue: (ticket) => ticket.priority,
    toSalesforce: words.salesforcePriority,
    toDesk: words.zendeskPriority,
    write: (draft, value) => {
      draft.priority = value === null ? null : String(value);
    },
  }),
  fieldOf('case', {
    name: 'channel',
    salesforce: 'Origin',
    desk: 'via.channel',
    createOnly: true,
    // Zendesk itself says how a ticket came.
    direction: 'desk-to-salesforce',
    deskValue: (ticket) => ticket.type,
    toSalesforce: words.salesforceOrigin,
    write: () => undefined,
  }),
  customerOfCase('requester_id'),
];

export const ZENDESK_MAPS: Readonly<Record<PairKind, readonly FieldMap[]>> = {
  company: [COMPANY_NAME],
  customer: CUSTOMER,
  case: CASE,
};
