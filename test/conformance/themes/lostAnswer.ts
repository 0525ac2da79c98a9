import assert from 'node:assert/strict';
import { PAIRS, type PairKind } from '../../../bridge/src/core/pair.ts';
import type {
  DeskChanges,
  DeskNew,
  DeskRecord,
  DeskWrite,
  HelpDesk,
} from '../../../bridge/src/ports/helpDesk.ts';
import { done, failureOf, make, newOf, readCase, refusal, salesforceId, wordsOf } from '../acts.ts';
import type { KeptPromise } from '../promise.ts';
import type { Subject } from '../subject.ts';

/** How long desks remember what was made under a key of ours, and more. */
const HOURS_MS = 3 * 3_600_000;

/** The desk has done what it was asked for, and nobody heard of it. */
export const LOST_ANSWER: readonly KeptPromise[] = [
  {
    title: 'a record whose answer was lost is refused as not known, and not made a second time',
    keep: async (subject) => {
      for (const pair of PAIRS) await madeOnce(subject, pair, () => subject.desk, 0);
    },
  },
  {
    title: 'the bridge that starts anew does not make it a second time either',
    keep: async (subject) => {
      for (const pair of PAIRS) await madeOnce(subject, pair, () => subject.again(), 0);
    },
  },
  {
    title: 'nor does it hours later, when the desk has forgotten the keys of requests',
    keep: async (subject) => {
      for (const pair of PAIRS) await madeOnce(subject, pair, () => subject.again(), HOURS_MS);
    },
  },
  {
    title: 'a record that was changed since is not made a second time',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const changes = await keyed(subject, pair, `Since ${pair}`);
        subject.faults.loseCreation(pair);
        refusal((await subject.desk.create(pair, [{ changes, again: false }]))[0]);
        subject.faults.clear();
        // The name is the only key that companies have everywhere: it stays.
        const later = pair === 'company' ? {} : subject.word[pair].change(`Now ${pair}`);
        const [written] = await subject
          .again()
          .create(pair, [{ changes: { ...changes, ...later }, again: true }]);
        assert.ok(written && written.outcome !== 'gone', JSON.stringify(written));
        const made = subject.server.count(pair, `Since ${pair}`) + subject.server.count(pair, `Now ${pair}`);
        assert.equal(made, 1, `${made} of ${pair} are there`);
        assert.equal(written.outcome, 'taken', pair);
      }
    },
  },
  {
    title: 'a batch whose answer was lost is made once, whoever tries again',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const records: { changes: DeskChanges; again: boolean }[] = [];
        for (const word of wordsOf(`Lost ${pair}`, 20))
          records.push({ changes: await keyed(subject, pair, word), again: false });
        subject.faults.loseCreation(pair);
        const first = await subject.desk.create(pair, records);
        assert.equal(first.length, records.length);
        assert.ok(first.some(({ outcome }) => outcome === 'refused'));
        subject.faults.clear();
        const unknown = records.filter((_, index) => first[index]?.outcome === 'refused');
        const second = await subject.again().create(
          pair,
          unknown.map(({ changes }) => ({ changes, again: true })),
        );
        for (const written of second)
          assert.ok(['done', 'taken'].includes(written.outcome), JSON.stringify(written));
        for (const word of wordsOf(`Lost ${pair}`, 20))
          assert.equal(subject.server.count(pair, word), 1, word);
      }
    },
  },
  {
    title: 'a batch whose answer was lost and that is not made yet is made once, whenever it is tried again',
    needs: ['laterWork'],
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const words = wordsOf(`Slow ${pair}`, 8);
        const records: DeskNew[] = [];
        for (const word of words) records.push({ changes: await keyed(subject, pair, word), again: false });
        subject.faults.workLater(30_000);
        subject.faults.loseCreation(pair);
        for (const one of await subject.desk.create(pair, records)) refusal(one);
        let open = records.map(({ changes }) => ({ changes, again: true }));
        for (let tries = 0; open.length > 0; tries += 1) {
          assert.ok(tries < 10, `${pair}: ${open.length} come to no end`);
          const written = await subject.again().create(pair, open);
          open = open.filter((_, index) => written[index]?.outcome === 'refused');
          subject.clock.pass(10_000);
        }
        subject.clock.pass(60_000);
        await subject.desk.find({ pair, by: 'externalId', value: 'nobody' });
        for (const word of words) assert.equal(subject.server.count(pair, word), 1, word);
        subject.faults.clear();
      }
    },
  },
  {
    title: 'one that was not made after all is made when it is tried again',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const changes = await keyed(subject, pair, `Never ${pair}`);
        subject.faults.cut(1);
        assert.equal(
          refusal((await subject.desk.create(pair, [{ changes, again: false }]))[0]).class,
          'network',
        );
        assert.equal(subject.server.count(pair, `Never ${pair}`), 0);
        done((await subject.desk.create(pair, [{ changes, again: true }]))[0]);
        assert.equal(subject.server.count(pair, `Never ${pair}`), 1);
      }
    },
  },
  {
    title: 'two bridges that make the same record at the same time make it once',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const changes = await keyed(subject, pair, `Both ${pair}`);
        const both = await Promise.all(
          [subject.desk, subject.again()].map((desk) => desk.create(pair, [{ changes, again: false }])),
        );
        const written = both.flat();
        assert.equal(written.length, 2);
        assert.ok(written.some(({ outcome }) => outcome === 'done'));
        assert.equal(subject.server.count(pair, `Both ${pair}`), 1, pair);
      }
    },
  },
  {
    title: 'an update whose answer was lost can be made again',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const { id } = await make(subject, pair, `Once ${pair}`);
        const changes = subject.word[pair].change(`Updated ${pair}`);
        subject.faults.loseUpdate(pair);
        assert.equal(refusal((await subject.desk.update(pair, [{ id, changes }]))[0]).class, 'network');
        subject.faults.clear();
        done((await subject.desk.update(pair, [{ id, changes }]))[0]);
        assert.equal(subject.server.sees(pair, id)?.word, `Updated ${pair}`);
      }
    },
  },
  {
    title: 'a note whose answer was lost is found in the conversation, so that nobody need write it twice',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'With a note');
      subject.faults.loseNote();
      assert.equal((await failureOf(subject.desk.addNote(id, 'Written once'))).class, 'network');
      subject.faults.clear();
      const again = subject.again();
      const talk = await again.conversation(await readCase(again, id), { message: false });
      assert.deepEqual(
        talk?.notes.map(({ body }) => body),
        ['Written once'],
      );
    },
  },
];

const keyed = (subject: Subject, pair: PairKind, word: string) =>
  newOf(subject, pair, word, { externalId: salesforceId(word) });

async function madeOnce(
  subject: Subject,
  pair: PairKind,
  desk: () => HelpDesk,
  laterMs: number,
): Promise<void> {
  const word = `Lost ${pair} ${laterMs}`;
  const changes = await keyed(subject, pair, word);
  subject.faults.loseCreation(pair);
  const [lost] = await subject.desk.create(pair, [{ changes, again: false }]);
  assert.equal(refusal(lost).class, 'network');
  assert.equal(subject.server.count(pair, word), 1, 'the fault of the test did its part');
  subject.faults.clear();
  subject.clock.pass(laterMs);
  const next = desk();
  const [written] = await next.create(pair, [{ changes, again: true }]);
  const found = await theOne(next, pair, changes, written);
  assert.equal(subject.word[pair].of(found), word);
  assert.equal(subject.server.count(pair, word), 1, `${pair} is there twice`);
}

/** The record that was made: the answer has it, or says by which key it is found. */
async function theOne(
  desk: HelpDesk,
  pair: PairKind,
  { externalId, name }: DeskChanges,
  written: DeskWrite | undefined,
): Promise<DeskRecord> {
  if (written?.outcome === 'done') return written.record;
  assert.ok(written?.outcome === 'taken', JSON.stringify(written));
  // The way that the engine goes: by the external id where it is on the record, else by the name.
  assert.ok(
    written.field === 'externalId' || (pair === 'company' && written.field === 'name'),
    written.field,
  );
  const [found] =
    written.field === 'name'
      ? await desk.find({ pair: 'company', by: 'name', value: name ?? '' })
      : await desk.find({ pair, by: 'externalId', value: externalId ?? '' });
  assert.ok(found, `${pair} is taken by ${written.field}, and not found by it`);
  return found;
}
