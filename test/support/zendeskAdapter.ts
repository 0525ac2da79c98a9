import assert from 'node:assert/strict';
import type { PairKind } from '../../bridge/src/core/pair.ts';
import type { DeskChanges, DeskRecord, DeskWrite, HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { createZendesk } from '../../bridge/src/zendesk/createZendesk.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

/** A clock of both sides that goes on by each wait, which is over at once. */
export type JumpingClock = {
  time: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
};

export function jumpingClock(time: number): JumpingClock {
  const clock = {
    time,
    now: () => clock.time,
    wait: (ms: number) => {
      clock.time += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

/** An adapter that calls a local Zendesk as its administrator. */
export function adapterFor(
  { url, adminEmail: email, apiTokens: [token = ''] }: LocalZendesk,
  clock: JumpingClock,
): HelpDesk {
  return createZendesk({ url, auth: { kind: 'token', email, token }, clock });
}

/** A local Zendesk with an adapter, for the tests of a file; its clock goes on where they move it. */
export async function startZendeskAdapter() {
  const clock = jumpingClock(Date.parse('2026-05-01T10:00:00Z'));
  const local = await startZendesk({ now: clock.now, rateLimitPerMinute: 10_000 });
  const desk = adapterFor(local, clock);
  return {
    clock,
    local,
    desk,
    customer: (changes: DeskChanges) => made(desk, 'customer', changes),
    ticket: (changes: DeskChanges) => made(desk, 'case', changes),
  };
}

/** A record that is to be made, for the first time. */
export const fresh = (...changes: DeskChanges[]) => changes.map((one) => ({ changes: one, again: false }));
/** One whose making was tried before, with an answer that was lost. */
export const again = (...changes: DeskChanges[]) => changes.map((one) => ({ changes: one, again: true }));
/** The only value of a list by types. */
export const work = (value: string) => [{ type: 'work', value }];

/** The record of a write that was done. */
export function recordIn(outcome: DeskWrite | undefined): DeskRecord {
  assert.equal(outcome?.outcome, 'done', JSON.stringify(outcome));
  return outcome?.outcome === 'done' ? outcome.record : assert.fail();
}

/** Makes a record that nothing stands against. */
export async function made(desk: HelpDesk, pair: PairKind, changes: DeskChanges): Promise<DeskRecord> {
  return recordIn((await desk.create(pair, fresh(changes)))[0]);
}

export async function readOne(desk: HelpDesk, pair: PairKind, id: string): Promise<DeskRecord | undefined> {
  return (await desk.read(pair, [id], () => true)).get(id);
}
