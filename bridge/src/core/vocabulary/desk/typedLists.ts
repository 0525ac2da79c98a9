import type { TypedValue } from '../../../ports/helpDesk.ts';
import type { Value } from '../../values.ts';

/** Desk's limit for the e-mail addresses and phone numbers of one customer. */
const MAX_ENTRIES = 10;

const sameText = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The list with `value` as its first address; the others keep their order and their types. Null takes the first away. */
export function withPrimaryEmail(emails: readonly TypedValue[], value: Value): TypedValue[] {
  if (value === null) return emails.slice(1);
  const address = String(value);
  const known = emails.find((entry) => sameText(entry.value, address));
  if (known) return [known, ...emails.filter((entry) => entry !== known)];
  return [{ type: emails[0]?.type ?? 'work', value: address }, ...emails.slice(1)].slice(0, MAX_ENTRIES);
}

export function phoneOfType(phones: readonly TypedValue[], type: string): string | null {
  return phones.find((entry) => entry.type === type)?.value ?? null;
}

/** The list with `value` as its first number of the type; all other entries stay. Null takes that number away. */
export function withPhone(phones: readonly TypedValue[], type: string, value: Value): TypedValue[] {
  const index = phones.findIndex((entry) => entry.type === type);
  if (value === null) return phones.filter((_, position) => position !== index);
  const entry = { type, value: String(value) };
  if (index < 0) return [...phones, entry].slice(0, MAX_ENTRIES);
  return phones.map((old, position) => (position === index ? entry : old));
}
