import type { Failure } from '../core/failure.ts';
import type { Intent } from '../core/intent.ts';
import type { SideName } from '../core/mergeFields.ts';
import type { PairKind } from '../core/pair.ts';
import type { RequestedAction } from '../core/requestedAction.ts';
import type { Priority } from '../core/spending.ts';
import type { FailureCause, HourCounts, PairCounts } from '../core/status/facts.ts';
import type { Base } from '../core/values.ts';
import type { DeskKind } from '../core/vocabulary/vocabulary.ts';

export type PairState = 'new' | 'inStep' | 'failing' | 'excluded' | 'unlinked';

/** The inbox entry and the memory of one pair; a half row knows one side only. */
export type Pair = {
  readonly row: number;
  readonly pair: PairKind;
  readonly salesforceId: string | null;
  readonly deskId: string | null;
  readonly linkId: string | null;
  readonly base: Base | null;
  /** Fingerprint of what was last seen in Desk. */
  readonly deskSeen: string | null;
  readonly attempts: number;
  readonly version: number;
  /** What somebody asked for on the link. */
  readonly asked: RequestedAction | null;
  readonly state: PairState;
  /** Cases: Desk's mark of the conversation when it was last in step; null when it is to be compared. */
  readonly conversation: string | null;
  /** What was about to be done, and came to an end that nobody recorded. */
  readonly intent: Intent | null;
};

/** Somebody saw this record: it may have changed. */
export type Sighting = {
  readonly pair: PairKind;
  readonly side: SideName;
  readonly id: string;
  /** Fingerprint of what was seen; the same one twice makes nothing due. Absent: due whatever it is. */
  readonly seen?: string;
  /** Due whatever it was seen as before. */
  readonly anew?: true;
  /** Somebody asks for this; it makes even an unlinked pair due. */
  readonly asked?: RequestedAction;
  /** The record is there: a pair that was unlinked because it was gone comes back. */
  readonly exists?: true;
  /** A comment of this case was seen: its time, where that is known; the same one twice makes nothing due. */
  readonly commented?: { readonly stamp: string | null };
};

export type Cursor = { readonly name: string; readonly value: string };

/** How a round ended for one claimed pair. */
export type Settlement =
  | {
      readonly kind: 'inStep';
      readonly pair: Pair;
      readonly salesforceId: string;
      readonly deskId: string;
      readonly linkId: string | null;
      readonly base: Base;
      readonly salesforceSeen: string;
      readonly deskSeen: string;
      readonly conversation: string | null;
      /** When it is to be compared once more, in milliseconds since 1970; null: when something is seen. */
      readonly againAt: number | null;
      /** Whether both sides had changed a field; absent: as it was. */
      readonly conflict?: boolean;
      /** The sides that were written to. */
      readonly wrote?: readonly SideName[];
    }
  /** The two records are one pair now and are to be compared at once. */
  | {
      readonly kind: 'linked';
      readonly pair: Pair;
      readonly salesforceId: string;
      readonly deskId: string;
      readonly linkId: string | null;
      /** What the two were when one was made of the other. */
      readonly base?: Base;
      /** The sides that were written to. */
      readonly wrote?: readonly SideName[];
      /** The link was there already: where one was to be made of the other, that is how it came to be. */
      readonly adopted?: true;
    }
  | { readonly kind: 'retry'; readonly pair: Pair; readonly failure: Failure; readonly dueAt: number }
  | { readonly kind: 'parked'; readonly pair: Pair; readonly failure: Failure }
  /** Its rule leaves it out; what it was when it was last in step stays. */
  | {
      readonly kind: 'excluded';
      readonly pair: Pair;
      readonly why: string;
      readonly message: string;
      /** When it is looked at again by itself, in milliseconds since 1970; null: when something is seen. */
      readonly againAt: number | null;
    }
  | {
      readonly kind: 'unlinked';
      readonly pair: Pair;
      readonly reason: string;
      /** The sides that were written to. */
      readonly wrote?: readonly SideName[];
    }
  | { readonly kind: 'forgotten'; readonly pair: Pair };

export type LogEntry = {
  readonly level: 'info' | 'warn' | 'error';
  readonly pair: PairKind;
  readonly salesforceId: string | null;
  readonly deskId: string | null;
  readonly rule: string;
  readonly text: string;
};

/** What a person wants to know of one pair. */
export type PairStatus = {
  readonly pair: Pair;
  readonly failure: Failure | null;
  /** Milliseconds since 1970; null: nothing waits, or it was never in step. */
  readonly dueAt: number | null;
  readonly syncedAt: number | null;
};

/** How many pairs fail for one cause. */
export type Cause = Omit<FailureCause, 'examples'>;

export type Counts = Readonly<Record<'inStep' | 'waiting' | 'failing' | 'excluded' | 'unlinked', number>>;

/** A bridge among those that share a store. */
export type Membership = { readonly elected: boolean; readonly members: number };

/** What the engine must not forget. Each call is one transaction. */
export interface Store {
  /** Whether other bridges may have it open at the same time. */
  readonly shared: boolean;
  /**
   * Makes pairs due, `inMs` from now where they are not due earlier, and moves the cursors, both or neither.
   * Returns how many became due.
   */
  sight(
    sightings: readonly Sighting[],
    priority: Priority,
    cursors?: readonly Cursor[],
    inMs?: number,
  ): Promise<number>;
  /** Leases up to `limit` due pairs to this bridge, the most urgent and oldest first, none below `least`. */
  claim(limit: number, leaseMs: number, least?: Priority): Promise<Pair[]>;
  /** When the next pair is due that is not below `least`, in milliseconds since 1970; null when none waits. */
  nextDue(least?: Priority): Promise<number | null>;
  /**
   * Keeps in mind what is about to be done to claimed pairs, with what they are compared with now. It is forgotten
   * when what came of it is recorded, or tried again.
   */
  intend(intents: readonly { readonly pair: Pair; readonly intent: Intent }[]): Promise<void>;
  /** Records how claimed pairs ended, and the log. A pair whose lease went to another bridge is left to that one. */
  settle(settlements: readonly Settlement[], log: readonly LogEntry[]): Promise<void>;
  /**
   * Leases to this bridge the halves of records of Salesforce, which are there from then on, so that nobody makes
   * counterparts of them now. Those that another bridge has in hand, that have a counterpart, or of which one may have
   * been made already, are left out.
   */
  reserve(pair: PairKind, salesforceIds: readonly string[], leaseMs: number): Promise<Pair[]>;
  /** Records of Salesforce of which one is being made in Desk, or may have been, with what the two hold then. */
  making(pair: PairKind): Promise<{ readonly salesforceId: string; readonly base: Base }[]>;
  /** Counterparts of linked records, by id. */
  counterparts(pair: PairKind, side: SideName, ids: readonly string[]): Promise<Map<string, string>>;
  /** Those of the records whose pair was unlinked: nothing will make them a counterpart. */
  unlinked(pair: PairKind, side: SideName, ids: readonly string[]): Promise<Set<string>>;
  /** Those of the records whose pair its rule leaves out. */
  excluded(pair: PairKind, side: SideName, ids: readonly string[]): Promise<Set<string>>;
  /** Those of the records that get no counterpart by themselves: unlinked, left out, or failed for good. */
  stuck(pair: PairKind, side: SideName, ids: readonly string[]): Promise<Set<string>>;
  /** Gives back what dead bridges had leased: all of it where only one can have the store open. */
  releaseLeases(): Promise<void>;
  /** Gives back what this bridge has leased itself: pairs of a round that it could not record. */
  giveBack(): Promise<void>;
  /**
   * Says that this bridge lives for another `ttlMs`, and gives back what bridges had leased that say so no
   * more, or that have not for `lostMs` and have lost their connection (null: those are waited for as well). Tells
   * whether this one is the bridge that captures, and how many live.
   */
  beat(ttlMs: number, lostMs?: number | null): Promise<Membership>;
  /** The kind of help desk whose ids it holds, and has held since it was new; `ifNew` where it is new now. */
  deskKind(ifNew: DeskKind): Promise<string>;
  /** The clock of a store that bridges share, in milliseconds since 1970; null where there is only ours. */
  time(): Promise<number | null>;
  cursor(name: string): Promise<string | null>;
  forgetCursor(name: string): Promise<void>;
  counts(): Promise<Counts>;
  /** The same by kind of pair, with conflicts apart from what is in step, and ambiguous pairs from failing ones. */
  countsByPair(): Promise<Readonly<Record<PairKind, PairCounts>>>;
  /** The pair of a record, or null when it was never seen. */
  find(pair: PairKind, side: SideName, id: string): Promise<PairStatus | null>;
  /** The pairs of records, by the record's id; those that were never seen are absent. */
  pairsOf(pair: PairKind, side: SideName, ids: readonly string[]): Promise<Map<string, Pair>>;
  /** How many pairs of that priority are still to be brought in step; failing ones are not waited for. */
  waiting(priority: Priority): Promise<number>;
  /** Pairs in step behind that row, in the order of their rows: for whoever goes through all of them. */
  inStep(afterRow: number, limit: number): Promise<Pair[]>;
  /** Failing pairs by cause, the most frequent first. */
  causes(): Promise<Cause[]>;
  /** The same with up to so many pairs of each, one at least. */
  failures(examples: number): Promise<FailureCause[]>;
  /** What was written and what failed, by hour, from the hour of that time on; an hour without either is absent. */
  hours(since: number): Promise<HourCounts[]>;
  /** Makes failing pairs due at once: those of one class of failure, or all. Returns how many. */
  retry(failureClass: string | null): Promise<number>;
  /** What the log says of one pair, the newest first. */
  history(pair: Pair, limit: number): Promise<readonly (LogEntry & { at: number })[]>;
  /** Forgets the log entries before the newest `keep`, and those from before that time. */
  pruneLog(keep: number, before: number): Promise<void>;
  /** Entries of these levels behind a position, the oldest first, and the position behind which the next are. */
  logAfter(
    position: number,
    levels: readonly LogEntry['level'][],
    limit: number,
  ): Promise<{ entries: readonly (LogEntry & { at: number; row: number })[]; position: number }>;
  log(limit: number): Promise<readonly (LogEntry & { at: number })[]>;
  /**
   * Calls back when another bridge has made something due, as long as the store is open, by a connection whose loss
   * tells the others that this bridge is gone.
   */
  hearDue(onDue: () => void): void;
  /** Gives back all that this bridge holds, and closes. */
  close(): Promise<void>;
}
