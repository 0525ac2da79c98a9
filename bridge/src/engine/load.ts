import type { Situation } from '../core/decide.ts';
import type { FieldMap } from '../core/fieldMap.ts';
import { baseAfter } from '../core/intent.ts';
import { salesforceValue } from '../core/fieldMap.ts';
import type { Counterpart, SideName } from '../core/mergeFields.ts';
import { deskKey, OBJECT_OF, type PairKind } from '../core/pair.ts';
import { columnsOf } from '../core/columns.ts';
import { trustFeed, trustSearch } from '../core/trustSearch.ts';
import type { DeskRecord, ReadSource } from '../ports/helpDesk.ts';
import type { LinkRow, SalesforceRecord } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import { answerRequests } from './answerRequests.ts';
import { findMatching } from './findMatching.ts';
import { findSurvivors } from './findSurvivors.ts';
import { findTakenIn } from './findTakenIn.ts';
import { findCandidates } from './match.ts';
import { quietPairs } from './quietPairs.ts';
import type { Engine } from './engine.ts';
import { untoldInDesk } from './untold.ts';
import { entry, type Result } from './result.ts';
import type { Loaded } from './situation.ts';

/**
 * Reads both sides of claimed pairs of one kind. Half rows whose link exists in Salesforce already (the
 * store is younger than the link, or a bridge died between the two) come back as results: linked. So do pairs
 * where nothing has happened, unless `thorough`.
 */
export async function loadSituations(
  engine: Engine,
  pairs: readonly Pair[],
  { thorough = false } = {},
): Promise<{ situations: Loaded[]; results: Result[] }> {
  const kind = pairs[0]?.pair ?? 'company';
  const active = engine.active();
  const { maps, rule, deskMatches } = active.pairs[kind];
  const answered = await answerRequests(engine, pairs);
  const adopted = await adoptLinks(engine, kind, withoutThose(pairs, answered));
  const claimed = withoutThose(pairs, [...answered, ...adopted]);
  const salesforce = await engine.org.read(
    OBJECT_OF[kind],
    columnsOf(active, kind, engine.org.personAccounts !== null),
    idsOf(claimed, 'salesforce'),
  );
  const matching = await findMatching(engine, active.pairs[kind], kind, salesforce);
  const quiet = thorough ? [] : quietPairs(claimed, maps, salesforce, matching);
  const results = [...answered, ...adopted, ...quiet];
  const rest = withoutThose(claimed, quiet);
  const byDesk = new Map(rest.map((pair) => [pair.deskId, pair]));
  const trusted = (record: DeskRecord, source: ReadSource) => {
    const pair = byDesk.get(record.id);
    // Whether a write of ours got there is told by the record itself alone.
    if (pair?.intent) return false;
    const mine = (pair?.salesforceId && salesforce.get(pair.salesforceId)) || null;
    const base = pair?.base ?? null;
    return (source === 'feed' ? trustFeed : trustSearch)(maps, base, mine, record);
  };
  // A case whose conversation was never compared needs its first message as well.
  const isNew = (id: string) => byDesk.get(id)?.conversation === null;
  const untold = thorough
    ? new Map<string, DeskRecord>()
    : untoldInDesk(engine, kind, active.pairs[kind], rest, salesforce);
  const asked = idsOf(rest, 'desk').filter((id) => !untold.has(id));
  const desk = new Map([...untold, ...(await engine.desk.read(kind, asked, trusted, isNew))]);
  const mergedInto = await findSurvivors(engine, kind, rest, salesforce);
  const tookIn = await findTakenIn(engine, kind, rest, salesforce);
  const counterpart = await counterparts(engine, maps, [...salesforce.values()], [...desk.values()]);
  const sides = rest.map((pair) => {
    const both = {
      salesforce: (pair.salesforceId && salesforce.get(pair.salesforceId)) || null,
      desk: (pair.deskId && desk.get(pair.deskId)) || null,
    };
    return { pair: { ...pair, base: baseAfter(pair, maps, both) }, ...both };
  });
  const halves = sides.filter(({ pair }) => pair.salesforceId === null || pair.deskId === null);
  const candidates = await findCandidates(engine, kind, halves);
  const candidatesOf = new Map(halves.map(({ pair }, index) => [pair.row, candidates[index] ?? []]));
  const situations = sides.map(({ pair, ...both }): Loaded => {
    const found = candidatesOf.get(pair.row);
    const situation: Situation = {
      pair: kind,
      maps,
      rule,
      included: {
        salesforce: both.salesforce === null || matching(both.salesforce.Id),
        desk: both.desk === null || deskMatches(both.desk),
      },
      linked: found === undefined,
      base: pair.base,
      ...both,
      candidates: found ?? [],
      counterpart,
      mergedInto: (pair.salesforceId && mergedInto.get(pair.salesforceId)) || null,
      tookIn: tookIn.get(pair.salesforceId ?? '') ?? [],
    };
    return { pair, situation, link: pair.linkId === null ? null : { id: pair.linkId } };
  });
  return { situations, results };
}

function withoutThose(pairs: readonly Pair[], results: readonly Result[]): Pair[] {
  const done = new Set(results.map(({ settlement }) => settlement.pair.row));
  return pairs.filter((pair) => !done.has(pair.row));
}

function idsOf(pairs: readonly Pair[], side: SideName): string[] {
  return pairs.map((pair) => (side === 'desk' ? pair.deskId : pair.salesforceId)).filter((id) => id !== null);
}

async function adoptLinks(engine: Engine, kind: PairKind, pairs: readonly Pair[]): Promise<Result[]> {
  const withoutLink = pairs.filter((pair) => pair.linkId === null);
  const bySalesforce = withoutLink.filter((pair) => pair.salesforceId !== null);
  const byDesk = withoutLink.filter((pair) => pair.salesforceId === null);
  const rows = [
    ...(await engine.org.findLinks('recordId', idsOf(bySalesforce, 'salesforce'))),
    ...(await engine.org.findLinks(
      'deskKey',
      idsOf(byDesk, 'desk').map((id) => deskKey(kind, id)),
    )),
  ];
  const results: Result[] = [];
  const told = new Set<string>();
  for (const pair of withoutLink) {
    const row = rows.find((link) =>
      pair.salesforceId ? link.recordId === pair.salesforceId : link.deskId === pair.deskId,
    );
    if (!row) continue;
    const result = adopted(pair, row);
    // Both halves of a pair may find their link in the same round; that is one thing to tell.
    results.push(told.has(row.id) ? { ...result, log: [] } : result);
    told.add(row.id);
  }
  return results;
}

function adopted(pair: Pair, row: LinkRow): Result {
  if (row.status === 'Unlinked' && pair.asked !== 'Relink') {
    return {
      settlement: { kind: 'unlinked', pair, reason: 'unlinked in Salesforce' },
      log: [entry(pair, 'info', 'unlinked', 'The link says that this pair is unlinked.')],
    };
  }
  return {
    settlement: {
      kind: 'linked',
      pair,
      salesforceId: row.recordId,
      deskId: row.deskId,
      linkId: row.id,
      adopted: true,
    },
    log: [entry(pair, 'info', 'adopted', 'Took over the link that was in Salesforce already.')],
  };
}

/** Looks up the counterparts of all parents that these records name, in one query a pair and side. */
async function counterparts(
  engine: Engine,
  maps: readonly FieldMap[],
  salesforce: readonly SalesforceRecord[],
  desk: readonly DeskRecord[],
): Promise<Counterpart> {
  const known = new Map<string, string | null>();
  for (const map of maps) {
    if (!map.relation) continue;
    const parents: Record<SideName, string[]> = {
      salesforce: salesforce
        .map((record) => salesforceValue(map, record))
        .filter((id) => typeof id === 'string'),
      desk: desk.map((record) => map.deskValue(record)).filter((id) => typeof id === 'string'),
    };
    for (const side of ['salesforce', 'desk'] as const) {
      const key = (id: string) => `${map.relation} ${side} ${id}`;
      for (const [from, to] of await engine.store.counterparts(map.relation, side, parents[side]))
        known.set(key(from), to);
      const others = parents[side].filter((id) => !known.has(key(id)));
      for (const id of await engine.store.stuck(map.relation, side, others)) known.set(key(id), null);
    }
  }
  return (pair, side, id) => known.get(`${pair} ${side} ${id}`);
}
