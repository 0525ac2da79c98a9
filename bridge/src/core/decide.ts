import type { DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceFields, SalesforceRecord } from '../ports/org.ts';
import type { DeskDraft, FieldMap } from './fieldMap.ts';
import {
  mergeFields,
  newInDesk,
  newInSalesforce,
  type Conflict,
  type Counterpart,
  type NotCarried,
  type Parent,
  type SideName,
  type WrittenField,
} from './mergeFields.ts';
import type { Rule } from './config/syncConfig.ts';
import type { PairKind } from './pair.ts';
import {
  allowedBy,
  exclusionText,
  mayCreate,
  mayUpdate,
  whyAloneExcluded,
  whyLinkedExcluded,
  type Exclusion,
  type Included,
} from './selection.ts';
import { isPerson } from './personAccounts.ts';
import type { Base } from './values.ts';

/** A record of the other side that may be the same as ours, and whether a link holds it already. */
export type Candidate = {
  readonly id: string;
  readonly linked: boolean;
  readonly by: string;
  /** Ours was made of it, and somebody has deleted it since. */
  readonly deleted?: true;
  /** Other free records of our own side that it matches as well. */
  readonly rivals?: readonly string[];
};

/** Everything that a decision rests on. A side is null when its record does not exist (any more). */
export type Situation = {
  readonly pair: PairKind;
  readonly maps: readonly FieldMap[];
  /** What the admin has set for this kind of pair. */
  readonly rule: Rule;
  readonly included: Included;
  readonly linked: boolean;
  readonly base: Base | null;
  readonly salesforce: SalesforceRecord | null;
  readonly desk: DeskRecord | null;
  /** Only asked where there is no link: what the other side has that matches. */
  readonly candidates: readonly Candidate[];
  readonly counterpart: Counterpart;
  /** The record that ours in Salesforce was merged into, and whether that one has a link of its own. */
  readonly mergedInto?: { readonly id: string; readonly linked: boolean } | null;
  /** Records that were merged into ours in Salesforce, and have a counterpart to hand on. */
  readonly tookIn?: readonly string[];
};

/**
 * What differs and cannot cross yet, and the parents that are to be made for it; the others wait for somebody. What is
 * held may not cross at all under the rule.
 */
type Pending = {
  readonly pending: readonly string[];
  readonly awaits: readonly Parent[];
  readonly held: readonly string[];
};
/** What a new record goes without. */
type Without = {
  readonly pending: readonly string[];
  readonly notCarried: readonly NotCarried[];
  /** What goes along, as both sides hold it then. */
  readonly base: Base;
};

/** What to do about a pair, and the name of the rule that said so. */
export type Decision =
  | ({ readonly do: 'nothing'; readonly rule: 'equal' | 'withoutParent' } & Pending)
  | ({
      readonly do: 'update';
      readonly rule: 'changed' | 'deskClosed' | 'notCarried';
      readonly toSalesforce: SalesforceFields;
      readonly toDesk: DeskDraft;
      /** Both ways, field by field. */
      readonly written: readonly WrittenField[];
      readonly conflicts: readonly Conflict[];
      /** Fields that could not cross, for the log and the link. */
      readonly notCarried: readonly NotCarried[];
    } & Pending)
  | ({
      readonly do: 'createInSalesforce';
      readonly rule: 'newInDesk';
      readonly fields: SalesforceFields;
    } & Without)
  | ({
      readonly do: 'createInDesk';
      readonly rule: 'newInSalesforce';
      readonly draft: DeskDraft;
    } & Without)
  | { readonly do: 'link'; readonly rule: string; readonly otherId: string }
  | { readonly do: 'await'; readonly rule: 'parentFirst'; readonly parents: readonly Parent[] }
  | {
      readonly do: 'park';
      readonly rule: 'ambiguous' | 'taken' | 'noCustomer' | 'madeOfDeleted';
      readonly message: string;
    }
  /** The rule of the pair leaves it out: nothing crosses, and what changes meanwhile is kept in mind. */
  | { readonly do: 'exclude'; readonly rule: Exclusion; readonly message: string }
  /** Records with a counterpart were merged into this one: theirs becomes its own, and none is made. */
  | { readonly do: 'inherit'; readonly rule: 'tookInLinked'; readonly from: readonly string[] }
  /** The record in Salesforce was merged into another, which takes its place. */
  | { readonly do: 'move'; readonly rule: 'mergedInSalesforce'; readonly survivorId: string }
  | {
      readonly do: 'unlink';
      readonly rule:
        | 'goneInSalesforce'
        | 'goneInDesk'
        | 'goneInBoth'
        | 'mergedIntoLinked'
        /** A person is a customer, and no company. */
        | 'becamePerson';
      /** The side whose record goes as well, where the rule of the pair says so. */
      readonly deletes: SideName | null;
    }
  | { readonly do: 'forget'; readonly rule: 'neverLinked' | 'personAccount' };

/** Decides what brings a pair in step. Pure and total; applying it may fail, deciding cannot. */
export function decide(situation: Situation): Decision {
  const { salesforce, desk } = situation;
  if (situation.pair === 'company' && salesforce && isPerson(salesforce)) {
    return situation.linked
      ? { do: 'unlink', rule: 'becamePerson', deletes: null }
      : { do: 'forget', rule: 'personAccount' };
  }
  if (situation.linked) {
    if (salesforce && desk) {
      const why = whyLinkedExcluded(situation.rule, situation.included);
      return why ? exclude(why) : decideUpdate(situation, salesforce, desk);
    }
    if (salesforce) return { do: 'unlink', rule: 'goneInDesk', deletes: deletes(situation, 'salesforce') };
    return decideGone(situation);
  }
  if (!salesforce && !desk) return { do: 'forget', rule: 'neverLinked' };
  const side = desk ? 'desk' : 'salesforce';
  const why = whyAloneExcluded(situation.rule, situation.included, side);
  if (why) return exclude(why);
  const from = situation.tookIn ?? [];
  if (from.length > 0) return { do: 'inherit', rule: 'tookInLinked', from };
  const matched = decideMatch(situation.candidates);
  if (matched) return matched;
  if (!mayCreate(situation.rule, side)) return exclude('createOff');
  if (desk) {
    const { awaits, ...made } = newInSalesforce(situation.maps, desk, situation.counterpart);
    if (awaits.length > 0) return { do: 'await', rule: 'parentFirst', parents: awaits };
    return { do: 'createInSalesforce', rule: 'newInDesk', ...made };
  }
  return salesforce ? decideNewInDesk(situation, salesforce) : { do: 'forget', rule: 'neverLinked' };
}

const exclude = (rule: Exclusion): Decision => ({ do: 'exclude', rule, message: exclusionText(rule) });

/** Only cases: a customer or company of Desk that is gone may have been merged, which says nothing of deleting. */
function deletes({ pair, rule }: Situation, side: SideName): SideName | null {
  const allowed = allowedBy(rule.direction);
  const crosses = side === 'desk' ? allowed.toDesk : allowed.toSalesforce;
  return pair === 'case' && rule.onDelete === 'delete' && crosses ? side : null;
}

function decideGone(situation: Situation): Decision {
  const { desk, mergedInto } = situation;
  if (!desk) return { do: 'unlink', rule: 'goneInBoth', deletes: null };
  if (!mergedInto) return { do: 'unlink', rule: 'goneInSalesforce', deletes: deletes(situation, 'desk') };
  return mergedInto.linked
    ? { do: 'unlink', rule: 'mergedIntoLinked', deletes: null }
    : { do: 'move', rule: 'mergedInSalesforce', survivorId: mergedInto.id };
}

function decideMatch(candidates: readonly Candidate[]): Decision | null {
  const deleted = candidates.find((candidate) => candidate.deleted);
  if (deleted) {
    return {
      do: 'park',
      rule: 'madeOfDeleted',
      message: `It was made of ${deleted.id}, which was deleted in Salesforce meanwhile. Restore that one, or link another.`,
    };
  }
  const free = candidates.filter((candidate) => !candidate.linked);
  const [only] = free;
  const rivals = only?.rivals ?? [];
  if (only && free.length === 1 && rivals.length === 0)
    return { do: 'link', rule: `matchedBy ${only.by}`, otherId: only.id };
  if (free.length > 1) return ambiguous(`${free.length} records match: ${listed(free)}.`);
  if (only) return ambiguous(`${only.id} matches, and ${rivals.join(', ')} as well as this record.`);
  const [taken] = candidates;
  if (!taken) return null;
  return {
    do: 'park',
    rule: 'taken',
    message: `${taken.id} has the same ${taken.by} and is linked to another record. Merge the two, or change one of them.`,
  };
}

const listed = (candidates: readonly Candidate[]) => candidates.map(({ id }) => id).join(', ');
const ambiguous = (what: string): Decision => ({
  do: 'park',
  rule: 'ambiguous',
  message: `${what} Link the right one, or merge them.`,
});

function decideNewInDesk(situation: Situation, salesforce: SalesforceRecord): Decision {
  const { awaits, ...made } = newInDesk(situation.maps, salesforce, situation.counterpart);
  if (awaits.length > 0) return { do: 'await', rule: 'parentFirst', parents: awaits };
  if (situation.pair === 'case' && !made.draft.customerId) {
    return {
      do: 'park',
      rule: 'noCustomer',
      message: 'The case has no contact, and Desk keeps no case without a customer. Set its contact.',
    };
  }
  return { do: 'createInDesk', rule: 'newInSalesforce', ...made };
}

const CLOSED = 'the case is closed in Desk';

function decideUpdate(situation: Situation, salesforce: SalesforceRecord, desk: DeskRecord): Decision {
  const { maps, base, counterpart, rule, included } = situation;
  const merge = mergeFields(maps, base, salesforce, desk, counterpart, {
    allowed: mayUpdate(rule, included),
    conflict: rule.conflict,
  });
  const { pending, awaits, held } = merge;
  const toDeskNames = Object.keys(merge.toDesk);
  const writesSalesforce = Object.keys(merge.toSalesforce).length > 0;
  if (!writesSalesforce && toDeskNames.length === 0 && merge.notCarried.length === 0) {
    if (awaits.length > 0) return { do: 'await', rule: 'parentFirst', parents: awaits };
    return { do: 'nothing', rule: pending.length > 0 ? 'withoutParent' : 'equal', pending, awaits, held };
  }
  // A closed case is read-only in Desk for good: what changed in Salesforce stays there, and that is said.
  const closed = toDeskNames.length > 0 && maps.some((map) => map.locks?.(map.deskValue(desk)) === true);
  const goesToDesk = merge.written.filter(({ to }) => to === 'desk');
  const stays = closed ? goesToDesk.map(({ field }) => ({ field, reason: CLOSED })) : [];
  return {
    do: 'update',
    rule: closed ? 'deskClosed' : merge.notCarried.length > 0 ? 'notCarried' : 'changed',
    toSalesforce: merge.toSalesforce,
    toDesk: closed ? {} : merge.toDesk,
    written: closed ? merge.written.filter(({ to }) => to === 'salesforce') : merge.written,
    conflicts: merge.conflicts,
    notCarried: [...merge.notCarried, ...stays],
    pending,
    awaits,
    held,
  };
}
