import type { DeskCustomField } from '../core/config/describes.ts';
import type { Entry } from '../core/decideConversation.ts';
import type { Failure } from '../core/failure.ts';
import type { Interaction } from '../core/interaction.ts';
import type { PairKind } from '../core/pair.ts';
import type { Value } from '../core/values.ts';

export type TypedValue = { readonly type: string; readonly value: string };

type Common = {
  readonly id: string;
  /** ISO 8601, as the desk sends it. */
  readonly updatedAt: string;
  /** Values of custom fields by their key, in the desk's own form: an integer may be text. */
  readonly customFields: Readonly<Record<string, Value>>;
};
export type DeskCompany = Common & {
  readonly pair: 'company';
  readonly name: string;
  readonly domains: readonly string[];
};
export type DeskCustomer = Common & {
  readonly pair: 'customer';
  readonly externalId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly title: string | null;
  readonly background: string | null;
  readonly emails: readonly TypedValue[];
  readonly phones: readonly TypedValue[];
  readonly companyId: string | null;
};
export type DeskCase = Common & {
  readonly pair: 'case';
  readonly externalId: string | null;
  readonly subject: string | null;
  readonly description: string | null;
  readonly status: string;
  readonly priority: number;
  /** The channel: email, phone, chat, twitter, facebook, qna. */
  readonly type: string;
  readonly customerId: string | null;
  readonly notesCount: number;
  readonly repliesCount: number;
  /** The first message, where it was asked for with the case. */
  readonly firstMessage?: DeskInteraction;
};
export type DeskRecord = DeskCompany | DeskCustomer | DeskCase;

/** What to write; only the fields named are touched. Arrays replace. `companyId` null takes the company away. */
export type DeskChanges = {
  readonly name?: string;
  readonly domains?: readonly string[];
  readonly externalId?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly title?: string | null;
  readonly background?: string | null;
  readonly emails?: readonly TypedValue[];
  readonly phones?: readonly TypedValue[];
  readonly companyId?: string | null;
  readonly subject?: string;
  readonly description?: string | null;
  readonly status?: string;
  readonly priority?: number;
  readonly type?: string;
  readonly customerId?: string;
  /** Those named are set, the others stay. */
  readonly customFields?: Readonly<Record<string, Value>>;
  /** Body of the first message of a new case. */
  readonly message?: string;
};

export type DeskWrite =
  | { readonly outcome: 'done'; readonly record: DeskRecord }
  /** A unique value is in use: another record holds it. `field` is external_id, name or email. */
  | { readonly outcome: 'taken'; readonly field: string; readonly failure: Failure }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'refused'; readonly failure: Failure };

/** A message or reply of Desk; what is not sent yet, or was not sent, is no part of the conversation. */
export type DeskInteraction = Interaction & { readonly unsent: boolean };

export type NoteWrite =
  | { readonly outcome: 'done'; readonly id: string }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'refused'; readonly failure: Failure };

export type DeskQuery =
  | { readonly pair: 'company'; readonly by: 'name' | 'domain'; readonly value: string }
  | { readonly pair: 'customer'; readonly by: 'externalId' | 'email'; readonly value: string }
  | { readonly pair: 'case'; readonly by: 'externalId'; readonly value: string };

/** Where a feed of changes stands; opaque to the engine, JSON-serialisable. */
export type FeedPosition = { readonly since: string; readonly id: string } | null;
export type FeedPage = {
  readonly records: readonly DeskRecord[];
  /** Records that changed and that nobody can read as they are, each with a fingerprint of what came. */
  readonly unreadable: readonly { readonly id: string; readonly seen: string }[];
  readonly position: FeedPosition;
  /** True when there may be more right away. */
  readonly more: boolean;
};

/** Where a record comes from that was not read by itself. */
export type ReadSource = 'search' | 'feed';

/** The desk's limit of requests a minute, and what this bridge may still send of it; times in ms since 1970. */
export type RateState = { readonly limit: number; readonly left: number; readonly windowEndsAt: number };

/**
 * What the engine asks of a help desk. Every call throws RequestFailed when the request as a whole failed
 * (network, auth, rate limit, 5xx); what happened to one record is an outcome, never an exception.
 */
export interface HelpDesk {
  /**
   * Reads by id; a record that is gone (404, or a deleted case) is absent from the map. What comes of an index
   * that may lag, or was read by the feed just now, is used only where `trusted` says so. Cases that `withMessage` names come with their first
   * message, where the desk can give both in one answer.
   */
  read(
    pair: PairKind,
    ids: readonly string[],
    trusted: (record: DeskRecord, source: ReadSource) => boolean,
    withMessage?: (id: string) => boolean,
  ): Promise<Map<string, DeskRecord>>;
  /**
   * Records changed since the position, oldest first; may repeat records. Null starts at the very beginning (a
   * full read).
   */
  changes(pair: PairKind, position: FeedPosition): Promise<FeedPage>;
  /** Exact matches only (e-mail and names compared without case), re-checked against the record read. */
  find(query: DeskQuery): Promise<DeskRecord[]>;
  create(pair: PairKind, changes: DeskChanges): Promise<DeskWrite>;
  update(pair: PairKind, id: string, changes: DeskChanges): Promise<DeskWrite>;
  /** The internal notes of a case, oldest first; null when the case is gone. */
  notes(caseId: string): Promise<Entry[] | null>;
  addNote(caseId: string, body: string): Promise<NoteWrite>;
  /** The first message of a case, if asked for, and its replies, oldest first; null when the case is gone. */
  interactions(
    caseId: string,
    wanted: { readonly message: boolean; readonly replies: boolean },
  ): Promise<DeskInteraction[] | null>;
  /** Stores a reply as one that was sent or received already: nobody is e-mailed by it. */
  addReply(caseId: string, reply: Interaction): Promise<NoteWrite>;
  /** The custom fields of a pair's records, inactive ones too. Those who ask at the same time share one request. */
  fields(pair: PairKind): Promise<readonly DeskCustomField[]>;
  /** How much of the rate limit is left. Costs nothing. */
  rate(): RateState;
  /**
   * Until when (milliseconds since 1970, our clock) `changes` has told this bridge of every change; null where it has
   * not been read to its end here. Costs nothing.
   */
  toldUpTo(pair: PairKind): number | null;
  /** How many bridges share the rate limit. */
  shareAmong(bridges: number): void;
  /** Where an agent sees the record. */
  webUrl(pair: PairKind, id: string): string;
}
