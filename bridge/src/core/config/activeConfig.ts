import type { DeskRecord } from '../../ports/helpDesk.ts';
import type { FieldMap } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { configMark, DEFAULT_CONFIG, DEFAULT_RULE, type Rule } from './syncConfig.ts';

/** What an admin has set for one kind of pair, ready to be decided by. */
export type ActivePair = {
  readonly rule: Rule;
  /** Fields that cross, and those that are only watched because a condition names them. */
  readonly maps: readonly FieldMap[];
  /** SOQL as behind WHERE; null: every record goes to Desk. */
  readonly salesforceCondition: string | null;
  /** Whether a record of Desk meets the condition of its side. */
  readonly deskMatches: (record: DeskRecord) => boolean;
  /** Of records that are made in Salesforce; null: the user's default. */
  readonly recordTypeId: string | null;
};

/** A config that was checked against both sides. It never changes: another one takes its place as a whole. */
export type ActiveConfig = {
  /** Off: what changes is kept in mind, and nothing is written to either side. */
  readonly enabled: boolean;
  /** Another mark is another config. */
  readonly mark: string;
  readonly pairs: Readonly<Record<PairKind, ActivePair>>;
};

const standardPair = (maps: readonly FieldMap[]): ActivePair => ({
  rule: DEFAULT_RULE,
  maps,
  salesforceCondition: null,
  deskMatches: () => true,
  recordTypeId: null,
});

/** What holds where an admin has set nothing. */
export function standardConfig({ maps }: Vocabulary): ActiveConfig {
  return {
    enabled: true,
    mark: configMark(DEFAULT_CONFIG),
    pairs: {
      company: standardPair(maps.company),
      customer: standardPair(maps.customer),
      case: standardPair(maps.case),
    },
  };
}
