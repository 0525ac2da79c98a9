import type { Generated, Insertable, Selectable } from 'kysely';

/** One row a pair: its ids, what was equal last, and the inbox entry (due at, priority, attempts, lease). */
export type PairTable = {
  id: Generated<number>;
  pair: string;
  salesforce_id: string | null;
  desk_id: string | null;
  link_id: string | null;
  /** JSON of Base; null until the two sides were compared. */
  base: string | null;
  /** Fingerprints of what was last seen on each side, so that a repeated sighting makes nothing due. */
  salesforce_seen: string | null;
  desk_seen: string | null;
  state: Generated<string>;
  /** JSON of Failure, with a rule or class that a person can look up. */
  failure: string | null;
  /** Milliseconds since 1970, null when nothing waits. */
  due_at: number | null;
  priority: Generated<number>;
  attempts: Generated<number>;
  /** Counts the sightings: a round that began before the newest one leaves the pair due. */
  version: Generated<number>;
  /** Cases: Desk's mark of the conversation when it was last in step; null when it is to be compared. */
  conversation: string | null;
  /** Cases: time of the last comment that was seen in Salesforce. */
  comments_seen: string | null;
  /** What somebody asked for on the link, until it is answered. */
  asked: string | null;
  /** JSON of Intent: what was about to be done, until what came of it is recorded. */
  intent: string | null;
  lease_until: number | null;
  /** Which bridge holds the lease. */
  lease_by: string | null;
  synced_at: number | null;
  /** 1: both sides had changed a field when it was last in step, and one gave way. */
  conflict: Generated<number>;
};
export type CursorTable = { name: string; value: string };
export type LogTable = {
  id: Generated<number>;
  at: number;
  level: string;
  pair: string;
  salesforce_id: string | null;
  desk_id: string | null;
  rule: string;
  text: string;
};
/** How many pairs there are of a kind and a status; the database itself counts them. */
export type PairCountTable = { pair: string; status: string; pairs: number };
/** What was written and what failed in the hour that began then (milliseconds since 1970). */
export type HourTable = { at: number; to_desk: number; to_salesforce: number; failed: number };
/** Rows of bridges that live (`bridge …`) and of what only one of them does at a time. */
export type LeaseTable = {
  name: string;
  holder: string;
  until: number;
  /** Rows of bridges: the number of the lock that its connection holds; null where it never held one. */
  presence: number | null;
};
export type Schema = {
  pair: PairTable;
  pair_count: PairCountTable;
  lease: LeaseTable;
  cursor: CursorTable;
  log: LogTable;
  hour: HourTable;
};
export type PairRow = Selectable<PairTable>;
export type LogRow = Selectable<LogTable>;
export type NewLogRow = Insertable<LogTable>;
