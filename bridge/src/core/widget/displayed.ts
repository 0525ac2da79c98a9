import type { Mapping } from '../config/syncConfig.ts';
import type { PairKind } from '../pair.ts';

/** What is shown of a kind of record of which nobody has chosen anything. */
const DEFAULTS: Readonly<Record<PairKind, readonly string[]>> = {
  customer: ['Title', 'Email', 'Phone', 'MobilePhone'],
  company: ['Phone', 'Website', 'Industry'],
  case: ['Status', 'Priority'],
};

/** Fields of Salesforce to show in Desk: those that an admin has set to be displayed, or a few. */
export type Displayed = { readonly paths: readonly string[]; readonly isChosen: boolean };

export function displayedFields(pair: PairKind, mappings: readonly Mapping[]): Displayed {
  const chosen = mappings.filter((mapping) => mapping.pair === pair && mapping.display);
  if (chosen.length === 0) return { paths: DEFAULTS[pair], isChosen: false };
  return { paths: chosen.map(({ salesforce }) => salesforce), isChosen: true };
}
