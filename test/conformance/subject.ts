import type { PairKind } from '../../bridge/src/core/pair.ts';
import type { DeskChanges, DeskRecord, HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import type { DeskHook, HookCall } from '../../bridge/src/ports/deskHook.ts';
import type { MovableClock } from './movableClock.ts';

/**
 * What not every desk can do, and what a test of it needs. What a tester does not name under `cannot` is tested.
 *
 * - `companyExternalId`: companies keep the id of their account.
 * - `goneCompanies`, `goneCustomers`: the feed tells that one is gone.
 * - `mergedCompanies`, `mergedCustomers`: people merge two of them into one.
 * - `drafts`: an agent's reply that is not sent yet is a part of the case already.
 * - `decimals`, `selections`: custom fields of a fraction, and of several choices at a time.
 * - `signedCalls`: what it sends by itself is signed, with its time.
 * - `laterWork`: what a request with many records asks for is done some time after the answer.
 */
export type Ability =
  | 'companyExternalId'
  | 'goneCompanies'
  | 'goneCustomers'
  | 'mergedCompanies'
  | 'mergedCustomers'
  | 'drafts'
  | 'decimals'
  | 'selections'
  | 'signedCalls'
  | 'laterWork';

/** What somebody who wrote an adapter hands in. */
export type Tester = {
  readonly name: string;
  /** What the desk cannot do, each with the reason; the tests that need it are shown as left out for that reason. */
  readonly cannot: Readonly<Partial<Record<Ability, string>>>;
  /** A server with nothing in it, and an adapter for it. */
  start(options: StartOptions): Promise<Subject>;
};

export type StartOptions = {
  /** Lists give no larger pages, so that a few records have many of them. */
  readonly pageSize?: number;
  /** Limits of single records or kinds of requests do not stop people, who do not work by the API. */
  readonly busyPeople?: boolean;
};

/** One adapter and the server that it speaks to, which stands under the test's control. */
export type Subject = {
  readonly desk: HelpDesk;
  /** A fresh adapter on the same server: it knows what a restarted bridge knows, or a second one. */
  readonly again: () => HelpDesk;
  /** The clock of the server and of all its adapters. */
  readonly clock: MovableClock;
  /** The least that a record is made of, in the port's words. A case is one of the customer `parentId`. */
  newRecord(pair: PairKind, word: string, parentId?: string): DeskChanges;
  /** The text of a record by which the tests know it: a name, a subject. */
  readonly word: Readonly<
    Record<PairKind, { change(word: string): DeskChanges; of(record: DeskRecord): string | null }>
  >;
  readonly people: People;
  readonly server: ServerLook;
  readonly faults: Upsets;
  readonly hook: DeskHook;
  /** Has the desk call the bridge, as the guide has an administrator set it up. */
  hear(): Promise<Hearing>;
  close(): Promise<void>;
};

/** Calls that the desk has made by itself, as they came. */
export type Hearing = {
  /** What the bridge is given to know them by. */
  readonly secret: string;
  readonly calls: readonly HookCall[];
  /** The kinds of records of which it tells. */
  readonly tells: readonly PairKind[];
};

/** What those do who work at the desk, and its customers. */
export type People = {
  /** Gives the id. */
  make(pair: PairKind, word: string, parentId?: string): Promise<string>;
  /** Writes another word into the record. */
  change(pair: PairKind, id: string, word: string): Promise<void>;
  delete(pair: PairKind, id: string): Promise<void>;
  /** The first goes, and the second has what it had. */
  merge(pair: PairKind, loserId: string, winnerId: string): Promise<void>;
  /** The record becomes one that no program can read, each time in another way. */
  spoil(pair: PairKind, id: string): Promise<void>;
  note(caseId: string, body: string): Promise<void>;
  /** The customer writes (`in`), or an agent writes to him. */
  reply(caseId: string, direction: 'in' | 'out', body: string): Promise<void>;
  /** Begins a reply that is not sent. */
  draft(caseId: string, body: string): Promise<void>;
  /** Sets up a custom field; gives its key, as records have it. */
  addField(pair: PairKind, field: NewField): Promise<string>;
  /** Other programs make so many requests of the site's limit. */
  useUp(requests: number): Promise<void>;
};

export type NewField = {
  readonly label: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'decimal' | 'date' | 'list' | 'multi';
  readonly choices?: readonly string[];
  readonly active?: boolean;
};

/** What the server itself holds; looking costs no request. */
export type ServerLook = {
  /** A record that is there, whatever the adapter says. */
  sees(pair: PairKind, id: string): Seen | null;
  /** How many records there are that say the word. */
  count(pair: PairKind, word: string): number;
  /** All that is said in a case, oldest first, without its first message. */
  said(caseId: string): { readonly notes: readonly string[]; readonly replies: readonly Reply[] };
  /** Requests so far, of whomever. */
  calls(): number;
  /** Requests that were refused for the site's limit. */
  refused(): number;
  /** E-mails that the desk would have sent to somebody. */
  emailed(): number;
  /** Of what is found by the index of a search, each write is found only so much later. */
  lagBehind(ms: number): void;
  /** From now on the site takes so many requests a minute. */
  limitTo(perMinute: number): void;
};
export type Seen = {
  readonly word: string | null;
  readonly externalId: string | null;
  /** Of a customer the company, of a case the customer. */
  readonly parentId: string | null;
  /** All of it, as text. */
  readonly whole: string;
};
export type Reply = { readonly direction: 'in' | 'out'; readonly body: string };

/** What goes wrong with the requests that come next. */
export type Upsets = {
  /** The next request that makes records of the pair is done, and its answer lost. */
  loseCreation(pair: PairKind): void;
  /** The same of the next request that changes some. */
  loseUpdate(pair: PairKind): void;
  /** The same of the next request that adds a note to a case. */
  loseNote(): void;
  /** So many requests are answered like this, and nothing is done. */
  refuse(status: number, times: number, retryAfterSeconds?: number): void;
  /** The connection breaks, so many times, before anything is done. */
  cut(times: number): void;
  /** So many requests are answered with a page for people. */
  garble(times: number): void;
  /** What is done after the answer is done only so much later. */
  workLater(ms: number): void;
  /** All is well again. */
  clear(): void;
};
