import type { ConfigProblem } from '../core/config/configProblem.ts';
import type { SalesforceObjectDescribe } from '../core/config/describes.ts';
import type { SyncConfig } from '../core/config/syncConfig.ts';
import type { Entry } from '../core/decideConversation.ts';
import type { CompletedTask, Interaction } from '../core/interaction.ts';
import type { EntryLink } from '../core/pairEntries.ts';
import type { Failure, FailureClass } from '../core/failure.ts';
import type { PairKind, SalesforceObject } from '../core/pair.ts';
import type { RequestedAction } from '../core/requestedAction.ts';
import type { BridgeRequest } from '../core/status/bridgeRequest.ts';
import type { BridgeState } from '../core/status/bridgeState.ts';

export type SalesforceRecord = {
  readonly Id: string;
  readonly SystemModstamp: string;
  readonly [field: string]: unknown;
};
type SalesforceValue = string | number | boolean | null;
/** What to write. A lookup can name its record by an external id: `{ Product__r: { Code__c: 'X' } }`. */
export type SalesforceFields = {
  readonly [field: string]: SalesforceValue | { readonly [key: string]: SalesforceValue };
};

export type LinkStatus =
  'In Step' | 'Waiting' | 'Failing' | 'Conflict' | 'Ambiguous' | 'Excluded' | 'Unlinked';
/** A row of `Desk_Link__c`, without its lookups: those follow from pair and recordId. */
export type LinkRow = {
  readonly id: string;
  readonly pair: PairKind;
  readonly deskId: string;
  readonly recordId: string;
  readonly status: LinkStatus;
};
export type LinkChange = {
  readonly status?: LinkStatus;
  readonly lastSynced?: string;
  readonly lastDirection?: 'Desk to Salesforce' | 'Salesforce to Desk';
  readonly lastError?: string | null;
  /** Left out where the org has no place for it. */
  readonly failureCause?: FailureClass | null;
  readonly deskUrl?: string;
  readonly requestedAction?: null;
};

export type Written =
  | { readonly outcome: 'done'; readonly id: string }
  /** The unique key is in use: somebody (perhaps we, before a crash) made the link. */
  | { readonly outcome: 'taken'; readonly failure: Failure }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'refused'; readonly failure: Failure };

export type OrgQuery = {
  readonly object: 'Account' | 'Contact';
  readonly by: 'Name' | 'Email';
  readonly values: readonly string[];
};

/** What a case has of its conversation, and the links of what Desk has of it. */
export type Conversation = {
  /** Internal comments, oldest first. */
  readonly comments: Entry[];
  /** E-mails that are no drafts, oldest first; null where the org keeps none, or shows none to us. */
  readonly emails: Interaction[] | null;
  /** Tasks that are done, oldest first. */
  readonly tasks: CompletedTask[];
  readonly noteLinks: EntryLink[];
  readonly interactionLinks: EntryLink[];
};
export type EntryKind = 'note' | 'interaction';
/** An entry of Desk and a record of Salesforce that are one. */
export type EntryTie = EntryLink & { readonly kind: EntryKind; readonly caseId: string };
/** The records that an entry of Desk becomes in Salesforce: a note in parts, a message. */
export type NewEntry = {
  readonly kind: EntryKind;
  readonly caseId: string;
  readonly deskId: string;
  readonly object: 'CaseComment' | 'EmailMessage' | 'Task';
  readonly records: readonly SalesforceFields[];
};

/** API calls of the last 24 hours, of the whole org. */
export type ApiUsage = { readonly used: number; readonly max: number };
/** What the org allows in 24 hours. */
export type OrgLimits = {
  readonly calls: ApiUsage;
  /** Events that may still be delivered to subscribers; null where the org has none. */
  readonly eventsLeft: number | null;
};
/** An entry of the bridge's log, as it goes into `Desk_Log__c`. */
export type OrgLogEntry = {
  /** Unique: an entry that is there already is not written again. */
  readonly key: string;
  readonly at: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly pair: PairKind;
  readonly salesforceId: string | null;
  readonly deskId: string | null;
  readonly rule: string;
  readonly text: string;
};

/** What the bridge writes of itself into its row of `Desk_Bridge__c`. */
export type BridgeStatus = {
  /** Of the store: unique, and the same over restarts. */
  readonly key: string;
  readonly state: BridgeState;
  /** Milliseconds since 1970. */
  readonly seenAt: number;
  /** JSON. */
  readonly health: string;
  /** JSON. */
  readonly mappings: string;
};

/** What an org has of a config in its custom metadata. */
export type OrgConfig =
  /** The types are not there, or the user may not see them. */
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly config: SyncConfig; readonly problems: readonly ConfigProblem[] };

/** Records to be shown to somebody. */
export type Look = {
  readonly object: string;
  /** Names and paths, `Account.Owner.Name`, which are objects in the record. */
  readonly fields: readonly string[];
  /** The field that the records are found by, and its value: an id, or a field of the first look's first record. */
  readonly by: string;
  readonly is: { readonly id: string } | { readonly ofFirst: string };
  /** SOQL as behind WHERE; null: all of them. */
  readonly condition: string | null;
  /** As behind ORDER BY; null: as they come. */
  readonly orderBy: string | null;
  readonly limit: number;
};
export type Looked =
  | { readonly outcome: 'found'; readonly records: readonly Readonly<Record<string, unknown>>[] }
  | { readonly outcome: 'refused'; readonly failure: Failure };

export type OrgPosition = { readonly modstamp: string; readonly id: string };

/** What an org that has person accounts has of them. */
export type PersonAccounts = {
  /** Record type of new persons; null where none can be made. */
  readonly recordTypeId: string | null;
};

/**
 * What the engine asks of a Salesforce org. Calls throw RequestFailed when the request as a whole failed;
 * what happened to one record is an outcome in the order of the input.
 */
export interface Org {
  /** Null where person accounts are off: then neither Account nor Contact has a field that tells of them. */
  readonly personAccounts: PersonAccounts | null;
  /**
   * Reads by id, 400 a request; records that are deleted or not visible are absent. A field can be a path,
   * `Product__r.Code__c`, which is an object in the record.
   */
  read(
    object: SalesforceObject,
    fields: readonly string[],
    ids: readonly string[],
  ): Promise<Map<string, SalesforceRecord>>;
  /** Of deleted records, those that were merged into another, with its id. */
  survivors(object: SalesforceObject, ids: readonly string[]): Promise<Map<string, string>>;
  /** Deleted records that were merged into those of these ids, each with the id of the one that took it in. */
  mergedInto(object: SalesforceObject, ids: readonly string[]): Promise<Map<string, string>>;
  /** Records with SystemModstamp at or after the position, oldest first, at most `limit`. */
  changes(
    object: SalesforceObject,
    fields: readonly string[],
    position: OrgPosition,
    limit: number,
  ): Promise<SalesforceRecord[]>;
  /** Ids deleted in the window (getDeleted), and how far the answer reaches (ISO). */
  deleted(object: SalesforceObject, from: string, to: string): Promise<{ ids: string[]; coveredTo: string }>;
  /** Records that have one of the values, persons left out of accounts, by the value in lower case; 400 values a request. */
  find(query: OrgQuery): Promise<Map<string, string[]>>;
  /**
   * The record and its `Desk_Link__c` row in one all-or-nothing graph each; up to 75 a call. A customer that is
   * made as an Account is a person: its link, and the id that comes back, are those of the contact made with it.
   */
  createLinked(
    items: readonly {
      object: SalesforceObject;
      fields: SalesforceFields;
      pair: PairKind;
      deskId: string;
      deskUrl: string;
    }[],
  ): Promise<(Written & { linkId?: string })[]>;
  /** Updates by collections, 1,000 a request, none rolled back for another. Assignment rules do not run. */
  update(
    object: SalesforceObject,
    items: readonly { id: string; fields: SalesforceFields }[],
  ): Promise<Written[]>;
  /** Deletes records into the recycle bin, 200 a request, none rolled back for another. */
  remove(ids: readonly string[]): Promise<Written[]>;
  createLinks(
    items: readonly { pair: PairKind; deskId: string; recordId: string; deskUrl: string }[],
  ): Promise<Written[]>;
  /** Makes links point to these records. */
  moveLinks(items: readonly { id: string; pair: PairKind; recordId: string }[]): Promise<Written[]>;
  updateLinks(items: readonly { id: string; change: LinkChange }[]): Promise<Written[]>;
  deleteLinks(ids: readonly string[]): Promise<Written[]>;
  findLinks(by: 'deskKey' | 'recordId', values: readonly string[]): Promise<LinkRow[]>;
  conversations(caseIds: readonly string[]): Promise<Map<string, Conversation>>;
  /**
   * Cases with comments, e-mails or completed tasks that came or changed since then (ISO) and that nothing ties to
   * Desk, with the time of the last of each case.
   */
  commentedSince(since: string): Promise<{ caseId: string; stamp: string }[]>;
  /** The records of entries with their links: of each entry all or none, in the order of the entries. */
  createEntries(entries: readonly NewEntry[]): Promise<Written[]>;
  createEntryLinks(ties: readonly EntryTie[]): Promise<Written[]>;
  /** What is asked for on links and not answered yet. */
  requestedActions(): Promise<{ pair: PairKind; recordId: string; action: RequestedAction }[]>;
  /**
   * What the org says of an object, as the user sees it; costs one call.
   * @throws RequestFailed with NOT_FOUND where the user sees no such object
   */
  describe(object: string): Promise<SalesforceObjectDescribe>;
  /**
   * The config in the org's custom metadata, in one call.
   * @throws RequestFailed where only a part of it can be read
   */
  readConfig(): Promise<OrgConfig>;
  /**
   * Of these records, those that satisfy a condition as behind WHERE; 400 ids a request, fewer where it is long.
   * @throws RequestFailed where the org does not take the condition
   */
  matching(object: SalesforceObject, condition: string, ids: readonly string[]): Promise<Set<string>>;
  /** Up to five looks in one call, each with an outcome of its own. One that follows a first without records is refused. */
  look(looks: readonly Look[]): Promise<readonly Looked[]>;
  /** Calls used, as the last answer told it; null before the first. Costs nothing. */
  usage(): ApiUsage | null;
  /** What is left of the org's limits; costs one call. */
  limits(): Promise<OrgLimits>;
  /**
   * Writes entries of the log; those that are there already stay as they are, and those that the org refuses for
   * what they hold are left out. @throws RequestFailed when the log cannot be written now
   */
  writeLog(entries: readonly OrgLogEntry[]): Promise<void>;
  /** Deletes entries of the log from before that time (ISO), the oldest first; returns how many. */
  deleteLogsBefore(before: string, limit: number): Promise<number>;
  /**
   * Writes the bridge's row and tells its id and what was asked for on it before; `answers` clears that. One call.
   * @throws RequestFailed, of class permission where the org has no place for it or the user no right to it
   */
  writeStatus(
    status: BridgeStatus,
    answers: boolean,
  ): Promise<{ rowId: string; asked: BridgeRequest | null }>;
  /** The org's clock now, from the Date header of a cheap request; ISO. */
  now(): Promise<string>;
}

export type OrgEvent =
  | {
      readonly kind: 'change';
      readonly object: string;
      readonly changeType: string;
      readonly recordIds: readonly string[];
    }
  | { readonly kind: 'gap'; readonly object: string }
  | { readonly kind: 'signal'; readonly fields: Readonly<Record<string, unknown>> };

export type StreamBatch = { readonly events: readonly OrgEvent[]; readonly replayId: Uint8Array };

export type StreamEnd =
  | { readonly reason: 'stopped' }
  /** The stored position is not usable: reconcile by polling, then start at the earliest. */
  | { readonly reason: 'positionLost'; readonly message: string }
  /** No use to try again before something changes in the org. */
  | { readonly reason: 'refused'; readonly message: string }
  | { readonly reason: 'failed'; readonly message: string; readonly retryAfterMs?: number };

/** One subscription. Resolves when it ended; reconnecting is the caller's business. */
export interface OrgEvents {
  subscribe(options: {
    topic: string;
    /** Opaque bytes of the last committed batch, or where to start. */
    from: Uint8Array | 'latest' | 'earliest';
    /** Awaited before more is asked for: it must be durable when it resolves. Empty events: a keepalive. */
    onBatch: (batch: StreamBatch) => Promise<void>;
    /** Called once when the stream is known to be live: everything after this moment will be delivered. */
    onReady?: () => void;
    signal: AbortSignal;
  }): Promise<StreamEnd>;
}
