import type { DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceFields, SalesforceRecord } from '../ports/org.ts';
import type { ConflictRule } from './config/syncConfig.ts';
import { allowedBy, type Allowed } from './selection.ts';
import { salesforceValue, type DeskDraft, type FieldMap } from './fieldMap.ts';
import type { PairKind } from './pair.ts';
import { timeOf } from './timeOf.ts';
import type { Base, Value } from './values.ts';

export type SideName = 'salesforce' | 'desk';

/**
 * The id of a parent's counterpart on the other side; undefined while that parent has none, null where it will
 * get none before somebody does something about it.
 */
export type Counterpart = (pair: PairKind, side: SideName, id: string) => string | undefined | null;

export type Parent = { readonly pair: PairKind; readonly side: SideName; readonly id: string };
/** A field that both sides changed, and which side's value was kept. */
export type Conflict = {
  readonly field: string;
  readonly winner: SideName;
  readonly kept: Value;
  readonly lost: Value;
};
/** A field whose value could not be said on the other side, and why. */
export type NotCarried = { readonly field: string; readonly reason: string };
/** A field that is written on one side, and what each side holds once it is. */
export type WrittenField = {
  readonly field: string;
  readonly to: SideName;
  readonly salesforce: Value;
  readonly desk: Value;
};

/** What a merge goes by, besides the two records. */
export type MergeRule = {
  /** Which way the pair's rule lets changes cross. */
  readonly allowed: Allowed;
  readonly conflict: ConflictRule;
};

export type Merge = {
  readonly toSalesforce: SalesforceFields;
  readonly toDesk: DeskDraft;
  /** Both ways, field by field. */
  readonly written: readonly WrittenField[];
  /** Fields that changed on both sides to different values. */
  readonly conflicts: readonly Conflict[];
  /** Fields that changed and that the other side cannot have. */
  readonly notCarried: readonly NotCarried[];
  /** Parents whose counterpart must be made before the rest can cross. */
  readonly awaits: readonly Parent[];
  /** Fields that differ and cannot cross yet, for want of their parent. */
  readonly pending: readonly string[];
  /** Fields that differ and may not cross this way: they stay as they are on either side. */
  readonly held: readonly string[];
};

type Crossing =
  | { readonly known: true; readonly value: Value }
  /** `stuck`: the parent gets no counterpart by itself, and the record goes without it. */
  | { readonly known: false; readonly parent: Parent; readonly stuck: boolean };

function cross(
  map: FieldMap,
  from: SideName,
  value: Value,
  current: Value,
  counterpart: Counterpart,
): Crossing {
  if (!map.relation || value === null) {
    return { known: true, value: from === 'desk' ? map.toSalesforce(value) : map.toDesk(value, current) };
  }
  const id = counterpart(map.relation, from, String(value));
  if (typeof id === 'string') return { known: true, value: id };
  const parent = { pair: map.relation, side: from, id: String(value) };
  return { known: false, parent, stuck: id === null && map.optional === true };
}

type Verdict =
  | { readonly winner: SideName; readonly conflict: boolean }
  /** `held`: something changed that may not cross. */
  | { readonly winner: null; readonly held: boolean };

/** Which way a field may cross, by its own direction and by the rule of its pair. */
function allowedFor(map: FieldMap, { allowed }: MergeRule): Allowed {
  const own = allowedBy(map.direction);
  return {
    toSalesforce: own.toSalesforce && allowed.toSalesforce,
    toDesk: own.toDesk && allowed.toDesk,
  };
}

/** Who wins where both sides have something to say. */
function keptSide(conflict: ConflictRule, salesforce: SalesforceRecord, desk: DeskRecord): SideName {
  if (conflict !== 'newest') return conflict;
  // Desk's times have whole seconds: within one, Salesforce's value is kept as ever.
  const inDesk = Date.parse(desk.updatedAt);
  const inSalesforce = timeOf(salesforce.SystemModstamp);
  return inDesk > inSalesforce ? 'desk' : 'salesforce';
}

type Contest = {
  readonly name: string;
  readonly salesforce: Value;
  readonly desk: Value;
  readonly base: Base | null;
  readonly allowed: Allowed;
  /** Who wins a conflict. */
  readonly kept: SideName;
};

function verdictOf({ name, salesforce, desk, base, allowed, kept }: Contest): Verdict {
  const baseSalesforce = base?.salesforce[name];
  const baseDesk = base?.desk[name];
  const isNew = baseSalesforce === undefined || baseDesk === undefined;
  // Never compared before: whoever has a value says it, as if it had just been entered.
  const mine = isNew ? salesforce !== null : salesforce !== baseSalesforce;
  const theirs = isNew ? desk !== null : desk !== baseDesk;
  const crosses = { salesforce: mine && allowed.toDesk, desk: theirs && allowed.toSalesforce };
  if (crosses.salesforce && crosses.desk) return { winner: kept, conflict: true };
  // What cannot cross against it is overwritten all the same: that way goes from one side alone.
  if (crosses.salesforce) return { winner: 'salesforce', conflict: theirs };
  if (crosses.desk) return { winner: 'desk', conflict: mine };
  return { winner: null, held: mine || theirs };
}

/** The three-way merge of one linked pair, field by field. Pure; writes nothing that is equal already. */
export function mergeFields(
  maps: readonly FieldMap[],
  base: Base | null,
  salesforce: SalesforceRecord,
  desk: DeskRecord,
  counterpart: Counterpart,
  rule: MergeRule,
): Merge {
  const toSalesforce: Record<string, Value> = {};
  const toDesk: DeskDraft = {};
  const written: WrittenField[] = [];
  const conflicts: Conflict[] = [];
  const notCarried: NotCarried[] = [];
  const awaits: Parent[] = [];
  const pending: string[] = [];
  const held: string[] = [];
  for (const map of maps) {
    if (map.createOnly || map.watched) continue;
    if (map.absentIn?.(salesforce) === true) {
      const said = map.deskValue(desk);
      if (said !== null && said !== base?.desk[map.name])
        notCarried.push({ field: map.name, reason: 'a person account has no company' });
      continue;
    }
    const mine = salesforceValue(map, salesforce);
    const theirs = map.deskValue(desk);
    const mineAcross = cross(map, 'salesforce', mine, theirs, counterpart);
    const theirsAcross = cross(map, 'desk', theirs, mine, counterpart);
    const refused = {
      salesforce: map.refuses?.(mine, 'salesforce') ?? null,
      desk: map.refuses?.(theirs, 'desk') ?? null,
    };
    if (refused.salesforce === null && mineAcross.known && mineAcross.value === theirs) continue;
    if (refused.desk === null && theirsAcross.known && theirsAcross.value === mine) continue;
    const kept = keptSide(map.owner ?? rule.conflict, salesforce, desk);
    const allowed = allowedFor(map, rule);
    const verdict = verdictOf({ name: map.name, salesforce: mine, desk: theirs, base, allowed, kept });
    if (verdict.winner === null) {
      if (verdict.held) held.push(map.name);
      continue;
    }
    const { winner, conflict } = verdict;
    const reason = refused[winner];
    if (reason !== null) {
      notCarried.push({ field: map.name, reason });
      continue;
    }
    const crossing = winner === 'salesforce' ? mineAcross : theirsAcross;
    if (!crossing.known) {
      pending.push(map.name);
      if (!crossing.stuck) awaits.push(crossing.parent);
      continue;
    }
    if (conflict) {
      const [won, lost] = winner === 'salesforce' ? [mine, theirs] : [theirs, mine];
      conflicts.push({ field: map.name, winner, kept: won, lost });
    }
    const field = map.name;
    if (winner === 'salesforce') {
      map.write(toDesk, crossing.value, desk);
      written.push({ field, to: 'desk', salesforce: mine, desk: crossing.value });
    } else {
      toSalesforce[map.salesforce] = crossing.value;
      written.push({ field, to: 'salesforce', salesforce: crossing.value, desk: theirs });
    }
  }
  return { toSalesforce, toDesk, written, conflicts, notCarried, awaits, pending, held };
}

/** What of a new record cannot go along: what waits for a parent, and what the other side cannot have. */
type LeftOut = {
  readonly awaits: readonly Parent[];
  readonly pending: readonly string[];
  readonly notCarried: readonly NotCarried[];
  /** What goes along, as both sides hold it then. */
  readonly base: Base;
};

/** The fields of a record to be made in Salesforce from one of Desk. */
export function newInSalesforce(
  maps: readonly FieldMap[],
  desk: DeskRecord,
  counterpart: Counterpart,
): LeftOut & { readonly fields: SalesforceFields } {
  const fields: Record<string, Value> = {};
  const base = { salesforce: {} as Record<string, Value>, desk: {} as Record<string, Value> };
  const left = { awaits: [] as Parent[], pending: [] as string[], notCarried: [] as NotCarried[] };
  for (const map of maps) {
    if (map.watched || !allowedBy(map.direction).toSalesforce) continue;
    const own = map.deskValue(desk);
    const value = carried(map, 'desk', own, counterpart, left);
    if (value === null) continue;
    fields[map.salesforce] = value;
    base.salesforce[map.name] = value;
    base.desk[map.name] = own;
  }
  return { fields, base, ...left };
}

/** The draft of a record to be made in Desk from one of Salesforce. */
export function newInDesk(
  maps: readonly FieldMap[],
  salesforce: SalesforceRecord,
  counterpart: Counterpart,
): LeftOut & { readonly draft: DeskDraft } {
  const draft: DeskDraft = {};
  const base = { salesforce: {} as Record<string, Value>, desk: {} as Record<string, Value> };
  const left = { awaits: [] as Parent[], pending: [] as string[], notCarried: [] as NotCarried[] };
  for (const map of maps) {
    if (map.watched || !allowedBy(map.direction).toDesk) continue;
    const own = salesforceValue(map, salesforce);
    const value = carried(map, 'salesforce', own, counterpart, left);
    if (value === null) continue;
    map.write(draft, value, null);
    base.salesforce[map.name] = own;
    base.desk[map.name] = value;
  }
  return { draft, base, ...left };
}

/** The value that a new record gets; null where there is none, or where `left` says why not. */
function carried(
  map: FieldMap,
  from: SideName,
  value: Value,
  counterpart: Counterpart,
  left: { awaits: Parent[]; pending: string[]; notCarried: NotCarried[] },
): Value {
  const reason = map.refuses?.(value, from) ?? null;
  if (reason !== null) {
    left.notCarried.push({ field: map.name, reason });
    return null;
  }
  const crossing = cross(map, from, value, null, counterpart);
  if (crossing.known) return crossing.value;
  if (crossing.stuck) left.pending.push(map.name);
  else left.awaits.push(crossing.parent);
  return null;
}
