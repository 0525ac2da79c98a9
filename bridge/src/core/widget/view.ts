import type { ShownValue } from './shownValue.ts';

/** A field of a record with what it holds. */
export type Entry = { readonly label: string; readonly value: ShownValue };
/** A record as it is shown: its name, its page in Salesforce, and those of its fields that hold something. */
export type Card = {
  readonly name: string;
  readonly href: string | null;
  readonly entries: readonly Entry[];
};

/** Records of one kind under a heading, or why there are none. */
export type Group = { readonly title: string } & (
  { readonly cards: readonly Card[]; readonly hasMore: boolean } | { readonly problem: string }
);

/** What an agent sees of a case's records in Salesforce. */
export type View = {
  readonly groups: readonly Group[];
  /** When it was read, in milliseconds since 1970. */
  readonly readAt: number;
};
