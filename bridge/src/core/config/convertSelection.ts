import { ofValues, refuse, say, type Conversion, type Said } from './conversion.ts';
import type { DeskField } from './deskField.ts';
import type { SalesforceField } from './describes.ts';
import {
  choiceFinder,
  choices,
  crossing,
  spelledPairs,
  type Paired,
  type Pairing,
  type Words,
} from './pairing.ts';
import { inOrder, picklistOf, selected, type Picklist } from './picklist.ts';
import { finder } from './valueMap.ts';

/** A whole selection and one choice of Desk. */
export function selectionChoiceConversion(
  field: SalesforceField,
  desk: DeskField,
  pairs: Pairing,
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

function selectionIntoSalesforce(
  picklist: Picklist,
  name: string,
  map: Paired,
  text: string,
  isFree: boolean,
): Said {
  const own: Words = {
    paired: map.toSalesforce,
    same: picklist.taken,
    meaning: map.meaningInSalesforce,
    target: name,
  };
  const values = each(selected(text), (word) => {
    const said = crossing(own, word);
    // Anybody can type anything into Desk's text: what is no value of the picklist is not told.
    return isFree && 'refused' in said ? refuse(`${name} does not take one of the values`) : said;
  });
  return Array.isArray(values) ? say(picklist.held(values.join(';')) || null) : values;
}

/**
 * The values of a selection, joined by `;`: a selection of Desk in the order of its list, and text in the order of the
 * picklist.
 */
export function selectionConversion(field: SalesforceField, desk: DeskField, pairs: Pairing): Conversion {
  const picklist = picklistOf(field);
  const isFree = desk.type === 'string';
  const choice = choiceFinder(desk);
  const map = spelledPairs(pairs, picklist.taken, choice);
  const intoDesk: Words = {
    paired: map.toDesk,
    same: isFree ? (word) => word : choice,
    meaning: map.meaningInDesk,
    target: desk.name,
  };
  return ofValues(
    (value) => {
      const words = each(selected(picklist.held(String(value))), (word) => crossing(intoDesk, word));
      return Array.isArray(words) ? say(inOrder(words, desk.choices) || null) : words;
    },
    (value) => selectionIntoSalesforce(picklist, field.name, map, String(value), isFree),
  );
}
