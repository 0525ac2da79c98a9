import { NO_WAY_BACK, ofValues, refuse, say, type Conversion, type Said } from './conversion.ts';
import type { DeskField } from './deskField.ts';
import type { SalesforceField } from './describes.ts';
import { picklistOf, selected, type Picklist } from './picklist.ts';
import type { ValuePair } from './syncConfig.ts';
import { finder, valueMap, type ValueMap } from './valueMap.ts';

/** One side's words by the other side's: those that are paired, and those that are the same on both. */
type Words = {
  readonly paired: (word: string) => string | undefined;
  readonly same: (word: string) => string | undefined;
  /** What the other side's word means here, if it is paired. */
  readonly meaning: (otherWord: string) => string | undefined;
  readonly target: string;
};

/**
 * What is not paired crosses as the same word, unless that word has another meaning: it would come back as that.
 */
function crossing({ paired, same, meaning, target }: Words, word: string): Said {
  const pair = paired(word);
  if (pair !== undefined) return say(pair);
  const twin = same(word);
  if (twin === undefined) return refuse(`"${word}" has no place in ${target}`);
  const means = meaning(twin);
  return means === undefined
    ? say(twin)
    : refuse(`"${word}" has no place in ${target}: there it means "${means}"`);
}

function choices(
  field: SalesforceField,
  desk: DeskField,
  map: ValueMap,
  toChoice: (value: string) => string | undefined,
  toValue: (choice: string) => string | undefined,
): Conversion {
  return ofValues(
    (value) =>
      crossing(
        { paired: map.toDesk, same: toChoice, meaning: map.toSalesforce, target: desk.name },
        String(value),
      ),
    (value) =>
      crossing(
        { paired: map.toSalesforce, same: toValue, meaning: map.toDesk, target: field.name },
        String(value),
      ),
  );
}

/** The pairs by each side's own spelling, which is the one that it takes. */
function spelledPairs(
  pairs: readonly ValuePair[],
  salesforce: (value: string) => string | undefined,
  desk: (value: string) => string | undefined,
): ValueMap {
  return valueMap(
    pairs.map((pair) => ({
      salesforce: salesforce(pair.salesforce) ?? pair.salesforce,
      desk: desk(pair.desk) ?? pair.desk,
    })),
  );
}

const choiceFinder = (desk: DeskField) => finder(desk.choices.map((choice) => [choice, choice]));

/** A picklist and a list of Desk. */
export function choiceConversion(
  field: SalesforceField,
  desk: DeskField,
  pairs: readonly ValuePair[],
): Conversion {
  const { taken } = picklistOf(field);
  const choice = choiceFinder(desk);
  return choices(field, desk, spelledPairs(pairs, taken, choice), choice, taken);
}

/** A whole selection and one choice of Desk. */
export function selectionChoiceConversion(
  field: SalesforceField,
  desk: DeskField,
  pairs: readonly ValuePair[],
): Conversion {
  const { selection, held } = picklistOf(field);
  const choice = choiceFinder(desk);
  const asSelection = finder(desk.choices.map((one) => [held(one), one]));
  const { toDesk, toSalesforce } = choices(
    field,
    desk,
    spelledPairs(pairs, held, choice),
    asSelection,
    selection,
  );
  return { toDesk: (value) => toDesk(value === null ? null : held(String(value))), toSalesforce };
}

function each(words: readonly string[], cross: (word: string) => Said): string[] | { refused: string } {
  const said: string[] = [];
  for (const word of words) {
    const one = cross(word);
    if ('refused' in one) return one;
    said.push(String(one.value));
  }
  return said;
}

function selectionIntoSalesforce(picklist: Picklist, name: string, map: ValueMap, text: string): Said {
  const own: Words = {
    paired: map.toSalesforce,
    same: picklist.taken,
    meaning: map.toDesk,
    target: name,
  };
  const values = each(selected(text), (word) => {
    const said = crossing(own, word);
    // Anybody can type anything into Desk's text: what is no value of the picklist is not told.
    return 'refused' in said ? refuse(`${name} does not take one of the values`) : said;
  });
  return Array.isArray(values) ? say(picklist.held(values.join(';')) || null) : values;
}

/** The values of a selection as text, joined by `;`, in the order of the picklist. */
export function selectionTextConversion(
  field: SalesforceField,
  desk: DeskField,
  pairs: readonly ValuePair[],
): Conversion {
  const picklist = picklistOf(field);
  const map = spelledPairs(pairs, picklist.taken, () => undefined);
  const intoDesk: Words = {
    paired: map.toDesk,
    same: (word) => word,
    meaning: map.toSalesforce,
    target: desk.name,
  };
  return ofValues(
    (value) => {
      const words = each(selected(picklist.held(String(value))), (word) => crossing(intoDesk, word));
      return Array.isArray(words) ? say([...new Set(words)].join(';') || null) : words;
    },
    (value) => selectionIntoSalesforce(picklist, field.name, map, String(value)),
  );
}

/** A picklist's value as text in Desk, in the words that are paired with it or in its own. */
export function choiceTextConversion(pairs: readonly ValuePair[]): Conversion {
  const map = valueMap(pairs);
  return ofValues((value) => say(map.toDesk(String(value)) ?? String(value)), NO_WAY_BACK);
}
