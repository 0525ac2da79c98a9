import type { DeskField } from '../../config/deskField.ts';
import type { PairKind } from '../../pair.ts';
import { primaryEmail } from '../../primaryEmail.ts';
import {
  descriptionOfCase,
  NAME_OF_COMPANY,
  refusesEmail,
  standardField,
  statusOfCase,
  SUBJECT_OF_CASE,
  textOfCustomer,
} from '../standardField.ts';
import { alone } from './maps.ts';

const CUSTOMER: readonly DeskField[] = [
  { ...textOfCustomer('name', 'Name', 'lastName'), required: true },
  standardField(
    'customer',
    'email',
    'Primary e-mail address',
    (customer) => primaryEmail(customer.emails),
    (draft, value) => {
      draft.emails = alone(value);
    },
    { refuses: refusesEmail },
  ),
  standardField(
    'customer',
    'phone',
    'Phone',
    (customer) => customer.phones[0]?.value ?? null,
    (draft, value) => {
      draft.phones = alone(value);
    },
  ),
  textOfCustomer('notes', 'Notes', 'background'),
];

const CASE: readonly DeskField[] = [
  SUBJECT_OF_CASE,
  descriptionOfCase({ createOnly: true }),
  statusOfCase(['new', 'open', 'pending', 'hold', 'solved', 'closed']),
  standardField(
    'case',
    'priority',
    'Priority',
    (ticket) => ticket.priority,
    (draft, value) => {
      draft.priority = value === null ? null : String(value);
    },
    { type: 'list', choices: ['urgent', 'high', 'normal', 'low'], required: true },
  ),
  standardField(
    'case',
    'via.channel',
    'Channel',
    (ticket) => ticket.type,
    () => undefined,
    { createOnly: true, readOnly: true },
  ),
];

/** The fields that every Zendesk has, of those that can be mapped. */
export const ZENDESK_FIELDS: Readonly<Record<PairKind, readonly DeskField[]>> = {
  company: [NAME_OF_COMPANY],
  customer: CUSTOMER,
  case: CASE,
};
