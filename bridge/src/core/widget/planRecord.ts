import { OBJECT_OF, type PairKind } from '../pair.ts';
import { cardOf, type ShownRecord } from './card.ts';
import { displayedFields } from './displayed.ts';
import { hidden, isSeen, missingOf, type Missing, type PlanInput, type Root } from './plan.ts';
import { nameField, shownFields } from './shownFields.ts';
import type { Group } from './view.ts';

/** One of the records that the root's own look brings along. */
export type PlannedRecord = {
  /** Null where it cannot be read. */
  readonly record: ShownRecord | null;
  readonly missing: readonly Missing[];
  readonly group: (root: Readonly<Record<string, unknown>>) => Group;
};

/** In the order in which they are shown. */
const RECORDS: readonly { readonly pair: PairKind; readonly title: string; readonly none: string }[] = [
  { pair: 'customer', title: 'Contact', none: 'The case has no contact in Salesforce.' },
  { pair: 'company', title: 'Account', none: 'There is no account in Salesforce.' },
  { pair: 'case', title: 'Case', none: 'The case is not in Salesforce.' },
];

/** From the root to each record, as a relation with its point; a record that it does not lead to is not shown. */
const WAY: Readonly<Record<Root['object'], Readonly<Partial<Record<PairKind, string>>>>> = {
  Case: { case: '', customer: 'Contact.', company: 'Account.' },
  Contact: { customer: '', company: 'Account.' },
};

/** The contact, the account and the case itself, as far as the root leads there. */
export function planRecords(input: PlanInput): PlannedRecord[] {
  return RECORDS.flatMap(({ pair, title, none }): PlannedRecord[] => {
    const { root, mappings, describes, instanceUrl } = input;
    const object = OBJECT_OF[pair];
    const way = WAY[root.object][pair];
    if (way === undefined) return [];
    if (!describes[object] || !isSeen(input, root.object, way === '' ? 'Id' : `${object}Id`))
      return [{ record: null, missing: [], group: () => ({ title, problem: hidden(object) }) }];
    const { paths, isChosen } = displayedFields(pair, mappings);
    const { fields, missing } = shownFields(object, paths, describes);
    const heading = nameField(object);
    const record: ShownRecord = {
      object,
      way,
      heading,
      fields: fields.filter(({ path }) => path !== heading),
      hasCurrency: isSeen(input, object, 'CurrencyIsoCode'),
      instanceUrl,
    };
    const group = (found: Readonly<Record<string, unknown>>): Group => {
      const card = cardOf(record, found);
      return card === null ? { title, problem: none } : { title, cards: [card], hasMore: false };
    };
    return [{ record, missing: missingOf(object, missing, isChosen), group }];
  });
}
