import type { DeskRecord } from '../../ports/helpDesk.ts';
import { isEmail } from '../config/convertText.ts';
import type { DeskField } from '../config/deskField.ts';
import type { DeskDraft } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';
import type { Value } from '../values.ts';
import { statusAfter } from './commonMaps.ts';

type RecordOf<P extends PairKind> = Extract<DeskRecord, { pair: P }>;
type Extra = Partial<Omit<DeskField, 'name' | 'label' | 'read' | 'write' | 'standard'>>;

/** A standard field of one pair; a record of another pair has no such field. */
export function standardField<P extends PairKind>(
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

/** A text of a customer. */
export const textOfCustomer = (
  name: string,
  label: string,
  key: 'firstName' | 'lastName' | 'title' | 'background',
): DeskField =>
  standardField(
    'customer',
    name,
    label,
    (customer) => customer[key],
    (draft, value) => {
      draft[key] = orNull(value);
    },
  );

export const NAME_OF_COMPANY: DeskField = standardField(
  'company',
  'name',
  'Name',
  (company) => company.name,
  (draft, value) => {
    draft.name = String(value);
  },
  { required: true },
);

export const SUBJECT_OF_CASE: DeskField = standardField(
  'case',
  'subject',
  'Subject',
  (deskCase) => deskCase.subject,
  (draft, value) => {
    draft.subject = value === null ? '' : String(value);
  },
  { maxLength: 255 },
);

export const descriptionOfCase = (extra: Extra): DeskField =>
  standardField(
    'case',
    'description',
    'Description',
    (deskCase) => deskCase.description,
    (draft, value) => {
      draft.description = orNull(value);
    },
    extra,
  );

export const statusOfCase = (choices: readonly string[]): DeskField =>
  standardField(
    'case',
    'status',
    'Status',
    (deskCase) => deskCase.status,
    (draft, value) => {
      draft.status = String(value);
    },
    { type: 'list', choices, required: true, fitting: statusAfter },
  );

/** Why a desk does not take it as an e-mail address; null where it does. */
export const refusesEmail = (value: NonNullable<Value>): string | null =>
  isEmail(String(value)) ? null : 'Desk takes an e-mail address there';
