import { checkLength } from './checkLength.ts';
import { checkMapping } from './checkMapping.ts';
import { checkRules } from './checkRules.ts';
import { checkSelection } from './checkSelection.ts';
import { checkTogether } from './checkTogether.ts';
import { checkValues } from './checkValues.ts';
import type { ConfigProblem } from './configProblem.ts';
import type { Describes } from './describes.ts';
import { mapsOf } from './mappingMaps.ts';
import { mappingKey, mappingName, type Mapping, type SyncConfig } from './syncConfig.ts';

/** More than this is a mistake of whoever made the file, and slow to compare for every record. */
const MOST_MAPPINGS = 500;
const MOST_VALUES = 1000;

const tooMany = (record: string, field: string, many: number, most: number): ConfigProblem => ({
  level: 'error',
  record,
  field,
  message: `There are ${many} ${field}; ${most} at most are taken.`,
  fix: 'Take some of them out.',
});

function checkAlone(mapping: Mapping, describes: Describes): ConfigProblem[] {
  const many = mapping.values.length;
  if (many > MOST_VALUES) return [tooMany(mappingName(mapping), 'values', many, MOST_VALUES)];
  const { problems, found } = checkMapping(mapping, describes);
  // Values of fields that do not go with each other have nothing to be checked against.
  if (problems.length > 0 || !found) return [...problems];
  return [...checkValues(found, describes.vocabulary), ...checkLength(found)];
}

/** Mappings of the same two fields: the second says nothing that the first does not, or contradicts it. */
function checkTwice(mappings: readonly Mapping[]): ConfigProblem[] {
  const seen = new Set<string>();
  return mappings.flatMap((mapping): ConfigProblem[] => {
    const key = mappingKey(mapping);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      {
        level: 'error',
        record: mappingName(mapping),
        field: 'salesforce',
        message: 'There is another mapping of these two fields.',
        fix: 'Take one of the two out.',
      },
    ];
  });
}

/**
 * All that is wrong with a config, given what both sides say of their fields: rules first, then mappings in their
 * order, then what is wrong only with several together.
 */
export function checkConfig(config: SyncConfig, describes: Describes): ConfigProblem[] {
  const many = config.mappings.length;
  if (many > MOST_MAPPINGS) return [tooMany('config', 'mappings', many, MOST_MAPPINGS)];
  const maps = mapsOf(config, describes);
  return [
    ...checkRules(config, maps, describes),
    ...checkSelection(config, describes),
    ...config.mappings.flatMap((mapping) => checkAlone(mapping, describes)),
    ...checkTwice(config.mappings),
    ...checkTogether(maps, config.rules),
  ];
}
