import assert from 'node:assert/strict';
import { PAIRS } from '../../../bridge/src/core/pair.ts';
import { done, make, makeAll, newOf, readCase, readOne, wordsOf } from '../acts.ts';
import { feedFromNow, follow, LONG_MS } from '../feed.ts';
import type { KeptPromise } from '../promise.ts';

/** What comes in which order. */
export const ORDER: readonly KeptPromise[] = [
  {
    title: 'the feed tells the oldest change first',
    options: { busyPeople: true },
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const ids = await makeAll(subject, pair, wordsOf(`Order ${pair}`, 5));
        const told = await feedFromNow(subject, pair);
        const changed = [3, 0, 4, 2, 1].map((index) => ids[index] ?? assert.fail());
        for (const id of changed) {
          subject.clock.pass(3_000);
          await subject.people.change(pair, id, `Turned ${id}`);
        }
        await follow(subject, pair, told, LONG_MS);
        const last = told.records.filter((record) => subject.word[pair].of(record) === `Turned ${record.id}`);
        assert.deepEqual([...new Set(last.map(({ id }) => id))], changed, pair);
      }
    },
  },
  {
    title: 'outcomes come in the order of the records, of creations, updates and deletions',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const words = wordsOf(`In line ${pair}`, 12);
        const records = await Promise.all(
          words.map(async (word) => ({ changes: await newOf(subject, pair, word), again: false })),
        );
        const made = (await subject.desk.create(pair, records)).map(done);
        assert.deepEqual(
          made.map((record) => subject.word[pair].of(record)),
          words,
        );
        const turned = made.toReversed().map(({ id }) => ({
          id,
          changes: subject.word[pair].change(`Turned ${id}`),
        }));
        const changed = (await subject.desk.update(pair, turned)).map(done);
        assert.deepEqual(
          changed.map(({ id }) => id),
          turned.map(({ id }) => id),
        );
      }
    },
  },
  {
    title: 'of two updates one after the other, the second one stays',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const { id } = await make(subject, pair, `Twice ${pair}`);
        for (const word of [`First ${pair}`, `Second ${pair}`]) {
          const [written] = await subject.desk.update(pair, [
            { id, changes: subject.word[pair].change(word) },
          ]);
          done(written);
        }
        const read = await readOne(subject.again(), pair, id);
        assert.equal(read && subject.word[pair].of(read), `Second ${pair}`);
      }
    },
  },
  {
    title: 'notes and messages come oldest first',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Long talk');
      const [notes, replies] = [wordsOf('Note', 4), wordsOf('Reply', 4)];
      for (const [index, note] of notes.entries()) {
        subject.clock.pass(2_000);
        await subject.people.note(id, note);
        subject.clock.pass(2_000);
        await subject.people.reply(id, index % 2 === 0 ? 'in' : 'out', replies[index] ?? '');
      }
      const talk = await subject.desk.conversation(await readCase(subject.desk, id), { message: false });
      assert.deepEqual(
        talk?.notes.map(({ body }) => body),
        notes,
      );
      assert.deepEqual(
        talk?.messages.map(({ body }) => body),
        replies,
      );
    },
  },
];
