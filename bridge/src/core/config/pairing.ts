import { ofValues, refuse, say, type Conversion, type Said } from './conversion.ts';
import type { DeskField } from './deskField.ts';
import type { SalesforceField } from './describes.ts';
import type { ValuePair } from './syncConfig.ts';
import { finder, valueMap, type ValueMap } from './valueMap.ts';

/** One side's words by the other side's: those that are paired, and those that are the same on both. */
export type Words = {
  readonly paired: (word: string) => string | undefined;
  readonly same: (word: string) => string | undefined;
  /** What the other side's word means here, if it is paired. */
  readonly meaning: (otherWord: string) => string | undefined;
  readonly target: string;
};

/** The values that an admin paired, and whether they are a map for both ways. */
export type Pairing = { readonly values: readonly ValuePair[]; readonly bothWays: boolean };
/** Where values go one way only, no word has another meaning: none comes back. */
export type Paired = ValueMap & {
  readonly meaningInDesk: ValueMap['toSalesforce'];
  readonly meaningInSalesforce: ValueMap['toDesk'];
};

/**
 * What is not paired crosses as the same word, unless that word has another meaning: it would come back as that.
 */
export function crossing({ paired, same, meaning, target }: Words, word: string): Said {
  const pair = paired(word);
  if (pair !== undefined) return say(pair);
  const twin = same(word);
  if (twin === undefined) return refuse(`"${word}" has no place in ${target}`);
  const means = meaning(twin);
  return means === undefined
    ? say(twin)
    : refuse(`"${word}" has no place in ${target}: there it means "${means}"`);
}

export function choices(
  field: SalesforceField,
  desk: DeskField,
  map: Paired,
  toChoice: (value: string) => string | undefined,
  toValue: (choice: string) => string | undefined,
): Conversion {
  return ofValues(
    (value) =>
      crossing(
        { paired: map.toDesk, same: toChoice, meaning: map.meaningInDesk, target: desk.name },
        String(value),
      ),
    (value) =>
      crossing(
        { paired: map.toSalesforce, same: toValue, meaning: map.meaningInSalesforce, target: field.name },
        String(value),
      ),
  );
}

/** The pairs by each side's own spelling, which is the one that it takes. */
export function spelledPairs(
  { values, bothWays }: Pairing,
  salesforce: (value: string) => string | undefined,
  desk: (value: string) => string | undefined,
): Paired {
  const map = valueMap(
    values.map((pair) => ({
      salesforce: salesforce(pair.salesforce) ?? pair.salesforce,
      desk: desk(pair.desk) ?? pair.desk,
    })),
  );
  const nothing = () => undefined;
  return {
    ...map,
    meaningInDesk: bothWays ? map.toSalesforce : nothing,
    meaningInSalesforce: bothWays ? map.toDesk : nothing,
  };
}

export const choiceFinder = (desk: DeskField) => finder(desk.choices.map((choice) => [choice, choice]));
