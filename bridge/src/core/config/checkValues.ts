import type { ConfigProblem } from './configProblem.ts';
import type { FoundMapping } from './checkMapping.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { closest } from './closest.ts';
import { heldType } from './fieldTypes.ts';
import { furtherMap } from './mappingMaps.ts';
import { selected } from './picklist.ts';
import { crossedPairs, finder } from './valueMap.ts';
import { mappingName } from './syncConfig.ts';

type Part = Pick<ConfigProblem, 'level' | 'message' | 'fix'>;

const listed = (values: readonly string[]) => {
  const shown = values.slice(0, 20).map((value) => `"${value}"`);
  return values.length > shown.length
    ? `${shown.join(', ')} and ${values.length - shown.length} more`
    : shown.join(', ');
};
const meant = (value: string, values: readonly string[], otherwise: string) => {
  const near = closest(value, values);
  return near === null ? otherwise : `Did you mean "${near}"?`;
};

/** Whether values of these fields can be paired: choices on Salesforce's side, choices or text on Desk's. */
function takesValues({ at, desk, standard }: FoundMapping, { withValues }: Vocabulary): boolean {
  if (standard) return withValues.includes(standard.name);
  const choices = ['Picklist', 'Picklist (Multi-Select)'].includes(heldType(at.field));
  return choices && ['list', 'multi', 'string'].includes(desk.type);
}

/** Whether it is written to Salesforce: the first partner of a value of Desk is. */
function isWritten({ mapping }: FoundMapping, value: string): boolean {
  if (mapping.direction === 'salesforce-to-desk') return false;
  const first = finder(mapping.values.map((pair) => [pair.desk, pair.salesforce]));
  return mapping.values.some((pair) => pair.salesforce === value && first(pair.desk) === value);
}

/** A value of a pair that Salesforce does not have, or that records of before may hold only. */
function checkSalesforceValue(found: FoundMapping, value: string): Part[] {
  const { field } = found.at;
  const whole = heldType(field) === 'Picklist (Multi-Select)' && found.desk.type === 'list';
  const known = finder(field.picklistValues.map((one) => [one.value, one]));
  return (whole ? selected(value) : [value]).flatMap((part): Part[] => {
    const one = known(part);
    if (one?.active) return [];
    if (one)
      return [
        {
          level: isWritten(found, value) && field.restrictedPicklist ? 'error' : 'warning',
          message: `"${part}" is not active in ${field.name}.`,
          fix: 'Activate the value in Setup, or take its pair out.',
        },
      ];
    const active = field.picklistValues.filter(({ active: is }) => is).map((other) => other.value);
    return [
      {
        level: field.restrictedPicklist ? 'error' : 'warning',
        message: `${field.name} has no value "${part}".`,
        fix: meant(part, active, 'Add the value in Setup, or take its pair out.'),
      },
    ];
  });
}

function checkDeskValue({ at, desk }: FoundMapping, value: string): Part[] {
  const isChosen = desk.type === 'list' || desk.type === 'multi';
  if (isChosen && !desk.choices.some((choice) => choice.toLowerCase() === value.toLowerCase()))
    return [
      {
        level: 'error',
        message: `${desk.name} has no choice "${value}".`,
        fix: meant(value, desk.choices, 'Add the choice in Desk, or take its pair out.'),
      },
    ];
  const why = desk.type === 'integer' ? (desk.refuses?.(value) ?? null) : null;
  if (why !== null)
    return [{ level: 'error', message: `"${value}" is none: ${why}.`, fix: 'Correct the value.' }];
  if (desk.type === 'string' && heldType(at.field) === 'Picklist (Multi-Select)' && value.includes(';'))
    return [
      {
        level: 'error',
        message: `"${value}" has a semicolon, which stands between values.`,
        fix: 'Take words without a semicolon.',
      },
    ];
  return [];
}

/** Values that have no place on the other side, as far as the direction needs one. */
function checkPlaces(found: FoundMapping): Part[] {
  const { mapping, at, desk, standard } = found;
  const map = standard ? null : furtherMap(mapping, at, desk);
  if (!map?.refuses || !['Picklist', 'Picklist (Multi-Select)'].includes(heldType(at.field))) return [];
  const refuses = map.refuses;
  // Of a whole selection nobody knows which ones there are.
  const each = heldType(at.field) === 'Picklist' || desk.type === 'multi';
  const active = each ? at.field.picklistValues.filter((one) => one.active).map((one) => one.value) : [];
  const without = (words: readonly string[], from: 'salesforce' | 'desk') =>
    words.filter((word) => refuses(word, from) !== null);
  const inDesk = map.direction === 'desk-to-salesforce' ? [] : without(active, 'salesforce');
  const inSalesforce = map.direction === 'salesforce-to-desk' ? [] : without(desk.choices, 'desk');
  const warn = (words: readonly string[], from: string, to: string): Part[] =>
    words.length === 0
      ? []
      : [
          {
            level: 'warning',
            message: `Of ${from}, ${listed(words)} ${words.length === 1 ? 'has' : 'have'} no place in ${to}, and will not be carried.`,
            fix: 'Pair each of them with a value of the other side.',
          },
        ];
  return [...warn(inDesk, at.path, desk.name), ...warn(inSalesforce, desk.name, at.path)];
}

/** What is wrong with the values that a mapping pairs, and which values have no partner. */
export function checkValues(found: FoundMapping, vocabulary: Vocabulary): ConfigProblem[] {
  const { mapping, at, desk } = found;
  const told = (parts: readonly Part[]) =>
    parts.map((part): ConfigProblem => ({ record: mappingName(mapping), field: 'values', ...part }));
  if (mapping.values.length > 0 && !takesValues(found, vocabulary))
    return told([
      {
        level: 'error',
        message: `Values of ${at.path} and ${desk.name} cannot be paired: only picklists have values to pair.`,
        fix: 'Take the values out.',
      },
    ]);
  const unique = (words: readonly string[]) => [...new Set(words)];
  const parts = [
    ...unique(mapping.values.map((pair) => pair.salesforce)).flatMap((value) =>
      checkSalesforceValue(found, value),
    ),
    ...unique(mapping.values.map((pair) => pair.desk)).flatMap((value) => checkDeskValue(found, value)),
  ];
  const crossed = mapping.direction === 'two-way' ? crossedPairs(mapping.values) : [];
  if (crossed.length > 0)
    parts.push({
      level: 'error',
      message: `Both sides of ${listed(crossed.map((pair) => `${pair.salesforce} = ${pair.desk}`))} have another partner as well, so a value would come back as another one.`,
      fix: 'Leave one of the two with one partner.',
    });
  return told(parts.length > 0 || mapping.direction === 'off' ? parts : checkPlaces(found));
}
