import type { DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceFields, SalesforceRecord } from '../ports/org.ts';
import type { DeskDraft, FieldMap } from './fieldMap.ts';
import {
  mergeFields,
  newInDesk,
  newInSalesforce,
  type Conflict,
  type Counterpart,
  type Parent,
} from './mergeFields.ts';
import type { PairKind } from './pair.ts';
import { isPerson } from './personAccounts.ts';
import type { Base } from './values.ts';

/** A record of the other side that may be the same as ours, and whether a link holds it already. */
export type Candidate = {
  readonly id: string;
  readonly linked: boolean;
  readonly by: string;
  /** Other free records of our own side that it matches as well. */
  readonly rivals?: readonly string[];
};

/** Everything that a decision rests on. A side is null when its record does not exist (any more). */
export type Situation = {
  readonly pair: PairKind;
  readonly maps: readonly FieldMap[];
  readonly linked: boolean;
  readonly base: Base | null;
  readonly salesforce: SalesforceRecord | null;
  readonly desk: DeskRecord | null;
  /** Only asked where there is no link: what the other side has that matches. */
  readonly candidates: readonly Candidate[];
  readonly counterpart: Counterpart;
  /** The record that ours in Salesforce was merged into, and whether that one has a link of its own. */
  readonly mergedInto?: { readonly id: string; readonly linked: boolean } | null;
};

/** What differs and cannot cross yet, and the parents that are to be made for it; the others wait for somebody. */
type Pending = { readonly pending: readonly string[]; readonly awaits: readonly Parent[] };

/** What to do about a pair, and the name of the rule that said so. */
export type Decision =
  | ({ readonly do: 'nothing'; readonly rule: 'equal' | 'withoutParent' } & Pending)
  | ({
      readonly do: 'update';
      readonly rule: 'changed' | 'deskClosed' | 'personAccount';
      readonly toSalesforce: SalesforceFields;
      readonly toDesk: DeskDraft;
      /** Names of the fields that go to Desk. */
      readonly deskFields: readonly string[];
      readonly conflicts: readonly Conflict[];
      /** Names of fields that could not cross, for the log and the link. */
      readonly notCarried: readonly string[];
    } & Pending)
  | ({
      readonly do: 'createInSalesforce';
      readonly rule: 'newInDesk';
      readonly fields: SalesforceFields;
    } & Pick<Pending, 'pending'>)
  | ({
      readonly do: 'createInDesk';
      readonly rule: 'newInSalesforce';
      readonly draft: DeskDraft;
    } & Pick<Pending, 'pending'>)
  | { readonly do: 'link'; readonly rule: string; readonly otherId: string }
  | { readonly do: 'await'; readonly rule: 'parentFirst'; readonly parents: readonly Parent[] }
  | { readonly do: 'park'; readonly rule: 'ambiguous' | 'taken' | 'noCustomer'; readonly message: string }
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
    }
  | { readonly do: 'forget'; readonly rule: 'neverLinked' | 'personAccount' };

/** Decides what brings a pair in step. Pure and total; applying it may fail, deciding cannot. */
export function decide(situation: Situation): Decision {
  const { salesforce, desk } = situation;
  if (situation.pair === 'company' && salesforce && isPerson(salesforce)) {
    return situation.linked
      ? { do: 'unlink', rule: 'becamePerson' }
      : { do: 'forget', rule: 'personAccount' };
  }
  if (situation.linked) {
    if (salesforce && desk) return decideUpdate(situation, salesforce, desk);
    if (salesforce) return { do: 'unlink', rule: 'goneInDesk' };
    return decideGone(situation);
  }
  if (!salesforce && !desk) return { do: 'forget', rule: 'neverLinked' };
  const matched = decideMatch(situation.candidates);
  if (matched) return matched;
  if (desk) {
    const { fields, awaits, pending } = newInSalesforce(situation.maps, desk, situation.counterpart);
    if (awaits.length > 0) return { do: 'await', rule: 'parentFirst', parents: awaits };
    return { do: 'createInSalesforce', rule: 'newInDesk', fields, pending };
  }
  return salesforce ? decideNewInDesk(situation, salesforce) : { do: 'forget', rule: 'neverLinked' };
}

function decideGone({ desk, mergedInto }: Situation): Decision {
  if (!desk) return { do: 'unlink', rule: 'goneInBoth' };
  if (!mergedInto) return { do: 'unlink', rule: 'goneInSalesforce' };
  return mergedInto.linked
    ? { do: 'unlink', rule: 'mergedIntoLinked' }
    : { do: 'move', rule: 'mergedInSalesforce', survivorId: mergedInto.id };
}

function decideMatch(candidates: readonly Candidate[]): Decision | null {
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
  const { draft, awaits, pending } = newInDesk(situation.maps, salesforce, situation.counterpart);
  if (awaits.length > 0) return { do: 'await', rule: 'parentFirst', parents: awaits };
  if (situation.pair === 'case' && !draft.customerId) {
    return {
      do: 'park',
      rule: 'noCustomer',
      message: 'The case has no contact, and Desk keeps no case without a customer. Set its contact.',
    };
  }
  return { do: 'createInDesk', rule: 'newInSalesforce', draft, pending };
}

function decideUpdate(situation: Situation, salesforce: SalesforceRecord, desk: DeskRecord): Decision {
  const merge = mergeFields(situation.maps, situation.base, salesforce, desk, situation.counterpart);
  const toDeskNames = Object.keys(merge.toDesk);
  const writesSalesforce = Object.keys(merge.toSalesforce).length > 0;
  if (!writesSalesforce && toDeskNames.length === 0 && merge.notCarried.length === 0) {
    const { pending, awaits } = merge;
    if (awaits.length > 0) return { do: 'await', rule: 'parentFirst', parents: awaits };
    return { do: 'nothing', rule: pending.length > 0 ? 'withoutParent' : 'equal', pending, awaits };
  }
  // A closed case is read-only in Desk for good: what changed in Salesforce stays there, and that is said.
  const closed = desk.pair === 'case' && desk.status === 'closed' && toDeskNames.length > 0;
  return {
    do: 'update',
    rule: closed ? 'deskClosed' : merge.notCarried.length > 0 ? 'personAccount' : 'changed',
    toSalesforce: merge.toSalesforce,
    toDesk: closed ? {} : merge.toDesk,
    deskFields: closed ? [] : merge.deskFields,
    conflicts: merge.conflicts,
    notCarried: closed ? merge.deskFields : merge.notCarried,
    pending: merge.pending,
    awaits: merge.awaits,
  };
}
