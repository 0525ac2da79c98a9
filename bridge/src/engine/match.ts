import type { Candidate } from '../core/decide.ts';
import { OBJECT_OF, type PairKind } from '../core/pair.ts';
import { primaryEmail } from '../core/primaryEmail.ts';
import type { DeskQuery, DeskRecord } from '../ports/helpDesk.ts';
import type { OrgQuery, SalesforceRecord } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';
import { followMerges } from './findSurvivors.ts';

type Sides = {
  readonly pair?: Pair;
  readonly salesforce: SalesforceRecord | null;
  readonly desk: DeskRecord | null;
};
type Found = { readonly ids: readonly string[]; readonly by: string; readonly deleted?: true };
const EXTERNAL_ID = 'external id';
const NONE: Found = { ids: [], by: '' };

/** What records of a kind are matched by, in Salesforce's terms; cases are found by their ids alone. */
const MATCHED_BY = {
  company: { object: 'Account', by: 'Name' },
  customer: { object: 'Contact', by: 'Email' },
  case: { object: 'Contact', by: 'Email' },
} as const satisfies Record<PairKind, Pick<OrgQuery, 'object' | 'by'>>;

/**
 * What the other side has that may be the same record, for records of one kind without a link, in their
 * order: by our id on it first, then by e-mail or name. Salesforce is asked for all of them at once.
 */
export async function findCandidates(
  engine: Engine,
  pair: PairKind,
  halves: readonly Sides[],
): Promise<Candidate[][]> {
  const fromDesk = halves.map(({ desk }) => desk).filter((desk) => desk !== null);
  const inSalesforce = await findInSalesforce(engine, pair, fromDesk);
  const candidates: Candidate[][] = [];
  for (const { salesforce, desk, pair: half } of halves) {
    if (desk) candidates.push(await marked(engine, pair, 'salesforce', inSalesforce(desk)));
    else if (salesforce) {
      const found = await findInDesk(engine, deskQueries(pair, salesforce, half));
      candidates.push(await marked(engine, pair, 'desk', found));
    } else candidates.push([]);
  }
  return withRivals(engine, pair, halves, candidates);
}

/** A record of Desk that several of Salesforce match is none's before somebody says whose. */
async function withRivals(
  engine: Engine,
  pair: PairKind,
  halves: readonly Sides[],
  candidates: readonly Candidate[][],
): Promise<Candidate[][]> {
  const valueOf = ({ salesforce, desk }: Sides, index: number) =>
    desk === null && salesforce && (candidates[index] ?? []).length > 0
      ? matchedInSalesforce(pair, salesforce)
      : null;
  const values = halves.map(valueOf);
  const asked = values.filter((value) => value !== null);
  if (asked.length === 0) return [...candidates];
  const sameValue = await engine.org.find({ ...MATCHED_BY[pair], values: asked });
  const linked = await engine.store.counterparts(pair, 'salesforce', [...sameValue.values()].flat());
  return candidates.map((found, index) => {
    const self = halves[index]?.salesforce?.Id;
    const others = sameValue.get(values[index]?.toLowerCase() ?? '') ?? [];
    const rivals = others.filter((id) => id !== self && !linked.has(id));
    return rivals.length === 0 ? found : found.map((candidate) => ({ ...candidate, rivals }));
  });
}

/** What Salesforce has that may be the same as records of Desk, asked for all of them at once. */
export async function findInSalesforce(
  engine: Engine,
  pair: PairKind,
  records: readonly DeskRecord[],
): Promise<(desk: DeskRecord) => Found> {
  const madeFrom = await idsMadeFrom(engine, pair, records);
  const ids = records.map((desk) => madeFrom(desk).id).filter((id) => id !== null);
  const madeOf = await findMadeOf(engine, pair, ids);
  const values = records.map(matchedValue).filter((value) => value !== null);
  const { by } = MATCHED_BY[pair];
  const byValue =
    values.length === 0
      ? new Map<string, string[]>()
      : await engine.org.find({ ...MATCHED_BY[pair], values });
  return (desk) => {
    const { id, by: madeBy } = madeFrom(desk);
    const source = id === null ? undefined : madeOf.there.get(id);
    if (source !== undefined) return { ids: [source], by: madeBy };
    const value = matchedValue(desk);
    const ids = value === null ? [] : (byValue.get(value.toLowerCase()) ?? []);
    if (ids.length > 0) return { ids, by };
    return id !== null && madeOf.deleted.has(id) ? { ids: [id], by: madeBy, deleted: true } : NONE;
  };
}

type MadeOf = {
  /** What each is now: what was merged meanwhile has become its survivor. */
  readonly there: ReadonlyMap<string, string>;
  readonly deleted: ReadonlySet<string>;
};

/** What records of Desk were made of, by the ids that they carry. */
async function findMadeOf(engine: Engine, pair: PairKind, ids: readonly string[]): Promise<MadeOf> {
  const object = OBJECT_OF[pair];
  const read = async (some: readonly string[]) =>
    some.length === 0 ? [] : [...(await engine.org.read(object, ['Id'], some)).keys()];
  const there = new Map((await read(ids)).map((id) => [id, id]));
  const gone = ids.filter((id) => !there.has(id));
  if (gone.length === 0) return { there, deleted: new Set() };
  const survivors = await followMerges(engine, pair, gone);
  const alive = new Set(await read([...survivors.values()]));
  for (const [id, survivor] of survivors) if (alive.has(survivor)) there.set(id, survivor);
  return { there, deleted: await engine.org.inBin(object, gone) };
}

type Source = { readonly id: string | null; readonly by: string };

/**
 * The Salesforce id of what a record of Desk was made from by a creation of ours whose answer was lost; null where it
 * was not. Of companies that carry no id, one that bears the name which we were about to make is ours.
 */
async function idsMadeFrom(
  engine: Engine,
  pair: PairKind,
  records: readonly DeskRecord[],
): Promise<(desk: DeskRecord) => Source> {
  const byId = (desk: DeskRecord) => ({ id: idOnIt(desk), by: EXTERNAL_ID });
  if (pair !== 'company' || records.every((desk) => idOnIt(desk) !== null)) return byId;
  const making = await engine.store.making(pair);
  const byName = new Map(making.map(({ salesforceId, base }) => [nameKey(base.desk['name']), salesforceId]));
  return (desk) => {
    const named = byName.get(nameKey(matchedValue(desk)));
    return idOnIt(desk) === null && named !== undefined ? { id: named, by: 'name' } : byId(desk);
  };
}

const nameKey = (name: unknown) => (typeof name === 'string' ? name.toLowerCase() : null);

/** A Salesforce id that Desk keeps as external id. */
function idOnIt({ externalId: id }: DeskRecord): string | null {
  return id !== null && /^[a-zA-Z0-9]{18}$/.test(id) ? id : null;
}

/** The value that a record of Salesforce is matched by; null where it has none. */
export function matchedInSalesforce(pair: PairKind, salesforce: SalesforceRecord): string | null {
  const value = pair === 'case' ? null : salesforce[MATCHED_BY[pair].by];
  return typeof value === 'string' ? value : null;
}

/** What a record of Salesforce would find it by, in lower case; null where it is found by its link alone. */
export function matchedInDesk(desk: DeskRecord): string | null {
  return matchedValue(desk)?.toLowerCase() ?? null;
}

function matchedValue(desk: DeskRecord): string | null {
  if (desk.pair === 'company') return desk.name;
  return desk.pair === 'customer' ? primaryEmail(desk.emails) : null;
}

async function findInDesk(engine: Engine, queries: readonly DeskQuery[]): Promise<Found> {
  for (const query of queries) {
    const found = await engine.desk.find(query);
    if (found.length > 0) return { ids: found.map((record) => record.id), by: query.by };
  }
  return NONE;
}

/** Our own id is not asked for: a creation tells when a record has it. */
function deskQueries(pair: PairKind, salesforce: SalesforceRecord, half?: Pair): DeskQuery[] {
  const value = matchedInSalesforce(pair, salesforce);
  if (value === null || pair === 'case') return [];
  if (pair === 'customer') return [{ pair, by: 'email', value }];
  // A company may have no key but its name: one that we were about to make is there by the name of then, if at all.
  const intent = half?.intent;
  const was = intent?.do === 'make' ? intent.base.desk['name'] : null;
  const names = typeof was === 'string' && was !== value ? [was, value] : [value];
  return names.map((name) => ({ pair, by: 'name', value: name }));
}

async function marked(
  engine: Engine,
  pair: PairKind,
  side: 'salesforce' | 'desk',
  { ids, ...how }: Found,
): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  const linked = await engine.store.counterparts(pair, side, ids);
  return ids.map((id) => ({ id, linked: linked.has(id), ...how }));
}
