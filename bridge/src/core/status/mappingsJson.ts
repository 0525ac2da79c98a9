import { allMappings, type HeldMapping } from '../config/allMappings.ts';
import { problemText, type ConfigProblem } from '../config/configProblem.ts';
import type { Rule, SyncConfig } from '../config/syncConfig.ts';
import { PAIRS, type PairKind } from '../pair.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { LONGEST_JSON, shorten } from './shorten.ts';

export type MappingFacts = {
  /** Where the admin's config is kept. */
  readonly home: 'org' | 'file';
  /** What the bridge goes by; null where it has found nothing good yet. */
  readonly config: SyncConfig | null;
  /** What is wrong with it, or with the one that was refused. */
  readonly problems: readonly ConfigProblem[];
  /** Of the help desk. */
  readonly vocabulary: Vocabulary;
};

/** Of what has no bound of its own, so much is told that there is room for mappings in any case. */
const CONDITION = 2_000;
const PROBLEM = 300;
const PROBLEMS = 20;
const NAME = 255;
/** Room for `,"more":100000`. */
const MORE = 20;

/** `Desk_Bridge__c.Mappings__c`: the rules and mappings that the bridge goes by, as JSON that its field takes. */
export function mappingsJson({ home, config, problems, vocabulary }: MappingFacts): string {
  const told = {
    version: 1,
    home,
    rules: config ? PAIRS.map((pair) => ruleOf(pair, config.rules[pair])) : [],
    mappings: [] as ReturnType<typeof mappingOf>[],
    problems: problemsOf(problems),
  };
  const all = config
    ? PAIRS.flatMap((pair) =>
        allMappings(pair, config, vocabulary).map((held) => mappingOf(held, config.rules[pair])),
      )
    : [];
  let left = LONGEST_JSON - JSON.stringify(told).length - MORE;
  for (const mapping of all) {
    left -= JSON.stringify(mapping).length + 1;
    if (left < 0) break;
    told.mappings.push(mapping);
  }
  const more = all.length - told.mappings.length;
  return JSON.stringify({ ...told, ...(more > 0 ? { more } : {}) });
}

function ruleOf(pair: PairKind, { salesforceCondition, deskCondition, conflict, ...rule }: Rule) {
  return {
    pair,
    direction: rule.direction,
    createInDesk: rule.createInDesk,
    createInSalesforce: rule.createInSalesforce,
    updateInDesk: rule.updateInDesk,
    updateInSalesforce: rule.updateInSalesforce,
    salesforceCondition: shorten(salesforceCondition, CONDITION),
    deskCondition: shorten(deskCondition, CONDITION),
    recordType: rule.recordType,
    conflictRule: conflict,
    onDelete: rule.onDelete,
  };
}

/** `standard`: it comes with Desk Connect, and nobody has changed it. `owner`: who is kept in a conflict of this field. */
function mappingOf({ mapping, kind }: HeldMapping, { conflict }: Rule) {
  const { pair, salesforce, desk, direction, owner, display } = mapping;
  return {
    pair,
    salesforceField: shorten(salesforce, NAME),
    deskField: shorten(desk, NAME),
    direction,
    owner: owner ?? conflict,
    display,
    standard: kind === 'standard',
  };
}

function problemsOf(problems: readonly ConfigProblem[]): string[] {
  const told = problems.slice(0, PROBLEMS).map((problem) => shorten(problemText(problem), PROBLEM));
  const more = problems.length - told.length;
  return more > 0 ? [...told, `And ${more} more.`] : told;
}
