import { PAIRS } from '../pair.ts';
import { error, type ConfigProblem } from './configProblem.ts';
import { checkMapping } from './checkMapping.ts';
import { checkTogether } from './checkTogether.ts';
import { checkRule } from './checkRule.ts';
import type { Describes } from './describes.ts';
import { mappingName, type SyncConfig } from './syncConfig.ts';

const MOST_MAPPINGS = 500;
const MOST_VALUES = 1_000;

/**
 * Everything that is wrong with a config, or lost by it, against what both sides say of their fields. Each problem
 * names the record, the part of it, and the fix. No error: it can be used. Pure.
 */
export function checkConfig(config: SyncConfig, describes: Describes): ConfigProblem[] {
  const tooMany = checkLimits(config);
  if (tooMany.length > 0) return tooMany;
  return [
    ...PAIRS.flatMap((pair) => checkRule(pair, config, describes)),
    ...config.mappings.flatMap((mapping) => checkMapping(mapping, describes)),
    ...checkTogether(config, describes),
  ];
}

function checkLimits({ mappings }: SyncConfig): ConfigProblem[] {
  const long = mappings.find(({ values }) => values.length > MOST_VALUES);
  const fix = 'Take some out.';
  return [
    ...(mappings.length > MOST_MAPPINGS
      ? [
          error(
            'file',
            'mappings',
            `It has ${mappings.length} mappings, and ${MOST_MAPPINGS} are the most.`,
            fix,
          ),
        ]
      : []),
    ...(long
      ? [error(mappingName(long), 'values', `It has more than ${MOST_VALUES} pairs of values.`, fix)]
      : []),
  ];
}
