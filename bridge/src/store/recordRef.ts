import { PAIRS, type PairKind } from '../core/pair.ts';
import type { SideName } from '../core/mergeFields.ts';

/** How a person names a record: a Salesforce id, or the kind and id of a record of Desk, `case:123`. */
export type RecordRef =
  | { readonly side: Extract<SideName, 'salesforce'>; readonly pair: PairKind; readonly id: string }
  | { readonly side: Extract<SideName, 'desk'>; readonly pair: PairKind; readonly id: string };

const KEY_PREFIX: Readonly<Record<string, PairKind>> = { '001': 'company', '003': 'customer', '500': 'case' };

/** Reads such a name; null for anything else. A Salesforce id must have its 18 characters. */
export function recordRef(text: string): RecordRef | null {
  // One id has one form: `case:007` is case 7.
  const desk = /^(\w+):0*(\d{1,18})$/.exec(text);
  if (desk) {
    const pair = PAIRS.find((one) => one === desk[1]);
    return pair ? { side: 'desk', pair, id: desk[2] ?? '' } : null;
  }
  const pair = /^[a-zA-Z0-9]{18}$/.test(text) ? KEY_PREFIX[text.slice(0, 3)] : undefined;
  return pair ? { side: 'salesforce', pair, id: text } : null;
}
