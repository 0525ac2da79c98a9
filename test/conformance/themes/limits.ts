import assert from 'node:assert/strict';
import { RequestFailed, type Failure } from '../../../bridge/src/core/failure.ts';
import { PAIRS } from '../../../bridge/src/core/pair.ts';
import type { DeskWrite } from '../../../bridge/src/ports/helpDesk.ts';
import { make, makeAll, newOf, readCase, readOne, refusal, wordsOf } from '../acts.ts';
import type { KeptPromise } from '../promise.ts';
import type { Subject } from '../subject.ts';

const HOUR_S = 3_600;
const MINUTE_MS = 60_000;
const A_MINUTE = 40;

/** The desk takes only so many requests. */
export const LIMITS: readonly KeptPromise[] = [
  {
    title:
      'a refusal for the limit is waited for as long as the desk says, or told with it; then it is done, once',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const changes = await newOf(subject, pair, `Waited ${pair}`);
        const { id } = await make(subject, pair, `Waiting ${pair}`);
        const named = subject.word[pair].change(`Had waited ${pair}`);
        await afterRefusal(subject, async () => {
          assert.ok(await readOne(subject.desk, pair, id));
          return null;
        });
        await afterRefusal(subject, async () =>
          toldOf(await subject.desk.create(pair, [{ changes, again: false }])),
        );
        await afterRefusal(subject, async () =>
          toldOf(await subject.desk.update(pair, [{ id, changes: named }])),
        );
        assert.equal(subject.server.count(pair, `Waited ${pair}`), 1);
        assert.equal(subject.server.sees(pair, id)?.word, `Had waited ${pair}`);
      }
    },
  },
  {
    title: 'where other programs have used up the limit, it waits for the next minute, and then it is done',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Used up');
      subject.clock.pass(2 * MINUTE_MS);
      subject.server.limitTo(A_MINUTE);
      await subject.people.useUp(A_MINUTE);
      const began = subject.clock.now();
      await readCase(subject.desk, id);
      const waited = subject.clock.now() - began;
      assert.ok(waited > 0 && waited <= MINUTE_MS, `it waited ${waited} ms`);
      // One that does not know of them yet runs into it once.
      assert.ok(subject.server.refused() <= 1, `${subject.server.refused()} refusals`);
    },
  },
  {
    title: 'a long wait is told, and not sat out',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Long wait');
      const began = subject.clock.now();
      subject.faults.refuse(429, 9, HOUR_S);
      const changes = subject.word.case.change('Much later');
      const failure = refusal((await subject.desk.update('case', [{ id, changes }]))[0]);
      subject.faults.clear();
      assert.equal(failure.class, 'rateLimit');
      assert.equal(failure.retryAfterMs, HOUR_S * 1_000);
      assert.ok(subject.clock.now() - began < 2 * MINUTE_MS, 'it waited itself');
    },
  },
  {
    title: 'a desk that refuses again and again is told as a limit, and not asked for ever',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Refused');
      const before = subject.server.calls();
      subject.faults.refuse(429, 100, 5);
      const changes = subject.word.case.change('Never');
      const failure = refusal((await subject.desk.update('case', [{ id, changes }]))[0]);
      subject.faults.clear();
      assert.equal(failure.class, 'rateLimit');
      assert.ok(subject.server.calls() - before <= 5, `${subject.server.calls() - before} requests`);
    },
  },
  {
    title: 'the limit of the site is never run into, however much is asked for at once',
    keep: async (subject) => {
      const ids = await makeAll(subject, 'customer', wordsOf('Limited', 60));
      subject.clock.pass(2 * MINUTE_MS);
      subject.server.limitTo(A_MINUTE);
      const began = subject.clock.now();
      const desk = subject.again();
      // Whoever has just started learns of the limit by the first answer.
      await desk.read('customer', ids.slice(0, 1), () => false);
      const fresh = wordsOf('Many at once', 60).map((word) => ({
        changes: subject.newRecord('customer', word),
        again: false,
      }));
      const work = [
        desk.create('customer', fresh),
        ...ids.map((id) => desk.read('customer', [id], () => false)),
      ];
      await Promise.all(work);
      assert.equal(subject.server.refused(), 0);
      assert.ok(subject.clock.now() - began < 10 * MINUTE_MS, 'it took too long');
    },
  },
  {
    title: 'bridges that share the limit together do not run into it',
    keep: async (subject) => {
      const ids = await makeAll(subject, 'customer', wordsOf('Shared', 40));
      subject.clock.pass(2 * MINUTE_MS);
      subject.server.limitTo(A_MINUTE);
      const desks = [subject.again(), subject.again()];
      for (const desk of desks) {
        desk.shareAmong(desks.length);
        await desk.read('customer', ids.slice(0, 1), () => false);
      }
      await Promise.all(desks.flatMap((desk) => ids.map((id) => desk.read('customer', [id], () => false))));
      assert.equal(subject.server.refused(), 0);
    },
  },
  {
    title: 'what other programs use of the limit is left to them',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Beside others');
      subject.clock.pass(2 * MINUTE_MS);
      subject.server.limitTo(A_MINUTE);
      await subject.people.useUp(A_MINUTE - 6);
      await readCase(subject.desk, id);
      const { left } = subject.desk.rate();
      assert.ok(left <= 5, `it thinks that ${left} are left`);
      const refused = subject.server.refused();
      for (let asked = 0; asked < 12; asked += 1) await readCase(subject.desk, id);
      assert.equal(subject.server.refused(), refused);
    },
  },
  {
    title: 'the limit that the desk tells is the one that is told, and to ask for it costs nothing',
    keep: async (subject) => {
      subject.server.limitTo(123);
      await make(subject, 'company', 'Any');
      const before = subject.server.calls();
      const { limit, left, windowEndsAt } = subject.desk.rate();
      assert.equal(subject.server.calls(), before);
      assert.equal(limit, 123);
      assert.ok(left > 0 && left < 123, String(left));
      const now = subject.clock.now();
      assert.ok(windowEndsAt > now && windowEndsAt <= now + MINUTE_MS, `${windowEndsAt - now} ms`);
    },
  },
  {
    title: 'the limit of one record is told of that one, and the others of its batch do not wait for it',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const [busy, calm] = [
          await make(subject, pair, `Busy ${pair}`),
          await make(subject, pair, `Calm ${pair}`),
        ];
        const update = (round: number) =>
          subject.desk.update(
            pair,
            [busy, calm].map(({ id }) => ({
              id,
              changes: id === busy.id || round % 8 === 0 ? subject.word[pair].change(`${id} ${round}`) : {},
            })),
          );
        for (let round = 1; round <= 40; round += 1) {
          const began = subject.clock.now();
          const [first, second] = await update(round);
          assert.equal(second?.outcome, 'done', `${pair}, round ${round}: ${JSON.stringify(second)}`);
          assert.ok(subject.clock.now() - began <= MINUTE_MS, `${pair}: the batch waited`);
          if (first?.outcome === 'done') continue;
          assert.equal(refusal(first).class, 'rateLimit');
          assert.ok((refusal(first).retryAfterMs ?? 0) > 0, 'it does not say for how long');
        }
      }
    },
  },
];

const WAIT_S = 7;

/** Refuses the next request for the limit. What is told of it says how long to wait, and is done after that. */
async function afterRefusal(subject: Subject, act: () => Promise<Failure | null>): Promise<void> {
  const began = subject.clock.now();
  subject.faults.refuse(429, 1, WAIT_S);
  const failure = await act().catch((error: unknown) => {
    if (error instanceof RequestFailed) return error.failure;
    throw error;
  });
  if (failure === null) {
    const waited = subject.clock.now() - began;
    assert.ok(waited >= WAIT_S * 1_000, `it waited ${waited} ms`);
    return;
  }
  assert.deepEqual([failure.class, failure.retryAfterMs], ['rateLimit', WAIT_S * 1_000]);
  subject.clock.pass(WAIT_S * 1_000);
  assert.equal(await act(), null);
}

/** The refusal of the one record of a write; null where it is done. */
function toldOf([written]: readonly DeskWrite[]): Failure | null {
  if (written?.outcome === 'refused') return written.failure;
  assert.equal(written?.outcome, 'done', JSON.stringify(written));
  return null;
}
