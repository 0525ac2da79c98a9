import assert from 'node:assert/strict';
import type { FailureClass } from '../../../bridge/src/core/failure.ts';
import { PAIRS } from '../../../bridge/src/core/pair.ts';
import { failureOf, make, newOf, readCase, refusal } from '../acts.ts';
import { feedFromNow } from '../feed.ts';
import type { KeptPromise } from '../promise.ts';
import type { Subject } from '../subject.ts';

/** More than any call makes requests of itself. */
const OFTEN = 60;

/** What goes wrong has a class, which says whether to try again. */
export const ERRORS: readonly KeptPromise[] = [
  classed('who is not let in', 'auth', (subject) => subject.faults.refuse(401, OFTEN)),
  classed('who may not do it', 'permission', (subject) => subject.faults.refuse(403, OFTEN)),
  classed('a server that has a fault', 'network', (subject) => subject.faults.refuse(500, OFTEN)),
  classed('a server that cannot just now', 'network', (subject) => subject.faults.refuse(503, OFTEN)),
  classed('a connection that breaks', 'network', (subject) => subject.faults.cut(OFTEN)),
  classed('a record that somebody else holds', 'busy', (subject) => subject.faults.refuse(409, OFTEN)),
  classed('an answer that cannot be read', 'network', (subject) => subject.faults.garble(OFTEN)),
  {
    title: 'a value that the desk does not take is a validation, and says what is wrong',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Valid');
      const changes = { status: 'no such status' };
      const failure = refusal((await subject.desk.update('case', [{ id, changes }]))[0]);
      assert.equal(failure.class, 'validation');
      assert.match(failure.message, /status/i);
      assert.notEqual(failure.code, '');
    },
  },
  {
    title: 'after a failure the next call is as good as any',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Survivor');
      for (const upset of [
        () => subject.faults.refuse(401, OFTEN),
        () => subject.faults.refuse(503, OFTEN),
        () => subject.faults.cut(OFTEN),
      ]) {
        upset();
        await failureOf(subject.desk.read('case', [id], () => false));
        subject.faults.clear();
        assert.equal(subject.word.case.of(await readCase(subject.desk, id)), 'Survivor');
      }
    },
  },
];

/** Reads throw, and writes say it of each record: both with the class. */
function classed(what: string, expected: FailureClass, upset: (subject: Subject) => void): KeptPromise {
  return {
    title: `${what} is a failure of the class ${expected}, thrown by reads and told of each record by writes`,
    keep: async (subject) => {
      const { desk } = subject;
      const known = await readCase(desk, (await make(subject, 'case', 'Known')).id);
      await subject.people.note(known.id, 'So that there is something to read');
      const spoken = await readCase(desk, known.id);
      for (const pair of PAIRS) {
        const [one, two] = [
          await make(subject, pair, `One ${pair}`),
          await make(subject, pair, `Two ${pair}`),
        ];
        const { position } = await feedFromNow(subject, pair);
        const fresh = [
          { changes: await newOf(subject, pair, `Three ${pair}`), again: false },
          { changes: await newOf(subject, pair, `Four ${pair}`), again: false },
        ];
        upset(subject);
        const thrown = [
          await failureOf(desk.read(pair, [one.id, two.id], () => false)),
          await failureOf(desk.changes(pair, position)),
          await failureOf(
            desk.find(
              pair === 'company' ? { pair, by: 'name', value: 'x' } : { pair, by: 'externalId', value: 'x' },
            ),
          ),
          await failureOf(desk.fields(pair)),
        ];
        const changes = [one, two].map(({ id }) => ({
          id,
          changes: subject.word[pair].change(`Changed ${id}`),
        }));
        const told = [...(await desk.create(pair, fresh)), ...(await desk.update(pair, changes))].map(
          refusal,
        );
        assert.equal(told.length, 4, 'one outcome a record');
        subject.faults.clear();
        assert.deepEqual(
          [...thrown, ...told].map((failure) => failure.class),
          Array.from({ length: 8 }, () => expected),
          pair,
        );
        assert.equal(subject.server.sees(pair, one.id)?.word, `One ${pair}`, 'nothing was done');
      }
      upset(subject);
      const thrown = [
        await failureOf(desk.conversation(spoken, { message: true })),
        await failureOf(desk.addNote(known.id, 'A note')),
      ];
      subject.faults.clear();
      assert.deepEqual(
        thrown.map((failure) => failure.class),
        [expected, expected],
      );
    },
  };
}
