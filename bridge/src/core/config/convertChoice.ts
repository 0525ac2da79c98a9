import { NO_WAY_BACK, ofValues, say, type Conversion } from './conversion.ts';
import type { DeskField } from './deskField.ts';
import type { SalesforceField } from './describes.ts';
import { choiceFinder, choices, spelledPairs, type Pairing } from './pairing.ts';
import { picklistOf } from './picklist.ts';
import type { ValuePair } from './syncConfig.ts';
import { valueMap } from './valueMap.ts';

/** A picklist and a list of Desk. */
export function choiceConversion(field: SalesforceField, desk: DeskField, pairs: Pairing): Conversion {
  const { taken } = picklistOf(field);
  const choice = choiceFinder(desk);
  return choices(field, desk, spelledPairs(pairs, taken, choice), choice, taken);
}

/** A picklist's value as text in Desk, in the words that are paired with it or in its own. */
export function choiceTextConversion(pairs: readonly ValuePair[]): Conversion {
  const map = valueMap(pairs);
  return ofValues((value) => say(map.toDesk(String(value)) ?? String(value)), NO_WAY_BACK);
}
