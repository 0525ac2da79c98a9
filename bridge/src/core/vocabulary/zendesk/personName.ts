import { text, type Value } from '../../values.ts';

/** What Contact takes. */
const FIRST = 40;
const LAST = 80;

export type NameParts = { readonly FirstName: string | null; readonly LastName: string };

/** One name as the two that Salesforce takes, split at the last blank: the last name is the one that it requires. */
export function nameParts(name: Value): NameParts {
  const whole = text(name, Infinity) ?? 'Unknown';
  const [, first = null, last = whole] = /^(.*)\s(\S+)$/s.exec(whole) ?? [];
  return { FirstName: text(first, FIRST), LastName: text(last, LAST) ?? 'Unknown' };
}

/** The name that Salesforce makes of one that is written to it in two. */
export function nameInSalesforce(name: Value): string {
  const { FirstName, LastName } = nameParts(name);
  return FirstName === null ? LastName : `${FirstName} ${LastName}`;
}
