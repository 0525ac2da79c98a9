import type { DeskCustomField } from '../core/config/describes.ts';
import type { Entry } from '../core/decideConversation.ts';
import type { Failure } from '../core/failure.ts';
import type { Interaction } from '../core/interaction.ts';
import type { Vocabulary } from '../core/vocabulary/vocabulary.ts';
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
  /** Null as well where the desk's companies carry none. */
  readonly externalId: string | null;
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
  /** In the desk's own word; the vocabulary tells which one is for good. */
  readonly status: string;
  readonly priority: number | string | null;
  /** The channel, in the desk's own word: email, phone, chat, ... */
  readonly type: string;
  /** Its messages are e-mails: they are EmailMessages in Salesforce, and those of Salesforce can be replies here. */
  readonly isEmail: boolean;
  readonly customerId: string | null;
  /** Stands for all notes and messages that the case has: another mark means that something came. Opaque. */
  readonly conversation: string;
  /** The first message, where it was asked for with the case. */
  readonly firstMessage?: DeskInteraction;
};
export type DeskRecord = DeskCompany | DeskCustomer | DeskCase;

/** A record that is to be made. */
export type DeskNew = {
  readonly changes: DeskChanges;
  /** It may have been made before: an answer was lost. What carries its external id already is `taken` then. */
  readonly again: boolean;
};
/** A record that is to be changed. */
export type DeskUpdate = { readonly id: string; readonly changes: DeskChanges };

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
  readonly priority?: number | string | null;
  readonly type?: string;
  readonly customerId?: string;
  /** Those named are set, the others stay. */
  readonly customFields?: Readonly<Record<string, Value>>;
  /** Body of the first message of a new case. */
  readonly message?: string;
};

export type DeskWrite =
  | { readonly outcome: 'done'; readonly record: DeskRecord }
  /** A unique value is in use: another record holds it. */
  | {
      readonly outcome: 'taken';
      readonly field: 'externalId' | 'name' | 'email' | 'other';
      readonly failure: Failure;
    }
  | { readonly outcome: 'gone' }
  /** Refused, or not known to have got there: the class of the failure says whether to try again. */
  | { readonly outcome: 'refused'; readonly failure: Failure };

/** A message or reply of Desk; what is not sent yet, or was not sent, is no part of the conversation. */
export type DeskInteraction = Interaction & { readonly unsent: boolean };

export type DeskRemoval =
  { readonly outcome: 'done' } | { readonly outcome: 'refused'; readonly failure: Failure };

export type NoteWrite =
  | { readonly outcome: 'done'; readonly id: string }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'refused'; readonly failure: Failure };

/** Of a case: all that is said in it, oldest first. */
export type DeskConversation = {
  readonly notes: readonly Entry[];
  /** The first message, where it was asked for and did not come with the case, and the replies. */
  readonly messages: readonly DeskInteraction[];
};

export type DeskQuery =
  | { readonly pair: 'company'; readonly by: 'externalId' | 'name' | 'domain'; readonly value: string }
  | { readonly pair: 'customer'; readonly by: 'externalId' | 'email'; readonly value: string }
  | { readonly pair: 'case'; readonly by: 'externalId'; readonly value: string };

/** Where a feed of changes stands; opaque to all but the adapter that gave it. Null: before the very first record. */
export type FeedPosition = Readonly<Record<string, string>> | null;
export type FeedPage = {
  readonly records: readonly DeskRecord[];
  /** Records that changed and that nobody can read as they are, each with a fingerprint of what came. */
  readonly unreadable: readonly { readonly id: string; readonly seen: string }[];
  /** Ids of records that are gone: deleted, or merged into another one. */
  readonly gone: readonly string[];
  readonly position: FeedPosition;
  /** True when there may be more right away. */
  readonly more: boolean;
  /** There is more that is better told a little later: in so many ms, where the next poll would not be sooner. */
  readonly soonMs?: number;
};

/** Where a record comes from that was not read by itself. */
export type ReadSource = 'search' | 'feed';

/** The desk's limit of requests a minute, and what this bridge may still send of it; times in ms since 1970. */
export type RateState = { readonly limit: number; readonly left: number; readonly windowEndsAt: number };

/**
 * What the engine asks of a help desk. A call throws RequestFailed when the request as a whole failed (network, auth,
 * rate limit, 5xx), but for those that write many records; what happened to one record is an outcome, never an exception.
 */
export interface HelpDesk {
  /** What its fields and values are called, and how they map. */
  readonly vocabulary: Vocabulary;
  /**
   * Reads by id; a record that is gone (404, or a deleted case) is absent from the map. What comes of an index
   * that may lag, or was read by the feed just now, is used only where `trusted` says so. Cases that `withMessage`
   * names come with their first message, where the desk can give both in one answer.
   */
  read(
    pair: PairKind,
    ids: readonly string[],
    trusted: (record: DeskRecord, source: ReadSource) => boolean,
    withMessage?: (id: string) => boolean,
  ): Promise<Map<string, DeskRecord>>;
  /** The position of a feed that tells of all that changes from then on; `since` in ms since 1970. */
  startOf(pair: PairKind, since: number): FeedPosition;
  /**
   * Records changed since the position, oldest first; may repeat records. Null starts at the very beginning (a
   * full read). Whatever changes while pages are read is in one of them or in those that follow: nothing is left out.
   */
  changes(pair: PairKind, position: FeedPosition): Promise<FeedPage>;
  /** Exact matches only (e-mail and names compared without case), re-checked against the record read. */
  find(query: DeskQuery): Promise<DeskRecord[]>;
  /**
   * Makes records, in as few requests as the desk lets us. One outcome a record, in their order: a request that failed
   * as a whole refuses each record of it.
   */
  create(pair: PairKind, records: readonly DeskNew[]): Promise<DeskWrite[]>;
  /** Changes records, likewise. A record is named once at most. */
  update(pair: PairKind, records: readonly DeskUpdate[]): Promise<DeskWrite[]>;
  /** Deletes cases, likewise; one that is gone already is done. A deleted one is absent from `read`. */
  remove(caseIds: readonly string[]): Promise<DeskRemoval[]>;
  /** What is said in a case, as far as its mark tells that there is something; null when the case is gone. */
  conversation(deskCase: DeskCase, wanted: { readonly message: boolean }): Promise<DeskConversation | null>;
  /** The mark of a case's conversation once so much more has come to it. */
  conversationAfter(mark: string, added: { readonly notes: number; readonly replies: number }): string;
  /** Whether nothing but the first message is in a conversation of that mark, so that it costs no request to read. */
  isSilent(mark: string): boolean;
  addNote(caseId: string, body: string): Promise<NoteWrite>;
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
