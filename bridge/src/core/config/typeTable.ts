import { DESK_TYPES, type DeskType, type SalesforceField } from './describes.ts';
import { plainTypeOf, setupTypeOf, type SetupType } from './setupTypes.ts';

/** Whether a type of Salesforce and one of Desk can be mapped, which way, and what is lost. */
export type TypeOutcome =
  | { readonly carried: 'both' | 'to-desk'; readonly loss: string | null }
  | { readonly carried: 'no'; readonly reason: string };

const both = (loss: string | null = null): TypeOutcome => ({ carried: 'both', loss });
const toDesk = (loss: string | null = null): TypeOutcome => ({ carried: 'to-desk', loss });
const no = (reason: string): TypeOutcome => ({ carried: 'no', reason });

type Row = Partial<Readonly<Record<DeskType, TypeOutcome>>>;

const TEXT_CUT = both('Text that is longer than the Salesforce field is cut there.');
const NUMBER = both("Desk's text that is no number, or has more digits than the field takes, stays in Desk.");
const WHOLE = both('The Salesforce field takes whole numbers only.');
const KEYED = 'Map a key of the other record instead, such as Product__r.Code__c.';

/** What is not said here is not carried, because the types do not agree. */
const TABLE: Readonly<Record<Exclude<SetupType, 'Formula' | 'Roll-Up Summary'>, Row>> = {
  Text: { string: TEXT_CUT },
  Picklist: {
    list: both('A value that has no place in the other list stays on its side.'),
    string: toDesk('Desk can hold any text, and a picklist only its values.'),
  },
  Checkbox: { boolean: both('Empty in Desk becomes unchecked.') },
  Date: { date: both() },
  'Auto Number': { string: toDesk() },
  'Lookup Relationship': {},
  'External Lookup Relationship': { string: toDesk('It is the key of the other record.') },
  Currency: { string: NUMBER, integer: WHOLE },
  'Date/Time': {
    string: both('Text in Desk that is no time stays there. Times are written in UTC, to the second.'),
    date: toDesk('The time of day is lost.'),
  },
  Email: {
    string: both("Desk's text that is no e-mail address stays in Desk. Salesforce keeps lower case."),
  },
  Geolocation: {},
  Number: { string: NUMBER, integer: WHOLE },
  Percent: { string: NUMBER, integer: WHOLE },
  Phone: { string: TEXT_CUT },
  'Picklist (Multi-Select)': {
    string: both('Values are joined by ;. Text in Desk that names another value stays there.'),
    list: both("Desk's list holds one choice: several values cross where they are one choice together."),
  },
  'Text Area': { string: TEXT_CUT },
  'Text Area (Long)': { string: TEXT_CUT },
  'Text Area (Rich)': { string: toDesk('The formatting is lost.') },
  'Text (Encrypted)': {},
  URL: { string: both('An address of more than 255 characters stays in Desk.') },
};

const REFUSED: Partial<Record<SetupType, string>> = {
  'Lookup Relationship': `It holds an id, which means nothing in Desk. ${KEYED}`,
  Geolocation: 'It is two numbers. Map its latitude and its longitude, each by itself.',
  'Text (Encrypted)': 'It would stand in clear text in Desk.',
};

/** The outcome of a plain type of value; `scale`: decimals of a number. */
export function typeOutcome(type: SetupType, desk: DeskType, scale = 0): TypeOutcome {
  if (type === 'Formula' || type === 'Roll-Up Summary')
    return no('Its result decides: ask with the type of the result.');
  const known = TABLE[type][desk];
  if (known && desk === 'integer' && scale > 0) return no('Desk would lose the decimals. Map it to a text.');
  return known ?? no(REFUSED[type] ?? `${type} and Desk's ${desk} are different types.`);
}

/** The outcome of a field: one that Salesforce computes goes to Desk alone, by the type of its result. */
export function fieldOutcome(field: SalesforceField, desk: DeskType): TypeOutcome {
  const named = setupTypeOf(field);
  const plain = plainTypeOf(field);
  if (named === null || plain === null) return no(`Fields of the type ${field.type} cannot be mapped.`);
  const outcome = typeOutcome(plain, desk, field.scale);
  const isComputed = named === 'Formula' || named === 'Roll-Up Summary';
  const canWrite = field.createable || field.updateable;
  if (outcome.carried !== 'both' || (!isComputed && canWrite)) return outcome;
  return toDesk(outcome.loss);
}

/** The outcomes of one type against all of Desk's. */
export function outcomesOf(type: SetupType): Readonly<Record<DeskType, TypeOutcome>> {
  return Object.fromEntries(DESK_TYPES.map((desk) => [desk, typeOutcome(type, desk)])) as Record<
    DeskType,
    TypeOutcome
  >;
}
