import type { FieldSchema, FieldType } from '../../schema/types.ts';
import { textOf, type Xml } from '../xml.ts';

/** The field types of Setup, by their names in metadata. A summary has the type of what it sums up. */
export const TYPES: Readonly<Record<string, FieldType>> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  EncryptedText: 'encryptedstring',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Time: 'time',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Lookup: 'reference',
  MasterDetail: 'reference',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  AutoNumber: 'string',
  Location: 'location',
  Summary: 'double',
};

const FIXED_LENGTH: Readonly<Record<string, number>> = {
  TextArea: 255,
  Email: 80,
  Phone: 40,
  Url: 255,
  Picklist: 255,
  MultiselectPicklist: 4_099,
  Lookup: 18,
  MasterDetail: 18,
  AutoNumber: 30,
};
/** What a file must say of a field of that type. */
const MUST_SAY: Readonly<Record<string, readonly string[]>> = {
  Text: ['length'],
  LongTextArea: ['length', 'visibleLines'],
  Html: ['length', 'visibleLines'],
  EncryptedText: ['length', 'maskChar', 'maskType'],
  MultiselectPicklist: ['visibleLines'],
  Number: ['precision', 'scale'],
  Currency: ['precision', 'scale'],
  Percent: ['precision', 'scale'],
  Location: ['scale'],
  Summary: ['summaryOperation', 'summaryForeignKey'],
};
const LONGEST: Readonly<Record<string, number>> = {
  Text: 255,
  LongTextArea: 131_072,
  Html: 131_072,
  EncryptedText: 175,
};
/** What a formula can give, and how long its text is. */
const OF_FORMULAS = new Set([
  'Text',
  'Number',
  'Currency',
  'Percent',
  'Checkbox',
  'Date',
  'DateTime',
  'Time',
]);
const FORMULA_LENGTH = 1_300;
/** Types that records of custom metadata have. */
const OF_CUSTOM_METADATA = new Set(
  'Checkbox Date DateTime Email LongTextArea Number Percent Phone Picklist Text TextArea Url'.split(' '),
);
const NUMBERS = new Set(['Number', 'Currency', 'Percent']);
const DIGITS = 18;

/** What is wrong with what a file says of a field's type and size; null when nothing is. */
export function typeProblem(object: string, declared: string, xml: Xml): string | null {
  if (!(declared in TYPES)) return `'${declared}' is not a valid value for the enum 'FieldType'`;
  if (textOf(xml, 'formula') !== undefined)
    return OF_FORMULAS.has(declared) ? null : `A formula cannot give a ${declared}`;
  if (object.endsWith('__mdt') && !OF_CUSTOM_METADATA.has(declared))
    return `You cannot create a field of the type ${declared} on a custom metadata type`;
  const unsaid = (MUST_SAY[declared] ?? []).find((name) => textOf(xml, name) === undefined);
  if (unsaid !== undefined) return `Required field is missing: ${unsaid}`;
  const length = Number(textOf(xml, 'length') ?? 0);
  const longest = LONGEST[declared] ?? Number.POSITIVE_INFINITY;
  if (length > longest) return `Value too large. The maximum for length is ${longest}.`;
  const isLong = declared === 'LongTextArea' || declared === 'Html';
  if (isLong && length < 256) return 'Value too small. The minimum for length is 256.';
  const [precision, scale] = [Number(textOf(xml, 'precision')), Number(textOf(xml, 'scale'))];
  if (NUMBERS.has(declared) && !(precision <= DIGITS && scale <= precision))
    return `A number has at most ${DIGITS} digits, and no more behind its point than it has`;
  return null;
}

/** Length and digits of a field. */
export function sizeOf(declared: string, xml: Xml): Pick<FieldSchema, 'length' | 'precision' | 'scale'> {
  const isFormula = textOf(xml, 'formula') !== undefined;
  const length =
    isFormula && declared === 'Text'
      ? FORMULA_LENGTH
      : Number(textOf(xml, 'length') ?? FIXED_LENGTH[declared] ?? 0);
  const digits = NUMBERS.has(declared) ? DIGITS : 0;
  return {
    length,
    precision: isFormula || declared === 'Summary' ? DIGITS : Number(textOf(xml, 'precision') ?? digits),
    scale: Number(textOf(xml, 'scale') ?? 0),
  };
}
