import type { Look, Looked } from '../../ports/org.ts';
import { cardOf, columnsFor, type ShownRecord } from './card.ts';
import { hidden, isSeen, missingOf, type Missing, type PlanInput, type Root } from './plan.ts';
import type { Section } from './sections.ts';
import { shownFields } from './shownFields.ts';
import type { Group } from './view.ts';

export type PlannedSection = {
  /** Null where nothing can be read. */
  readonly look: Look | null;
  readonly missing: readonly Missing[];
  /** `looked` is null where there was no look. */
  readonly group: (looked: Looked | null, root: Readonly<Record<string, unknown>>) => Group;
};

/** The field of the root that has the id of the record which a section's records point to. */
export const POINTS: Readonly<Record<Root['object'], Readonly<Partial<Record<Section['of'], string>>>>> = {
  Case: { case: 'Id', contact: 'ContactId', account: 'AccountId' },
  Contact: { contact: 'Id', account: 'AccountId' },
};

const OBJECT = { contact: 'Contact', account: 'Account', case: 'Case' } as const;

/** What is read for a section, and how it is shown. What cannot be read says why on the page. */
export function planSection(input: PlanInput, section: Section): PlannedSection {
  const { root, describes, instanceUrl } = input;
  const { title, object, of, condition, orderBy, limit } = section;
  const problem = (text: string, missing: readonly Missing[] = []): PlannedSection => ({
    look: null,
    missing,
    group: () => ({ title, problem: text }),
  });
  if (!describes[object]) return problem(hidden(object), missingOf(object, ['*'], true));
  const by = lookupOf(section, input);
  const { fields, missing } = shownFields(object, section.fields, describes);
  const left = missingOf(object, missing, true);
  const [heading, ...rest] = fields;
  if (by === null)
    return problem(
      `${object} has no single lookup to the ${of} that the user of the bridge sees. An administrator can name one.`,
      left,
    );
  if (heading === undefined) return problem(hidden(object), left);
  const from = POINTS[root.object][of];
  if (from === undefined || !isSeen(input, root.object, from))
    return problem(`The ${of} is not known in Salesforce yet.`, left);
  const hasCurrency = isSeen(input, object, 'CurrencyIsoCode');
  const record: ShownRecord = {
    object,
    way: '',
    heading: heading.path,
    fields: rest,
    hasCurrency,
    instanceUrl,
  };
  const look: Look = {
    object,
    fields: columnsFor(record),
    by,
    is: { ofFirst: from },
    condition,
    orderBy,
    // One more tells that there are more.
    limit: limit + 1,
  };
  return {
    look,
    missing: left,
    group: (looked, found) => {
      if (found[from] === null) return { title, cards: [], hasMore: false };
      if (looked?.outcome !== 'found') return { title, problem: refusal(looked) };
      const cards = looked.records.flatMap((one) => cardOf(record, one) ?? []);
      return { title, cards: cards.slice(0, limit), hasMore: cards.length > limit };
    },
  };
}

const refusal = (looked: Looked | null) =>
  `Salesforce did not answer for this part (${looked?.outcome === 'refused' ? looked.failure.code : 'NO_ANSWER'}). An administrator sees why in the log of the bridge.`;

/** The lookup by which the records of a section point to theirs; null where there is none, or several. */
function lookupOf({ by, object, of }: Section, { describes }: PlanInput): string | null {
  const target = OBJECT[of];
  const lookups = (describes[object]?.fields ?? []).filter(({ referenceTo }) => referenceTo.includes(target));
  const wanted = (by ?? `${target}Id`).toLowerCase();
  const named = lookups.find(({ name }) => name.toLowerCase() === wanted);
  const [only, ...others] = lookups;
  return named?.name ?? (by === null && others.length === 0 ? (only?.name ?? null) : null);
}
