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
import { phoneOfType, withPhone, withPrimaryEmail } from './typedLists.ts';

const phone = (type: string, label: string): DeskField =>
  standardField(
    'customer',
    `phone_numbers.${type}`,
    label,
    (customer) => phoneOfType(customer.phones, type),
    (draft, value, customer) => {
      draft.phones = withPhone(draft.phones ?? customer?.phones ?? [], type, value);
    },
    { inList: true },
  );

const CUSTOMER: readonly DeskField[] = [
  textOfCustomer('first_name', 'First name', 'firstName'),
  textOfCustomer('last_name', 'Last name', 'lastName'),
  textOfCustomer('title', 'Title', 'title'),
  textOfCustomer('background', 'Background', 'background'),
  standardField(
    'customer',
    'emails',
    'First e-mail address',
    (customer) => primaryEmail(customer.emails),
    (draft, value, customer) => {
      draft.emails = withPrimaryEmail(customer?.emails ?? [], value);
    },
    { inList: true, refuses: refusesEmail },
  ),
  phone('work', 'Phone (work)'),
  phone('home', 'Phone (home)'),
  phone('mobile', 'Phone (mobile)'),
  phone('fax', 'Phone (fax)'),
  phone('other', 'Phone (other)'),
];

const CASE: readonly DeskField[] = [
  SUBJECT_OF_CASE,
  descriptionOfCase({ maxLength: 255 }),
  statusOfCase(['new', 'open', 'pending', 'resolved', 'closed']),
  standardField(
    'case',
    'priority',
    'Priority',
    (deskCase) => String(deskCase.priority),
    (draft, value) => {
      draft.priority = Number(value);
    },
    {
      type: 'integer',
      required: true,
      refuses: (value) =>
        Number(value) >= 1 && Number(value) <= 10 ? null : 'a priority in Desk is a number from 1 to 10',
    },
  ),
  standardField(
    'case',
    'type',
    'Channel',
    (deskCase) => deskCase.type,
    (draft, value) => {
      draft.type = String(value);
    },
    {
      type: 'list',
      choices: ['email', 'phone', 'chat', 'twitter', 'facebook', 'qna'],
      required: true,
      createOnly: true,
    },
  ),
];

/** The fields that every Desk has, of those that can be mapped. Labels cannot: a case has many. */
export const DESK_FIELDS: Readonly<Record<PairKind, readonly DeskField[]>> = {
  company: [NAME_OF_COMPANY],
  customer: CUSTOMER,
  case: CASE,
};
