import type { DeskRecord } from '../../ports/helpDesk.ts';
import type { DeskDraft } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';
import { phoneOfType, primaryEmail, withPhone, withPrimaryEmail } from '../typedValues.ts';
import type { Value } from '../values.ts';
import type { DeskCustomField, DeskType } from './describes.ts';

/** A field of Desk that a condition can name and a mapping can reach. */
export type DeskField = {
  /** As in a config: `subject`, `phone_numbers.fax`, `custom_fields.product`. */
  readonly name: string;
  readonly label: string;
  readonly type: DeskType;
  /** Of a list; empty for others. */
  readonly choices: readonly string[];
  /** It is one of a list that is written to Desk as a whole. */
  readonly inList?: boolean;
  readonly read: (record: DeskRecord) => Value;
  /** Null where Desk takes no write of it from here. */
  readonly write: ((draft: DeskDraft, value: Value, record: DeskRecord | null) => void) | null;
};

export const CUSTOM_PREFIX = 'custom_fields.';
export const DESK_STATUSES = ['new', 'open', 'pending', 'resolved', 'closed'] as const;
const CHANNELS = ['email', 'phone', 'chat', 'twitter', 'facebook', 'qna'];
const PHONES = ['work', 'mobile', 'home', 'fax', 'other'];

type RecordOf<P extends PairKind> = Extract<DeskRecord, { pair: P }>;

function textField<P extends PairKind>(
  pair: P,
  name: string,
  label: string,
  read: (record: RecordOf<P>) => Value,
  write: ((draft: DeskDraft, value: string | null) => void) | null,
  type: Pick<DeskField, 'type' | 'choices'> = { type: 'string', choices: [] },
): DeskField {
  return {
    name,
    label,
    ...type,
    read: (record) => (record.pair === pair ? read(record as RecordOf<P>) : null),
    write: write && ((draft, value) => write(draft, value === null ? null : String(value))),
  };
}

const phone = (type: string): DeskField => ({
  name: `phone_numbers.${type}`,
  label: `Phone (${type})`,
  type: 'string',
  choices: [],
  inList: true,
  read: (record) => (record.pair === 'customer' ? phoneOfType(record.phones, type) : null),
  write: (draft, value, record) => {
    const phones = record?.pair === 'customer' ? record.phones : [];
    draft.phones = withPhone(draft.phones ?? phones, type, value);
  },
});

const STANDARD: Readonly<Record<PairKind, readonly DeskField[]>> = {
  company: [
    textField(
      'company',
      'name',
      'Name',
      ({ name }) => name,
      (draft, value) => {
        draft.name = value ?? '';
      },
    ),
  ],
  customer: [
    textField(
      'customer',
      'first_name',
      'First name',
      ({ firstName }) => firstName,
      (draft, value) => {
        draft.firstName = value;
      },
    ),
    textField(
      'customer',
      'last_name',
      'Last name',
      ({ lastName }) => lastName,
      (draft, value) => {
        draft.lastName = value;
      },
    ),
    textField(
      'customer',
      'title',
      'Title',
      ({ title }) => title,
      (draft, value) => {
        draft.title = value;
      },
    ),
    textField(
      'customer',
      'background',
      'Background',
      ({ background }) => background,
      (draft, value) => {
        draft.background = value;
      },
    ),
    {
      name: 'emails',
      label: 'E-mail (the first)',
      type: 'string',
      choices: [],
      inList: true,
      read: (record) => (record.pair === 'customer' ? primaryEmail(record.emails) : null),
      write: (draft, value, record) => {
        draft.emails = withPrimaryEmail(record?.pair === 'customer' ? record.emails : [], value);
      },
    },
    ...PHONES.map(phone),
  ],
  case: [
    textField(
      'case',
      'subject',
      'Subject',
      ({ subject }) => subject,
      (draft, value) => {
        draft.subject = value ?? '';
      },
    ),
    textField(
      'case',
      'description',
      'Description',
      ({ description }) => description,
      (draft, value) => {
        draft.description = value;
      },
    ),
    textField(
      'case',
      'status',
      'Status',
      ({ status }) => status,
      (draft, value) => {
        draft.status = value ?? 'open';
      },
      { type: 'list', choices: DESK_STATUSES },
    ),
    textField(
      'case',
      'priority',
      'Priority (1 to 10)',
      ({ priority }) => priority,
      (draft, value) => {
        draft.priority = Number(value);
      },
      { type: 'integer', choices: [] },
    ),
    textField('case', 'type', 'Channel', ({ type }) => type, null, { type: 'list', choices: CHANNELS }),
  ],
};

/** All fields of Desk that can be named for a kind of pair; inactive custom fields are none. */
export function deskFieldsOf(pair: PairKind, custom: readonly DeskCustomField[]): DeskField[] {
  return [...STANDARD[pair], ...custom.filter(({ active }) => active).map(customField)];
}

function customField({ key, label, type, choices }: DeskCustomField): DeskField {
  return {
    name: `${CUSTOM_PREFIX}${key}`,
    label,
    type,
    choices,
    read: ({ customFields }) => readCustom(customFields[key] ?? null, type),
    write: (draft, value) => {
      draft.customFields = { ...draft.customFields, [key]: value };
    },
  };
}

/** Desk gives an integer as text and as a number, and an empty field as null and as nothing. */
function readCustom(value: Value, type: DeskType): Value {
  if (value === null || value === '') return null;
  if (type === 'boolean') return value === true || value === 'true';
  return String(value);
}
