import type { DeskChanges, DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceFields, SalesforceRecord } from '../ports/org.ts';
import { readPath, writtenField } from './config/fieldPath.ts';
import type { ConflictRule, Direction } from './config/syncConfig.ts';
import type { SideName } from './mergeFields.ts';
import type { PairKind } from './pair.ts';
import { fingerprint, type Base, type Value, type Values } from './values.ts';

export type DeskDraft = { -readonly [K in keyof DeskChanges]: DeskChanges[K] };

/** Which Salesforce field goes to which of Desk, and how a value is said in the other side's terms. */
export type FieldMap = {
  /** The pair's own name of the field, as in logs and in the base. */
  readonly name: string;
  /**
   * API name on the pair's Salesforce object, or a path to the key of a lookup's record, `Product__r.Code__c`. A
   * query selects the path as it is, and `readPath` finds it in the answer; a write says it by `nested`.
   */
  readonly salesforce: string;
  /** Of a field that Salesforce computes, such as Name: what is written for a value of it, and gives that value. */
  readonly salesforceFields?: (value: Value) => SalesforceFields;
  /** The desk's name of the field. */
  readonly desk: string;
  readonly deskValue: (record: DeskRecord) => Value;
  readonly toSalesforce: (value: Value) => Value;
  /** `current` is what Desk holds now, null for a new record: some values depend on it. */
  readonly toDesk: (value: Value, current: Value) => Value;
  /** Puts a value in Desk's terms into the draft of a write. */
  readonly write: (draft: DeskDraft, value: Value, record: DeskRecord | null) => void;
  /** The value is the id of a parent, which crosses as the id of that parent's counterpart. */
  readonly relation?: PairKind;
  /** The record goes without the parent where that one gets no counterpart by itself. */
  readonly optional?: boolean;
  /** Records of Salesforce that cannot have a value there: it is not compared, nor carried to them. */
  readonly absentIn?: (record: SalesforceRecord) => boolean;
  /** One of a list that is written to Desk as a whole, such as phone numbers. */
  readonly inList?: boolean;
  /** Whether a record of the desk with this value takes no change any more. */
  readonly locks?: (value: Value) => boolean;
  /** Crosses when a record is made and is not compared afterwards. */
  readonly createOnly?: boolean;
  /** Of that side, and looked at only because a condition names it: it never crosses. */
  readonly watched?: SideName;
  /** Two-way where it is not said. */
  readonly direction?: Direction;
  /** Who is kept in a conflict of this field; where it is not said, the pair's rule tells. */
  readonly owner?: ConflictRule;
  /** Why this value of that side cannot be said on the other one; null where it can. Where it is not said, all can. */
  readonly refuses?: (value: Value, from: SideName) => string | null;
};

type RecordOf<P extends PairKind> = Extract<DeskRecord, { pair: P }>;
type Definition<P extends PairKind> = Omit<FieldMap, 'deskValue' | 'write' | 'toSalesforce' | 'toDesk'> & {
  readonly deskValue: (record: RecordOf<P>) => Value;
  readonly write: (draft: DeskDraft, value: Value, record: RecordOf<P> | null) => void;
  readonly toSalesforce?: (value: Value) => Value;
  readonly toDesk?: (value: Value, current: Value) => Value;
};

/** A field map of one pair, safe to ask with any record: a record of another pair has no such field. */
export function fieldOf<P extends PairKind>(pair: P, definition: Definition<P>): FieldMap {
  const own = (record: DeskRecord | null): RecordOf<P> | null =>
    record?.pair === pair ? (record as RecordOf<P>) : null;
  return {
    toSalesforce: (value) => value,
    toDesk: (value) => value,
    ...definition,
    deskValue: (record) => {
      const narrowed = own(record);
      return narrowed ? definition.deskValue(narrowed) : null;
    },
    write: (draft, value, record) => definition.write(draft, value, own(record)),
  };
}

export function salesforceValue(map: FieldMap, record: SalesforceRecord): Value {
  if (map.absentIn?.(record) === true || map.watched === 'desk') return null;
  const value = readPath(record, map.salesforce);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The fields of Salesforce that a write of this map changes. */
export function writtenFields({ salesforce, salesforceFields }: FieldMap): string[] {
  return salesforceFields ? Object.keys(salesforceFields(null)) : [writtenField(salesforce)];
}

/** What is written for values of mapped fields, by their names in Salesforce: nobody can write what it computes. */
export function writableFields(maps: readonly FieldMap[], fields: SalesforceFields): SalesforceFields {
  const computed = new Map(
    maps.flatMap((map) => (map.salesforceFields ? [[map.salesforce, map.salesforceFields]] : [])),
  );
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const isValue = typeof value !== 'object' || value === null;
      return Object.entries((isValue && computed.get(name)?.(value)) || { [name]: value });
    }),
  );
}

export function salesforceValues(maps: readonly FieldMap[], record: SalesforceRecord): Values {
  return Object.fromEntries(maps.map((map) => [map.name, salesforceValue(map, record)]));
}

export function deskValues(maps: readonly FieldMap[], record: DeskRecord): Values {
  return Object.fromEntries(maps.map((map) => [map.name, map.deskValue(record)]));
}

/**
 * What a pair is compared with next, when one record was just made of the other: a change that somebody makes
 * before that is one of its own side. What could not go along stays open.
 */
export function firstBase(
  maps: readonly FieldMap[],
  salesforce: SalesforceRecord,
  desk: DeskRecord,
  pending: readonly string[],
): Base {
  const went = maps.filter((map) => !pending.includes(map.name));
  return {
    salesforce: salesforceValues(went, salesforce),
    desk: deskValues(went, desk),
    deskAt: desk.updatedAt,
  };
}

/** A fingerprint of all in a record of Salesforce that matters here. */
export function salesforceFingerprint(maps: readonly FieldMap[], record: SalesforceRecord): string {
  return fingerprint(salesforceValues(maps, record));
}

/** A fingerprint of all in a record of Desk that matters here: another one means that there is something to do. */
export function deskFingerprint(maps: readonly FieldMap[], record: DeskRecord): string {
  return seenInDesk(deskValues(maps, record), record);
}

/** The same, of values that are known by themselves. */
export function seenInDesk(values: Values, record: DeskRecord): string {
  return fingerprint(record.pair === 'case' ? { ...values, conversation: record.conversation } : values);
}
