import { PAIRS, appearanceOf, countText, pairText } from 'c/deskSync';
import type { Health } from './health';

/** States as the bridge names them, and as a link does. */
const STATES: readonly (readonly [state: string, status: string])[] = [
  ['inStep', 'In Step'],
  ['waiting', 'Waiting'],
  ['failing', 'Failing'],
  ['conflict', 'Conflict'],
  ['ambiguous', 'Ambiguous'],
  ['excluded', 'Excluded'],
  ['unlinked', 'Unlinked'],
];

export const COUNT_COLUMNS = STATES.map(([state, status]) => ({
  key: state,
  text: appearanceOf(status).text,
}));

/** How many records of each kind are in which state. */
export function countRows(pairs: Health['pairs']) {
  return PAIRS.map((pair) => ({
    key: pair,
    name: pairText(pair),
    cells: STATES.map(([state]) => ({ key: state, count: countText(pairs[pair]?.[state] ?? 0) })),
  }));
}
