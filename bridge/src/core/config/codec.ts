import { text, type Value } from '../values.ts';
import type { DeskType, SalesforceField } from './describes.ts';
import { plainTypeOf } from './setupTypes.ts';
import { readValueMap } from './valueMap.ts';
import type { ValuePair } from './syncConfig.ts';

/** A value in the other side's terms, or why it has none there. */
export type Coded = { readonly value: Value } | { readonly refused: string };

/** How the values of a field are said on the other side. Empty is empty on both, but for a checkbox. */
export type Codec = {
  readonly toDesk: (value: Value) => Coded;
  readonly toSalesforce: (value: Value) => Coded;
};

const said = (value: Value): Coded => ({ value });
const refused = (why: string): Coded => ({ refused: why });

type Field = SalesforceField;
type DeskEnd = { readonly type: DeskType; readonly choices: readonly string[] };

/** The codec of a field and a field of Desk whose types agree. */
export function codecOf(field: Field, desk: DeskEnd, values: readonly ValuePair[]): Codec {
  const plain = withEmpty(plainCodec(field, desk));
  if (values.length === 0) return plain;
  const map = readValueMap(values);
  return {
    toDesk: (value) => (value === null ? plain.toDesk(value) : (coded(map.toDesk(value)) ?? NO_PLACE)),
    toSalesforce: (value) =>
      value === null ? plain.toSalesforce(value) : (coded(map.toSalesforce(value)) ?? NO_PLACE),
  };
}

const NO_PLACE = refused('the value map has no place for it');
const coded = (value: string | null): Coded | null => (value === null ? null : said(value));

function withEmpty(codec: Codec): Codec {
  return {
    toDesk: (value) => (value === null || value === '' ? said(null) : codec.toDesk(value)),
    toSalesforce: codec.toSalesforce,
  };
}

const orEmpty =
  (say: (value: string) => Coded) =>
  (value: Value): Coded =>
    value === null || String(value).trim() === '' ? said(null) : say(String(value));

function plainCodec(field: Field, { type, choices }: DeskEnd): Codec {
  switch (plainTypeOf(field)) {
    case 'Checkbox':
      return { toDesk: (value) => said(value === true), toSalesforce: (value) => said(isTrue(value)) };
    case 'Number':
    case 'Currency':
    case 'Percent':
      return numbers(field, type);
    case 'Date':
      return { toDesk: (value) => said(String(value)), toSalesforce: orEmpty(asDate) };
    case 'Date/Time':
      return { toDesk: (value) => asDeskTime(value, type), toSalesforce: orEmpty(asSalesforceTime) };
    case 'Email':
      return { toDesk: same, toSalesforce: orEmpty((value) => asEmail(value, field.length)) };
    case 'URL':
      return { toDesk: same, toSalesforce: orEmpty((value) => asUrl(value, field.length)) };
    case 'Picklist':
      return picklist(field, type, choices);
    case 'Picklist (Multi-Select)':
      return multiSelect(field, type, choices);
    case 'Text Area (Rich)':
      return { toDesk: (value) => said(withoutTags(String(value))), toSalesforce: orEmpty(said) };
    default:
      return { toDesk: same, toSalesforce: orEmpty((value) => said(text(value, field.length || Infinity))) };
  }
}

const same = (value: Value): Coded => said(String(value));
const isTrue = (value: Value) => value === true || value === 'true';

function numbers({ precision, scale, type: kind }: Field, type: DeskType): Codec {
  const digits = kind === 'int' ? 9 : Math.max(1, precision - scale);
  return {
    toDesk: (value) => {
      const number = Number(value);
      if (type === 'integer' && !Number.isInteger(number)) return refused('Desk takes whole numbers only');
      return said(decimal(number));
    },
    toSalesforce: orEmpty((value) => {
      const match = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(value.trim());
      if (!match) return refused('it is no number');
      const [, , whole = '', decimals = ''] = match;
      if (decimals.length > scale) return refused(`the field takes ${scale} decimals`);
      if (whole.length > digits) return refused(`the field takes ${digits} digits before the point`);
      const number = Number(value);
      // Beyond 2^53 a number is not what was written.
      return Number.isSafeInteger(Math.trunc(number)) ? said(number) : refused('it has too many digits');
    }),
  };
}

/** A number without an exponent. */
function decimal(number: number): string {
  return Math.abs(number) < 1e21
    ? number.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
    : String(number);
}

/** Salesforce takes the years 1700 to 4000. */
function asDate(value: string): Coded {
  const match = /^(\d{4})-\d{2}-\d{2}$/.exec(value.trim());
  if (!match || Number.isNaN(Date.parse(match[0]))) return refused('it is no date as in 2026-01-31');
  const isReal = new Date(Date.parse(match[0])).toISOString().startsWith(match[0]);
  if (!isReal || Number(match[1]) < 1_700 || Number(match[1]) > 4_000)
    return refused('Salesforce has no such date');
  return said(match[0]);
}

const timeOf = (value: Value) => Date.parse(String(value).replace(/\+0000$/, 'Z'));

function asDeskTime(value: Value, type: DeskType): Coded {
  const time = timeOf(value);
  if (Number.isNaN(time)) return refused('it is no time');
  const iso = new Date(time).toISOString();
  return said(type === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`);
}

/** In the form that Salesforce answers with, so that what was written is what is read. */
function asSalesforceTime(value: string): Coded {
  const isComplete = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(
    value.trim(),
  );
  const time = timeOf(value.trim());
  if (!isComplete || Number.isNaN(time)) return refused('it is no time as in 2026-01-31T08:00:00Z');
  const date = new Date(time);
  if (date.getUTCFullYear() < 1_700 || date.getUTCFullYear() > 4_000)
    return refused('Salesforce has no such time');
  return said(`${date.toISOString().slice(0, 19)}.000+0000`);
}

function asEmail(value: string, length: number): Coded {
  const address = value.trim().toLowerCase();
  if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(address)) return refused('it is no e-mail address');
  return address.length > (length || 80)
    ? refused(`the field takes ${length || 80} characters`)
    : said(address);
}

function asUrl(value: string, length: number): Coded {
  const address = value.trim();
  return address.length > (length || 255)
    ? refused(`the field takes ${length || 255} characters`)
    : said(address);
}

const alike = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const activeValues = ({ picklistValues }: Field) =>
  picklistValues.filter(({ active }) => active).map(({ value }) => value);

function choice(value: string, choices: readonly string[], type: DeskType): Coded {
  if (type !== 'list') return said(value);
  const found = choices.find((one) => alike(one, value));
  return found === undefined ? refused("Desk's list has no such choice") : said(found);
}

function picklist(field: Field, type: DeskType, choices: readonly string[]): Codec {
  return {
    toDesk: (value) => choice(String(value), choices, type),
    toSalesforce: orEmpty((value) => {
      const found = activeValues(field).find((one) => alike(one, value.trim()));
      if (found !== undefined) return said(found);
      return field.restrictedPicklist ? refused('the picklist has no such value') : said(value.trim());
    }),
  };
}

function multiSelect(field: Field, type: DeskType, choices: readonly string[]): Codec {
  const values = activeValues(field);
  // Salesforce keeps the order of the picklist, whatever the order that was written.
  const place = (value: string) => values.findIndex((one) => alike(one, value));
  const ordered = (list: readonly string[]) => list.toSorted((a, b) => place(a) - place(b)).join(';');
  const parts = (value: string) =>
    [...new Set(value.split(';').map((one) => one.trim()))].filter((one) => one !== '');
  return {
    toDesk: (value) => choice(ordered(parts(String(value))), choices, type),
    toSalesforce: orEmpty((value) => {
      const known = parts(value).map((one) => values.find((candidate) => alike(candidate, one)) ?? null);
      if (!known.includes(null)) return said(ordered(known.filter((one) => one !== null)));
      return field.restrictedPicklist
        ? refused('the picklist has no such value')
        : said(ordered(parts(value)));
    }),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};

/** The words of a formatted text: blocks and breaks become lines. */
function withoutTags(html: string): string {
  return html
    .replaceAll(/<br\s*\/?>|<\/(?:p|div|li|h\d|tr)>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#39|\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .trim();
}
