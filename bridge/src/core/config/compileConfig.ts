import { compileCondition } from '../condition/compileCondition.ts';
import { fieldsOf } from '../condition/condition.ts';
import { parseCondition } from '../condition/parseCondition.ts';
import type { FieldMap } from '../fieldMap.ts';
import { OBJECT_OF, PAIRS, type PairKind } from '../pair.ts';
import type { ActiveConfig, ActivePair } from './activeConfig.ts';
import { checkConfig } from './checkConfig.ts';
import type { ConfigProblem } from './configProblem.ts';
import { deskFields } from './deskFields.ts';
import type { Describes } from './describes.ts';
import { mapsOf } from './mappingMaps.ts';
import { watchedInDesk, watchedInSalesforce } from './watchedMaps.ts';
import { configMark, type SyncConfig } from './syncConfig.ts';

export type Compiled =
  | { readonly ok: true; readonly active: ActiveConfig; readonly warnings: readonly ConfigProblem[] }
  /** `held`: what can be read under it, where it was in use until now; nothing is written. */
  | { readonly ok: false; readonly problems: readonly ConfigProblem[]; readonly held: ActiveConfig };

/**
 * Checks a config and makes it ready to be decided by. Pure.
 * @param now milliseconds since 1970, for date words in conditions on Desk's records
 */
export function compileConfig(config: SyncConfig, describes: Describes, now: () => number): Compiled {
  const problems = checkConfig(config, describes);
  const maps = mapsOf(config, describes);
  const mark = configMark(config);
  if (problems.some(({ level }) => level === 'error'))
    return { ok: false, problems, held: { enabled: false, mark, pairs: heldPairs(config, maps) } };
  const pairs = Object.fromEntries(
    PAIRS.map((pair) => [pair, compilePair(pair, config, describes, maps[pair], now)]),
  ) as Record<PairKind, ActivePair>;
  return {
    ok: true,
    active: { enabled: config.enabled, mark, pairs },
    warnings: problems,
  };
}

/** The maps that still fit, so that the capture can go on: of a condition nobody knows any more what it means. */
function heldPairs(config: SyncConfig, maps: ReturnType<typeof mapsOf>): Record<PairKind, ActivePair> {
  const held = (pair: PairKind): ActivePair => ({
    rule: config.rules[pair],
    maps: maps[pair],
    salesforceCondition: null,
    deskMatches: () => true,
    recordTypeId: null,
  });
  return { company: held('company'), customer: held('customer'), case: held('case') };
}

function compilePair(
  pair: PairKind,
  config: SyncConfig,
  describes: Describes,
  maps: readonly FieldMap[],
  now: () => number,
): ActivePair {
  const rule = config.rules[pair];
  const inSalesforce = rule.salesforceCondition.trim();
  const fields = deskFields(pair, describes);
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const parsed = parseCondition(rule.deskCondition);
  const matches = parsed.ok ? compileCondition(parsed.condition, now) : () => true;
  const known = new Set(maps.map(({ salesforce }) => salesforce.toLowerCase()));
  const watched = [
    ...namesIn(inSalesforce)
      .filter((path) => !known.has(path.toLowerCase()))
      .map((path) => watchedInSalesforce(pair, path)),
    ...namesIn(rule.deskCondition).flatMap((name) => {
      const field = byName.get(name.toLowerCase());
      return field ? [watchedInDesk(pair, field)] : [];
    }),
  ];
  const types = describes.salesforce[OBJECT_OF[pair]]?.recordTypes ?? [];
  return {
    rule,
    maps: [...maps, ...watched],
    salesforceCondition: inSalesforce === '' ? null : inSalesforce,
    deskMatches: (record) => matches((name) => byName.get(name.toLowerCase())?.read(record) ?? null),
    recordTypeId: types.find(({ developerName }) => developerName === rule.recordType)?.id ?? null,
  };
}

function namesIn(condition: string): string[] {
  const parsed = parseCondition(condition);
  return parsed.ok ? fieldsOf(parsed.condition) : [];
}

/** The objects that a config leads to by its lookups, to be described as well. */
export function lookupsIn(config: SyncConfig, pair: PairKind): string[] {
  const paths = [
    ...config.mappings.filter((mapping) => mapping.pair === pair).map(({ salesforce }) => salesforce),
    ...namesIn(config.rules[pair].salesforceCondition),
  ];
  return [...new Set(paths.filter((path) => path.includes('.')).map((path) => path.split('.')[0] ?? ''))];
}
