import assert from 'node:assert/strict';
import type { PairKind } from '../../bridge/src/core/pair.ts';
import type { DeskRecord, FeedPosition, HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import type { Subject } from './subject.ts';

/** What a feed has told, in the order in which it came. */
export type Told = {
  readonly records: DeskRecord[];
  readonly gone: string[];
  readonly unreadable: { readonly id: string; readonly seen: string }[];
  position: FeedPosition;
};

/** A feed that has more and more to tell of so few records does not come to an end. */
const MOST_PAGES = 1_000;

/** The place of a feed as a store keeps it. */
export const kept = (position: FeedPosition) => JSON.parse(JSON.stringify(position)) as FeedPosition;

export const nothingTold = (position: FeedPosition): Told => ({
  records: [],
  gone: [],
  unreadable: [],
  position,
});

/** Reads one page, adds what it tells, and says whether there is more. */
export async function turnPage(desk: HelpDesk, pair: PairKind, told: Told): Promise<boolean> {
  const page = await desk.changes(pair, told.position);
  told.records.push(...page.records);
  told.gone.push(...page.gone);
  told.unreadable.push(...page.unreadable);
  told.position = kept(page.position);
  return page.more;
}

/** Reads the feed to its end; `between` happens after each page. */
export async function poll(
  desk: HelpDesk,
  pair: PairKind,
  told: Told,
  between: (page: number) => Promise<void> = async () => undefined,
): Promise<Told> {
  for (let page = 1; await turnPage(desk, pair, told); page += 1) {
    assert.ok(page < MOST_PAGES, `the feed of ${pair} does not come to an end`);
    await between(page);
  }
  return told;
}

const EVERY_MS = 10_000;

/** Polls for so long, every ten seconds. */
export async function follow(
  { desk, clock }: Subject,
  pair: PairKind,
  told: Told,
  forMs: number,
): Promise<Told> {
  for (let passed = 0; passed < forMs; passed += EVERY_MS) {
    clock.pass(EVERY_MS);
    await poll(desk, pair, told);
  }
  return told;
}

/** By then every desk has told of a change: a search may lag by two minutes, and exports leave out one. */
export const LONG_MS = 5 * 60_000;

/** The ids in what was told, each once. */
export const idsOf = (told: Told) => new Set(told.records.map(({ id }) => id));

/** A feed of all that changes from now on, which has told of what was before. */
export async function feedFromNow(subject: Subject, pair: PairKind): Promise<Told> {
  // What was made just now is told first: it would be a repeat else.
  subject.clock.pass(LONG_MS);
  return nothingTold(kept(subject.desk.startOf(pair, subject.clock.now())));
}

/** Whether a record came that says the word. */
export const says = ({ word }: Subject, pair: PairKind, told: Told, wanted: string) =>
  told.records.some((record) => word[pair].of(record) === wanted);
