import type { DeskRecord } from '../../ports/helpDesk.ts';
import type { DeskDraft } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';
import { phoneOfType, primaryEmail, withPhone, withPrimaryEmail } from '../typedValues.ts';
import type { Value } from '../values.ts';
import { statusAfter } from '../vocabulary.ts';
import { isEmail } from './convertText.ts';
import type { DeskField } from './deskField.ts';

type RecordOf<P extends PairKind> = Extract<DeskRecord, { pair: P }>;
type Extra = Partial<Omit<DeskField, 'name' | 'label' | 'read' | 'write' | 'standard'>>;

/** A standard field of one pair; a record of another pair has no such field. */
function standard<P extends PairKind>(
  pair: P,
  name: string,
  label: string,
  read: (record: RecordOf<P>) => Value,
  write: (draft: DeskDraft, value: Value, record: RecordOf<P> | null) => void,
  extra: Extra = {},
): DeskField {
  const own = (record: DeskRecord | null) => (record?.pair === pair ? (record as RecordOf<P>) : null);
  return {
    name,
    label,
    type: 'string',
    choices: [],
    standard: true,
    ...extra,
    read: (record) => {
      const narrowed = own(record);
      const value = narrowed && read(narrowed);
      return value === '' ? null : value;
    },
    write: (draft, value, record) => write(draft, value, own(record)),
  };
}

const orNull = (value: Value) => (value === null ? null : String(value));

const words = (
  name: string,
  label: string,
  key: 'firstName' | 'lastName' | 'title' | 'background',
): DeskField =>
  standard(
    'customer',
    name,
    label,
    (customer) => customer[key],
    (draft, value) => {
      draft[key] = orNull(value);
    },
  );

const phone = (type: string, label: string): DeskField =>
  standard(
    'customer',
    `phone_numbers.${type}`,
    label,
    (customer) => phoneOfType(customer.phones, type),
    (draft, value, customer) => {
      draft.phones = withPhone(draft.phones ?? customer?.phones ?? [], type, value);
    },
    { inList: true },
  );

const COMPANY: readonly DeskField[] = [
  standard(
    'company',
    'name',
    'Name',
    (company) => company.name,
    (draft, value) => {
      draft.name = String(value);
    },
    { required: true },
  ),
];

const CUSTOMER: readonly DeskField[] = [
  words('first_name', 'First name', 'firstName'),
  words('last_name', 'Last name', 'lastName'),
  words('title', 'Title', 'title'),
  words('background', 'Background', 'background'),
  standard(
    'customer',
    'emails',
    'First e-mail address',
    (customer) => primaryEmail(customer.emails),
    (draft, value, customer) => {
      draft.emails = withPrimaryEmail(customer?.emails ?? [], value);
    },
    {
      inList: true,
      refuses: (value) => (isEmail(String(value)) ? null : 'Desk takes an e-mail address there'),
    },
  ),
  phone('work', 'Phone (work)'),
  phone('home', 'Phone (home)'),
  phone('mobile', 'Phone (mobile)'),
  phone('fax', 'Phone (fax)'),
  phone('other', 'Phone (other)'),
];

const CASE: readonly DeskField[] = [
  standard(
    'case',
    'subject',
    'Subject',
    (deskCase) => deskCase.subject,
    (draft, value) => {
      draft.subject = value === null ? '' : String(value);
    },
    { maxLength: 255 },
  ),
  standard(
    'case',
    'description',
    'Description',
    (deskCase) => deskCase.description,
    (draft, value) => {
      draft.description = orNull(value);
    },
    { maxLength: 255 },
  ),
  standard(
    'case',
    'status',
    'Status',
    (deskCase) => deskCase.status,
    (draft, value) => {
      draft.status = String(value);
    },
    {
      type: 'list',
      choices: ['new', 'open', 'pending', 'resolved', 'closed'],
      required: true,
      fitting: statusAfter,
    },
  ),
  standard(
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
  standard(
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
export const STANDARD_DESK_FIELDS: Readonly<Record<PairKind, readonly DeskField[]>> = {
  company: COMPANY,
  customer: CUSTOMER,
  case: CASE,
};
