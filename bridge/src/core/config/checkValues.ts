import { allowedBy } from '../selection.ts';
import { didYouMean } from './closest.ts';
import { error, warning, type ConfigProblem } from './configProblem.ts';
import type { DeskField } from './deskFields.ts';
import type { SalesforceField } from './describes.ts';
import { mappingName, type Mapping } from './syncConfig.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const has = (list: readonly string[], value: string) => list.some((one) => same(one, value));

/** What is wrong with the value map of a mapping, or with lists that have none and differ. */
export function checkValues(mapping: Mapping, field: SalesforceField, desk: DeskField): ConfigProblem[] {
  const isList = field.type === 'picklist' || field.type === 'multipicklist';
  const record = mappingName(mapping);
  const { values } = mapping;
  if (values.length > 0 && !isList && field.type !== 'boolean')
    return [error(record, 'values', `${field.name} is no list of values.`, 'Take the value map out.')];
  const active = field.picklistValues.filter((one) => one.active).map(({ value }) => value);
  const choices = choicesOf(desk);
  const problems: ConfigProblem[] = [];
  for (const { salesforce, desk: theirs } of values) {
    const unknown = isList ? salesforce.split(';').find((one) => !has(active, one)) : undefined;
    if (unknown !== undefined && field.restrictedPicklist)
      problems.push(
        error(
          record,
          'values',
          `${field.name} has no active value ${unknown}.${didYouMean(unknown, active)}`,
          'Correct it, or add it to the picklist.',
        ),
      );
    if (choices && !has(choices, theirs))
      problems.push(
        error(
          record,
          'values',
          `${desk.name} has no value ${theirs}.${didYouMean(theirs, choices)}`,
          'Correct it, or add it in Desk.',
        ),
      );
  }
  return [...problems, ...withoutPlace(mapping, isList ? active : [], choices ?? [])];
}

const PRIORITIES = Array.from({ length: 10 }, (_, index) => String(index + 1));

/** All that Desk's field can hold; null where it can hold anything. */
function choicesOf({ name, type, choices }: DeskField): readonly string[] | null {
  if (type === 'list') return choices;
  return name === 'priority' ? PRIORITIES : null;
}

/** Every value that may cross needs a place on the other side. */
function withoutPlace(
  mapping: Mapping,
  active: readonly string[],
  choices: readonly string[],
): ConfigProblem[] {
  const { values, direction } = mapping;
  const allowed = allowedBy(direction);
  const record = mappingName(mapping);
  const isMapped = values.length > 0;
  // A standard mapping that was not touched has places for all, and lists of equal names are their own map.
  if (
    !isMapped &&
    (choices.length === 0 ||
      mapping.desk === 'status' ||
      mapping.desk === 'priority' ||
      mapping.desk === 'type')
  )
    return [];
  const mine = isMapped ? values.map(({ salesforce }) => salesforce) : choices;
  const theirs = isMapped ? values.map(({ desk }) => desk) : active;
  const lost = allowed.toDesk ? active.filter((value) => !has(mine, value)) : [];
  const lostInDesk = allowed.toSalesforce ? choices.filter((value) => !has(theirs, value)) : [];
  const fix = `Give each a place with "sf deskconnect values set", or leave it: such a value stays on its side.`;
  return [
    ...(lost.length > 0
      ? [
          warning(
            record,
            'values',
            `These values of Salesforce have no place in Desk: ${lost.join(', ')}.`,
            fix,
          ),
        ]
      : []),
    ...(lostInDesk.length > 0
      ? [
          warning(
            record,
            'values',
            `These values of Desk have no place in Salesforce: ${lostInDesk.join(', ')}.`,
            fix,
          ),
        ]
      : []),
  ];
}
