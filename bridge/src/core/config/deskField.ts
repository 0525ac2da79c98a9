import type { DeskRecord } from '../../ports/helpDesk.ts';
import type { DeskDraft } from '../fieldMap.ts';
import type { Value } from '../values.ts';
import type { DeskType } from './describes.ts';

/** A field of Desk that can be mapped. Its values are in Desk's form: a number is text, a date ISO. */
export type DeskField = {
  /** `subject`, `phone_numbers.fax`, `custom_fields.product`. */
  readonly name: string;
  readonly label: string;
  readonly type: DeskType;
  /** What a list or a selection takes; empty for other types. */
  readonly choices: readonly string[];
  readonly standard: boolean;
  /** Desk cuts text here; where it is not said, Desk tells no length. */
  readonly maxLength?: number;
  /** Why Desk does not take a value of the type; null where it does. */
  readonly refuses?: (value: NonNullable<Value>) => string | null;
  /** Desk has no record without it. */
  readonly required?: boolean;
  /** One of a list that is written to Desk as a whole. */
  readonly inList?: boolean;
  /** Desk takes it for a new record and keeps it ever after. */
  readonly createOnly?: boolean;
  /** Nobody can write it: its values go to Salesforce only. */
  readonly readOnly?: boolean;
  readonly read: (record: DeskRecord) => Value;
  readonly write: (draft: DeskDraft, value: Value, record: DeskRecord | null) => void;
  /** What Desk takes where it holds `current`, null for a new record. */
  readonly fitting?: (value: Value, current: Value) => Value;
};
