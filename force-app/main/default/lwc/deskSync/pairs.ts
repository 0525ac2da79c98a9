import company from '@salesforce/label/c.DeskSync_Company';
import customer from '@salesforce/label/c.DeskSync_Customer';
import deskCase from '@salesforce/label/c.DeskSync_Case';
import { lookUp } from './lookUp';

/** What is kept in step, in the order of the parents. */
export const PAIRS = ['company', 'customer', 'case'] as const;

const BY_PAIR: Readonly<Record<string, string>> = { company, customer, case: deskCase };

/** A kind of records in the user's language. */
export function pairText(pair: string | null): string {
  return lookUp(BY_PAIR, pair) ?? pair ?? '';
}
