import type { DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceFields, SalesforceRecord } from '../ports/org.ts';
import { salesforceValue, type DeskDraft, type FieldMap } from './fieldMap.ts';
import type { PairKind } from './pair.ts';
import type { Base, Value } from './values.ts';

export type SideName = 'salesforce' | 'desk';

/**
 * The id of a parent's counterpart on the other side; undefined while that parent has none, null where it will
 * get none before somebody does something about it.
 */
export type Counterpart = (pair: PairKind, side: SideName, id: string) => string | undefined | null;

export type Parent = { readonly pair: PairKind; readonly side: SideName; readonly id: string };
export type Conflict = { readonly field: string; readonly kept: Value; readonly lost: Value };

export type Merge = {
  readonly toSalesforce: SalesforceFields;
  readonly toDesk: DeskDraft;
  /** Names of the fields that go to Desk. */
  readonly deskFields: readonly string[];
  /** Fields that changed on both sides to different values; Salesforce's was kept. */
  readonly conflicts: readonly Conflict[];
  /** Names of fields that changed in Desk and that this record of Salesforce cannot have. */
  readonly notCarried: readonly string[];
  /** Parents whose counterpart must be made before the rest can cross. */
  readonly awaits: readonly Parent[];
  /** Fields that differ and cannot cross yet, for want of their parent. */
  readonly pending: readonly string[];
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

type Winner = 'salesforce' | 'desk' | 'none';

function winnerOf(
  name: string,
  salesforce: Value,
  desk: Value,
  base: Base | null,
): { winner: Winner; conflict: boolean } {
  const baseSalesforce = base?.salesforce[name];
  const baseDesk = base?.desk[name];
  if (baseSalesforce === undefined || baseDesk === undefined) {
    // Never compared before: an empty side takes the other's value, and of two values Salesforce's is kept.
    if (salesforce === null) return { winner: 'desk', conflict: false };
    return { winner: 'salesforce', conflict: desk !== null };
  }
  const salesforceChanged = salesforce !== baseSalesforce;
  const deskChanged = desk !== baseDesk;
  if (salesforceChanged) return { winner: 'salesforce', conflict: deskChanged };
  return { winner: deskChanged ? 'desk' : 'none', conflict: false };
}

/** The three-way merge of one linked pair, field by field. Pure; writes nothing that is equal already. */
export function mergeFields(
  maps: readonly FieldMap[],
  base: Base | null,
  salesforce: SalesforceRecord,
  desk: DeskRecord,
  counterpart: Counterpart,
): Merge {
  const toSalesforce: Record<string, Value> = {};
  const toDesk: DeskDraft = {};
  const deskFields: string[] = [];
  const conflicts: Conflict[] = [];
  const notCarried: string[] = [];
  const awaits: Parent[] = [];
  const pending: string[] = [];
  for (const map of maps) {
    if (map.createOnly) continue;
    if (map.absentIn?.(salesforce) === true) {
      const said = map.deskValue(desk);
      if (said !== null && said !== base?.desk[map.name]) notCarried.push(map.name);
      continue;
    }
    const mine = salesforceValue(map, salesforce);
    const theirs = map.deskValue(desk);
    const mineAcross = cross(map, 'salesforce', mine, theirs, counterpart);
    const theirsAcross = cross(map, 'desk', theirs, mine, counterpart);
    if (mineAcross.known && mineAcross.value === theirs) continue;
    if (theirsAcross.known && theirsAcross.value === mine) continue;
    const { winner, conflict } = winnerOf(map.name, mine, theirs, base);
    if (winner === 'none') continue;
    const crossing = winner === 'salesforce' ? mineAcross : theirsAcross;
    if (!crossing.known) {
      pending.push(map.name);
      if (!crossing.stuck) awaits.push(crossing.parent);
      continue;
    }
    if (conflict) conflicts.push({ field: map.name, kept: mine, lost: theirs });
    if (winner === 'salesforce') {
      map.write(toDesk, crossing.value, desk);
      deskFields.push(map.name);
    } else toSalesforce[map.salesforce] = crossing.value;
  }
  return { toSalesforce, toDesk, deskFields, conflicts, notCarried, awaits, pending };
}

/** The fields of a record to be made in Salesforce from one of Desk. */
export function newInSalesforce(
  maps: readonly FieldMap[],
  desk: DeskRecord,
  counterpart: Counterpart,
): { fields: SalesforceFields; awaits: readonly Parent[]; pending: readonly string[] } {
  const fields: Record<string, Value> = {};
  const awaits: Parent[] = [];
  const pending: string[] = [];
  for (const map of maps) {
    const crossing = cross(map, 'desk', map.deskValue(desk), null, counterpart);
    if (crossing.known) {
      if (crossing.value !== null) fields[map.salesforce] = crossing.value;
    } else if (crossing.stuck) pending.push(map.name);
    else awaits.push(crossing.parent);
  }
  return { fields, awaits, pending };
}

/** The draft of a record to be made in Desk from one of Salesforce. */
export function newInDesk(
  maps: readonly FieldMap[],
  salesforce: SalesforceRecord,
  counterpart: Counterpart,
): { draft: DeskDraft; awaits: readonly Parent[]; pending: readonly string[] } {
  const draft: DeskDraft = {};
  const awaits: Parent[] = [];
  const pending: string[] = [];
  for (const map of maps) {
    const crossing = cross(map, 'salesforce', salesforceValue(map, salesforce), null, counterpart);
    if (crossing.known) {
      if (crossing.value !== null) map.write(draft, crossing.value, null);
    } else if (crossing.stuck) pending.push(map.name);
    else awaits.push(crossing.parent);
  }
  return { draft, awaits, pending };
}
