import { decide, type Candidate, type Situation } from '../core/decide.ts';
import type { Counterpart } from '../core/mergeFields.ts';
import { deskKey, OBJECT_OF, PAIRS, type PairKind } from '../core/pair.ts';
import { columnsOf } from '../core/columns.ts';
import { isPerson } from '../core/personAccounts.ts';
import { PreviewTally } from '../core/previewTally.ts';
import type { ActivePair } from '../core/config/activeConfig.ts';
import type { DeskRecord, FeedPosition } from '../ports/helpDesk.ts';
import type { OrgPosition, SalesforceRecord } from '../ports/org.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';
import { findMatching, type Matching } from './findMatching.ts';
import { findInSalesforce, matchedInDesk, matchedInSalesforce } from './match.ts';

const PAGE = 2_000;
const BEGINNING: OrgPosition = { modstamp: '2000-01-01T00:00:00.000Z', id: '' };

type Sides = {
  readonly pair: Pair | undefined;
  readonly salesforce: SalesforceRecord | null;
  readonly desk: DeskRecord | null;
};

/**
 * Goes through everything on both sides and decides about it as a full sync would, and writes nothing, anywhere.
 * Matches are looked for over what was read, so that a record costs no request of its own.
 * @param onProgress told how many records were read so far
 * @throws RequestFailed when a side does not answer
 */
export async function previewFullSync(
  engine: Engine,
  onProgress: (records: number) => void,
  signal: AbortSignal,
): Promise<PreviewTally> {
  const tally = new PreviewTally();
  const parents = new Parents();
  for (const kind of PAIRS) {
    const pass = new Pass(engine, kind, tally, parents);
    await pass.readDesk(onProgress, signal);
    await pass.readSalesforce(onProgress, signal);
  }
  return tally;
}

/** Counterparts as they would be by then: those of pairs that are linked, and of records that would be made. */
class Parents {
  readonly #known = new Map<string, string>();

  tie(kind: PairKind, salesforceId: string, deskId: string): void {
    this.#known.set(`${kind} salesforce ${salesforceId}`, deskId);
    this.#known.set(`${kind} desk ${deskId}`, salesforceId);
  }

  readonly counterpart: Counterpart = (pair, side, id) => this.#known.get(`${pair} ${side} ${id}`);
}

/** One kind of pair, Desk first: what is in Salesforce only is what nothing in Desk was tied to. */
class Pass {
  readonly #engine: Engine;
  readonly #kind: PairKind;
  readonly #tally: PreviewTally;
  readonly #parents: Parents;
  /** Salesforce ids that a record of Desk is, or would be, tied to. */
  readonly #taken = new Set<string>();
  /** Of records of Desk that several of Salesforce match: those. */
  readonly #contested = new Map<string, readonly string[]>();
  /** Ids of Desk's records by what a record of Salesforce would be matched by. */
  readonly #byValue = new Map<string, string[]>();

  constructor(engine: Engine, kind: PairKind, tally: PreviewTally, parents: Parents) {
    this.#engine = engine;
    this.#kind = kind;
    this.#tally = tally;
    this.#parents = parents;
  }

  async readDesk(onProgress: (records: number) => void, signal: AbortSignal): Promise<void> {
    let position: FeedPosition = null;
    for (let more = true; more && !signal.aborted;) {
      const page = await this.#engine.desk.changes(this.#kind, position);
      await this.#decideDesk(page.records);
      this.#tally.readRecords(page.records.length);
      onProgress(this.#tally.records);
      ({ position, more } = page);
    }
  }

  async readSalesforce(onProgress: (records: number) => void, signal: AbortSignal): Promise<void> {
    const fields = this.#columns();
    let position = BEGINNING;
    for (let full = true; full && !signal.aborted;) {
      const records = await this.#engine.org.changes(OBJECT_OF[this.#kind], fields, position, PAGE);
      // A person is a customer, and comes as its contact.
      const own = this.#kind === 'company' ? records.filter((record) => !isPerson(record)) : records;
      await this.#decideSalesforce(own.filter(({ Id }) => !this.#taken.has(Id)));
      this.#tally.readRecords(records.length);
      onProgress(this.#tally.records);
      const last = records.at(-1);
      if (last) position = { modstamp: last.SystemModstamp, id: last.Id };
      full = records.length === PAGE;
    }
  }

  async #decideDesk(records: readonly DeskRecord[]): Promise<void> {
    const { org, store } = this.#engine;
    const ids = records.map(({ id }) => id);
    const pairs = await store.pairsOf(this.#kind, 'desk', ids);
    const links = new Map(
      (
        await org.findLinks(
          'deskKey',
          ids.filter((id) => !pairs.get(id)?.linkId).map((id) => deskKey(this.#kind, id)),
        )
      ).map((link) => [link.deskId, link]),
    );
    const salesforceIdOf = (id: string) => links.get(id)?.recordId ?? pairs.get(id)?.salesforceId ?? null;
    const salesforce = await org.read(
      OBJECT_OF[this.#kind],
      this.#columns(),
      ids.map(salesforceIdOf).filter((id) => id !== null),
    );
    const matching = await findMatching(this.#engine, this.#active, this.#kind, salesforce);
    const candidatesOf = await findInSalesforce(
      this.#engine,
      this.#kind,
      records.filter(({ id }) => salesforceIdOf(id) === null),
    );
    for (const desk of records) {
      const value = matchedInDesk(desk);
      if (value !== null) this.#byValue.set(value, [...(this.#byValue.get(value) ?? []), desk.id]);
      const pair = pairs.get(desk.id);
      const salesforceId = salesforceIdOf(desk.id);
      if (salesforceId !== null) this.#take(salesforceId, desk.id);
      if (pair?.state === 'unlinked' || links.get(desk.id)?.status === 'Unlinked') {
        this.#tally.count(this.#kind, 'unlinked');
        continue;
      }
      const linked = salesforceId !== null;
      const mine = linked ? (salesforce.get(salesforceId) ?? null) : null;
      const { ids: found, ...how } = linked ? { ids: [], by: '' } : candidatesOf(desk);
      const candidates = found.map((id): Candidate => ({ id, linked: this.#taken.has(id), ...how }));
      if (found.length > 1) this.#contested.set(desk.id, found);
      const decided = this.#decide({ pair, salesforce: mine, desk }, matching, linked, candidates);
      if (decided.do === 'link') this.#take(decided.otherId, desk.id);
      if (decided.do === 'createInSalesforce') this.#parents.tie(this.#kind, `new ${desk.id}`, desk.id);
    }
  }

  async #decideSalesforce(records: readonly SalesforceRecord[]): Promise<void> {
    const { org, store } = this.#engine;
    const ids = records.map(({ Id }) => Id);
    const pairs = await store.pairsOf(this.#kind, 'salesforce', ids);
    const links = new Map((await org.findLinks('recordId', ids)).map((link) => [link.recordId, link]));
    const byId = new Map(records.map((record) => [record.Id, record]));
    const matching = await findMatching(this.#engine, this.#active, this.#kind, byId);
    for (const salesforce of records) {
      const pair = pairs.get(salesforce.Id);
      const link = links.get(salesforce.Id);
      if (pair?.state === 'unlinked' || link?.status === 'Unlinked') {
        this.#tally.count(this.#kind, 'unlinked');
        continue;
      }
      // Its record in Desk was not among those that are there.
      const linked = link !== undefined || (pair !== undefined && pair.deskId !== null);
      const value = matchedInSalesforce(this.#kind, salesforce);
      const found = this.#byValue.get(value?.toLowerCase() ?? '') ?? [];
      const by = this.#kind === 'company' ? 'name' : 'email';
      const candidates = linked
        ? []
        : found.map((id): Candidate => ({
            id,
            linked: this.#parents.counterpart(this.#kind, 'desk', id) !== undefined,
            by,
            rivals: (this.#contested.get(id) ?? []).filter((other) => other !== salesforce.Id),
          }));
      const decided = this.#decide({ pair, salesforce, desk: null }, matching, linked, candidates);
      if (decided.do === 'link') this.#take(salesforce.Id, decided.otherId);
      if (decided.do === 'createInDesk') this.#parents.tie(this.#kind, salesforce.Id, `new ${salesforce.Id}`);
    }
  }

  #columns(): string[] {
    return columnsOf(this.#engine.active(), this.#kind, this.#engine.org.personAccounts !== null);
  }

  get #active(): ActivePair {
    return this.#engine.active().pairs[this.#kind];
  }

  #take(salesforceId: string, deskId: string): void {
    this.#taken.add(salesforceId);
    this.#parents.tie(this.#kind, salesforceId, deskId);
  }

  #decide(
    { pair, salesforce, desk }: Sides,
    matching: Matching,
    linked: boolean,
    candidates: readonly Candidate[],
  ) {
    const { maps, rule, deskMatches } = this.#active;
    const situation: Situation = {
      pair: this.#kind,
      maps,
      rule,
      included: {
        salesforce: salesforce === null || matching(salesforce.Id),
        desk: desk === null || deskMatches(desk),
      },
      linked,
      base: pair?.base ?? null,
      salesforce,
      desk,
      candidates,
      counterpart: this.#parents.counterpart,
    };
    const decision = decide(situation);
    const talks = desk?.pair === 'case' && !this.#engine.desk.isSilent(desk.conversation);
    this.#tally.add(this.#kind, decision, talks);
    return decision;
  }
}
