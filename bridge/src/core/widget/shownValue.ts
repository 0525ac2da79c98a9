import type { SalesforceField } from '../config/describes.ts';
import { htmlText } from '../config/htmlText.ts';
import { safeLink } from './safeLink.ts';

/** A value for people. */
export type ShownValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  /** `machine` is the same time for programs. */
  | { readonly kind: 'time'; readonly text: string; readonly machine: string };

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/**
 * What a field holds, by the field's type; null where it holds nothing. `name` is that of the record which a lookup
 * leads to, `currency` the ISO code of the record, where the org has several.
 */
export function shownValue(
  field: SalesforceField,
  value: unknown,
  { name, currency }: { readonly name?: unknown; readonly currency?: unknown } = {},
): ShownValue | null {
  if (value === null || value === undefined || value === '') return null;
  switch (field.type) {
    case 'boolean':
      return text(value === true ? 'Yes' : 'No');
    case 'date':
      return time(String(value), DAY);
    case 'datetime':
      return time(String(value), MOMENT, ' UTC');
    case 'currency':
      return text([currency, number(value, field.scale, field.scale)].filter(Boolean).join(' '));
    case 'percent':
      return text(`${number(value, 0, field.scale)} %`);
    case 'int':
    case 'long':
    case 'double':
      return text(number(value, 0, field.scale));
    case 'picklist':
      return text(labelOf(field, String(value)));
    case 'multipicklist':
      return text(
        String(value)
          .split(';')
          .map((one) => labelOf(field, one))
          .join(', '),
      );
    case 'reference':
      return typeof name === 'string' ? text(name) : null;
    case 'time':
      return text(String(value).slice(0, 5));
    case 'address':
      return text(partsOf(value, PARTS).join(', '));
    case 'location':
      return text(partsOf(value, PLACE).join(', '));
    default:
      return words(field, value);
  }
}

const text = (shown: string): ShownValue | null =>
  shown.trim() === '' ? null : { kind: 'text', text: shown.trim() };

function words(field: SalesforceField, value: unknown): ShownValue | null {
  const shown = field.htmlFormatted ? htmlText(String(value)) : String(value);
  const href = safeLink(field.type, shown);
  return href === null ? text(shown) : { kind: 'link', text: shown.trim(), href };
}

/** Salesforce gives +0000 where a date of the web has Z. */
function time(value: string, format: Intl.DateTimeFormat, zone = ''): ShownValue | null {
  const at = Date.parse(value.replace(/\+0000$/, 'Z'));
  if (Number.isNaN(at)) return text(value);
  const machine = new Date(at).toISOString();
  return {
    kind: 'time',
    text: `${format.format(at)}${zone}`,
    machine: zone === '' ? machine.slice(0, 10) : machine,
  };
}

function number(value: unknown, least: number, most: number): string {
  if (typeof value !== 'number') return String(value);
  const format = { minimumFractionDigits: least, maximumFractionDigits: Math.max(least, most) };
  return new Intl.NumberFormat('en-US', format).format(value);
}

function labelOf({ picklistValues }: SalesforceField, value: string): string {
  return picklistValues.find((one) => one.value === value)?.label ?? value;
}

const PARTS = ['street', 'postalCode', 'city', 'state', 'country'];
const PLACE = ['latitude', 'longitude'];

/** The parts of an address, or of a place. */
function partsOf(value: unknown, names: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  const parts = new Map<string, unknown>(Object.entries(value));
  return names
    .map((name) => parts.get(name))
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .map(String);
}
