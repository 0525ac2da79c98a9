import { RequestFailed } from '../core/failure.ts';
import type { PairKind } from '../core/pair.ts';
import type { FeedPage, FeedPosition } from '../ports/helpDesk.ts';
import { exportPage, LEFT_OUT_MS, secondsOf, type Exported, type Place } from './exports.ts';
import { changedSince } from './fresh.ts';
import type { ZendeskHttp } from './http.ts';
import { listedTogether, NOTHING_LISTED, type Listed } from './listed.ts';
import { recordsFrom } from './schemas.ts';

/** Between two exports of a kind that have told all: nine a minute of the ten that all kinds have together. */
const PAUSE_MS: Readonly<Record<PairKind, number>> = { case: 15_000, customer: 20_000, company: 30_000 };
/** Of the exports of a minute, a full read leaves so many to the changes. */
const LEFT_TO_CHANGES = 4;
/** Zendesk's times have whole seconds. */
const SECOND_MS = 1_000;
/** The word of a position within a full read. */
const ALL = 'all';

/** How a kind of record was last exported to its end. */
type Told = {
  readonly position: FeedPosition;
  /** Our clock, when it was asked for. */
  readonly askedAt: number;
  /** Zendesk's clock: what changed before that has been told. */
  readonly horizon: number;
};
/** What a page tells, and whether the records in it are what Zendesk holds, not what its index knows. */
type Page = FeedPage & Listed & { readonly isFirstHand: boolean };

/**
 * What changes in Zendesk. The exports tell of all of it, a minute late and ten times a minute at most; so between
 * them, and behind each, there is a look at what changed since.
 */
export class Feed {
  readonly #http: ZendeskHttp;
  readonly #told = new Map<PairKind, Told>();
  /** Our clock: exports were refused until then. */
  #refusedUntil = 0;

  constructor(http: ZendeskHttp) {
    this.#http = http;
  }

  /** Null where the changes have not been read to their end here. */
  toldUpTo(pair: PairKind): number | null {
    const told = this.#told.get(pair);
    return told ? told.askedAt - LEFT_OUT_MS - SECOND_MS : null;
  }

  async changes(pair: PairKind, position: FeedPosition): Promise<Page> {
    const isAll = position === null || position[ALL] !== undefined;
    const askedAt = this.#http.now();
    const exported = isAll ? await this.#patiently(pair, position) : await this.#ifDue(pair, position);
    if (exported === null) return this.#since(pair, position);
    const found = recordsFrom(pair, exported.body);
    const next = positionOf(exported.next, isAll && !exported.isEnd);
    if (!exported.isEnd) return { ...found, position: next, more: true, isFirstHand: true };
    // A full read says nothing of what was told to those who follow the changes.
    const told = { position: next, askedAt, horizon: exported.at - LEFT_OUT_MS - SECOND_MS };
    if (!isAll) this.#told.set(pair, told);
    const fresh = await this.#look(pair, told.horizon);
    const both = listedTogether(found, fresh);
    return { ...both, position: next, more: false, isFirstHand: pair === 'case' };
  }

  /** The look behind an export. Where it fails, what the export told is good all the same, and the next one has it. */
  async #look(pair: PairKind, since: number): Promise<Listed> {
    try {
      return await changedSince(this.#http, pair, since);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      return NOTHING_LISTED;
    }
  }

  /** The look alone, where an export has to wait: it begins where the last one ended. */
  async #since(pair: PairKind, position: FeedPosition): Promise<Page> {
    const since = this.#told.get(pair)?.horizon ?? this.#http.now() - 2 * LEFT_OUT_MS;
    const fresh = await changedSince(this.#http, pair, since);
    return { ...fresh, position, more: false, isFirstHand: pair === 'case' };
  }

  /** A page of a full read, once the limit has room for it. */
  async #patiently(pair: PairKind, position: FeedPosition): Promise<Exported> {
    for (;;) {
      await this.#http.waitFor('exports', LEFT_TO_CHANGES);
      const wait = this.#refusedUntil - this.#http.now();
      if (wait > 0) await this.#http.wait(wait);
      const exported = await this.#unlessRefused(pair, position);
      if (exported) return exported;
    }
  }

  /** A page of the changes; null where it has to wait. */
  async #ifDue(pair: PairKind, position: FeedPosition): Promise<Exported | null> {
    const now = this.#http.now();
    const told = this.#told.get(pair);
    const isTold = JSON.stringify(told?.position) === JSON.stringify(position);
    const since = now - (told?.askedAt ?? 0);
    if (isTold && since >= 0 && since < PAUSE_MS[pair]) return null;
    if (now < this.#refusedUntil || !this.#http.limits.take('exports')) return null;
    return this.#unlessRefused(pair, position);
  }

  /** Others of the account may have used up the exports. */
  async #unlessRefused(pair: PairKind, position: FeedPosition): Promise<Exported | null> {
    try {
      return await exportPage(this.#http, pair, placeOf(position), position?.[ALL] === undefined);
    } catch (error) {
      if (!(error instanceof RequestFailed) || error.failure.class !== 'rateLimit') throw error;
      this.#refusedUntil = this.#http.now() + (error.failure.retryAfterMs ?? LEFT_OUT_MS);
      return null;
    }
  }
}

/** A feed of what changes from then on; `since` in milliseconds since 1970. */
export function startOf(since: number): FeedPosition {
  return { start: String(secondsOf(since)) };
}

function placeOf(position: FeedPosition): Place {
  const { cursor, start = '0' } = position ?? {};
  return cursor === undefined ? { start: Number(start) } : { cursor };
}

function positionOf(place: Place, isAll: boolean): FeedPosition {
  const at: Record<string, string> =
    'cursor' in place ? { cursor: place.cursor } : { start: String(place.start) };
  return isAll ? { ...at, [ALL]: '1' } : at;
}
