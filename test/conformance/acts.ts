import assert from 'node:assert/strict';
import { RequestFailed, type Failure } from '../../bridge/src/core/failure.ts';
import type { PairKind } from '../../bridge/src/core/pair.ts';
import type {
  DeskCase,
  DeskChanges,
  DeskRecord,
  DeskWrite,
  HelpDesk,
} from '../../bridge/src/ports/helpDesk.ts';
import type { Subject } from './subject.ts';

/** Ids have this form in every desk that we know; nothing has it. */
export const NOBODY = '987654321';

/** The customer whose cases a test makes, where it does not care whose they are. */
const requesters = new WeakMap<Subject, Promise<string>>();
export function requester(subject: Subject): Promise<string> {
  const known = requesters.get(subject) ?? subject.people.make('customer', 'Requester');
  requesters.set(subject, known);
  return known;
}

/** What a new record is made of that says the word, and what is named besides. */
export async function newOf(
  subject: Subject,
  pair: PairKind,
  word: string,
  more: DeskChanges = {},
): Promise<DeskChanges> {
  const parent = pair === 'case' ? await requester(subject) : undefined;
  return { ...subject.newRecord(pair, word, parent), ...more };
}

export function done(written: DeskWrite | undefined): DeskRecord {
  assert.ok(written?.outcome === 'done', `not done: ${JSON.stringify(written)}`);
  return written.record;
}

export function refusal(written: { readonly outcome: string } | undefined): Failure {
  assert.ok(
    written?.outcome === 'refused' && 'failure' in written,
    `not refused: ${JSON.stringify(written)}`,
  );
  return written.failure as Failure;
}

/** Makes a record by the adapter. */
export async function make(
  subject: Subject,
  pair: PairKind,
  word: string,
  more: DeskChanges = {},
): Promise<DeskRecord> {
  const changes = await newOf(subject, pair, word, more);
  const [written] = await subject.desk.create(pair, [{ changes, again: false }]);
  return done(written);
}

/** People make records, one after the other. Gives the ids. */
export async function makeAll(
  { people, clock }: Subject,
  pair: PairKind,
  words: readonly string[],
  apartMs = 0,
): Promise<string[]> {
  const ids: string[] = [];
  for (const word of words) {
    ids.push(await people.make(pair, word));
    clock.pass(apartMs);
  }
  return ids;
}

/** A record as it is now: no index and no feed is trusted for it. */
export async function readOne(desk: HelpDesk, pair: PairKind, id: string): Promise<DeskRecord | null> {
  return (await desk.read(pair, [id], () => false)).get(id) ?? null;
}

export async function readCase(desk: HelpDesk, id: string): Promise<DeskCase> {
  const found = await readOne(desk, 'case', id);
  assert.ok(found?.pair === 'case', `case ${id} is not read`);
  return found;
}

/** Why a call failed as a whole. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof RequestFailed, `it threw something else: ${String(error)}`);
    return error.failure;
  }
  return assert.fail('it did not fail');
}

/** Words of one test, each with a number of three digits, so that none is a part of another. */
export const wordsOf = (word: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${word} ${String(index).padStart(3, '0')}`);

/** The id that Salesforce gives a record, of 18 characters, made of a word. */
export const salesforceId = (word: string) =>
  `003${word
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(-15)
    .padStart(15, '0')}`;
