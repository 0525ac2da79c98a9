import type { DeskType, SalesforceField } from './describes.ts';
import { heldType, salesforceType, whyNoType, type SalesforceType } from './fieldTypes.ts';

/** Whether values go between a field of Salesforce and a type of Desk, and what of them is lost on the way. */
export type Agreement =
  | { readonly carried: 'both' | 'to-desk'; readonly loss: string | null }
  | { readonly carried: 'no'; readonly reason: string };

/** What is lost each way; without `toSalesforce`, values go to Desk only. */
type Cell = { readonly toDesk: string | null; readonly toSalesforce?: string | null };
type Row = Readonly<Partial<Record<DeskType, Cell>>>;

const PLAIN: Cell = { toDesk: null, toSalesforce: null };
const TO_DESK: Cell = { toDesk: null };
const checked = (what: string): Cell => ({ toDesk: null, toSalesforce: `${what} is not carried` });

const AMOUNT: Row = {
  string: checked('text that is no number, or has more digits than the field takes,'),
  integer: checked('a number with more digits than the field takes'),
  decimal: checked('a number with more digits than the field takes'),
};
const MONEY: Row = {
  string: { ...AMOUNT.string, toDesk: 'the currency itself does not go along' },
  integer: { ...AMOUNT.integer, toDesk: 'the currency itself does not go along' },
  decimal: { ...AMOUNT.decimal, toDesk: 'the currency itself does not go along' },
};

/** What is not here does not go. */
const TABLE: Readonly<Partial<Record<SalesforceType, Row>>> = {
  Text: { string: PLAIN },
  Picklist: { list: checked('a choice that the picklist does not have'), string: TO_DESK },
  Checkbox: { boolean: { toDesk: null, toSalesforce: 'empty in Desk becomes unchecked' } },
  Date: { date: PLAIN },
  'Auto Number': { string: TO_DESK },
  'External Lookup Relationship': { string: TO_DESK },
  Currency: MONEY,
  'Date/Time': {
    string: checked('text that is no date and time in the form 2026-01-31T09:00:00Z'),
    date: { toDesk: 'the time is lost; the date is that in UTC' },
  },
  Email: {
    string: { toDesk: null, toSalesforce: 'what is no e-mail address is not carried; capitals become small' },
  },
  Number: AMOUNT,
  Percent: AMOUNT,
  Phone: { string: checked('text that is too long for a phone number') },
  'Picklist (Multi-Select)': {
    string: checked('a value that the picklist does not have'),
    list: {
      toDesk: 'a selection that is none of the choices is not carried',
      toSalesforce: 'a choice that is no selection of the picklist is not carried',
    },
    multi: {
      toDesk: 'a selection with a value that is none of the choices is not carried',
      toSalesforce: 'one with a choice that the picklist does not have is not carried',
    },
  },
  'Text Area': { string: PLAIN },
  'Text Area (Long)': { string: PLAIN },
  'Text Area (Rich)': { string: { toDesk: 'the formatting is lost' } },
  URL: { string: checked('text that is too long for the field') },
};

/** Types that go nowhere, whatever Desk's type. */
const NEVER: Readonly<Partial<Record<SalesforceType, string>>> = {
  'Lookup Relationship':
    'the id of another record means nothing in Desk; map a key of that record, such as Product__r.Code__c',
  Geolocation: 'a place is two numbers; map its latitude and its longitude, each as a number',
  'Text (Encrypted)': 'it would stand in clear in Desk',
};

const WHY_NOT: Readonly<Record<DeskType, string>> = {
  string: 'text in Desk can be anything',
  boolean: 'the field in Desk says yes or no',
  integer: 'the field in Desk takes whole numbers',
  decimal: 'the field in Desk takes numbers',
  date: 'the field in Desk takes dates',
  list: 'the field in Desk takes its choices only',
  multi: 'the field in Desk takes several of its choices',
  other: 'the field in Desk leads to another record there, or hides what it holds',
};

const refused = (type: SalesforceType, desk: DeskType): Agreement => ({
  carried: 'no',
  reason: `${WHY_NOT[desk]}, and a field of the type ${type} is not like that`,
});

function said({ toDesk, toSalesforce }: Cell, onlyToDesk: boolean): Agreement {
  if (onlyToDesk || toSalesforce === undefined) return { carried: 'to-desk', loss: toDesk };
  const losses = [toDesk, toSalesforce].filter((loss) => loss !== null);
  return { carried: 'both', loss: losses.length === 0 ? null : losses.join('; ') };
}

/**
 * Whether this field and a field of that type of Desk can be mapped. A formula and a roll-up go by the type of
 * their result, to Desk only.
 */
export function agreement(field: SalesforceField, desk: DeskType): Agreement {
  const own = salesforceType(field);
  const computed = own === 'Formula' || own === 'Roll-Up Summary';
  const type = computed ? heldType(field) : own;
  if (type === 'other') return { carried: 'no', reason: whyNoType(field) };
  const never = NEVER[type];
  if (never !== undefined) return { carried: 'no', reason: never };
  const cell = TABLE[type]?.[desk];
  if (cell === undefined) return refused(type, desk);
  if (desk === 'integer' && field.scale > 0)
    return {
      carried: 'no',
      reason: 'the fraction would be lost',
    };
  return said(cell, computed);
}

/** Those of some types of Desk that a field agrees with. */
export function agreeingTypes(field: SalesforceField, types: readonly DeskType[]): DeskType[] {
  return types.filter((desk) => agreement(field, desk).carried !== 'no');
}
