import assert from 'node:assert/strict';
import { make, makeAll, NOBODY, readOne, wordsOf } from '../acts.ts';
import type { KeptPromise } from '../promise.ts';

/** Cases are deleted. */
export const REMOVE: readonly KeptPromise[] = [
  {
    title: 'a case that is removed is absent, and all others stay',
    keep: async (subject) => {
      const [goes, stays] = [await make(subject, 'case', 'Goes'), await make(subject, 'case', 'Stays')];
      assert.deepEqual(await subject.desk.remove([goes.id]), [{ outcome: 'done' }]);
      assert.equal(subject.server.sees('case', goes.id), null);
      assert.equal(await readOne(subject.again(), 'case', goes.id), null);
      assert.ok(await readOne(subject.again(), 'case', stays.id));
      const changes = subject.word.case.change('Too late');
      const [written] = await subject.desk.update('case', [{ id: goes.id, changes }]);
      assert.notEqual(written?.outcome, 'done');
    },
  },
  {
    title: 'one that is gone already, or never was, is done',
    keep: async (subject) => {
      const [first, second] = [await make(subject, 'case', 'First'), await make(subject, 'case', 'Second')];
      await subject.people.delete('case', first.id);
      assert.deepEqual(
        await subject.desk.remove([first.id, second.id, NOBODY]),
        [first, second, NOBODY].map(() => ({ outcome: 'done' })),
      );
      assert.deepEqual(await subject.desk.remove([second.id]), [{ outcome: 'done' }]);
      assert.equal(subject.server.sees('case', second.id), null);
    },
  },
  {
    title: 'more cases than one request takes are removed',
    keep: async (subject) => {
      const ids = await makeAll(subject, 'case', wordsOf('Removed', 130));
      const removed = await subject.desk.remove(ids);
      assert.deepEqual(
        removed.map(({ outcome }) => outcome),
        ids.map(() => 'done'),
      );
      assert.deepEqual(
        ids.filter((id) => subject.server.sees('case', id) !== null),
        [],
      );
    },
  },
  {
    title: 'a removal that does not get there is refused, for each case',
    keep: async (subject) => {
      const [one, two] = [await make(subject, 'case', 'One'), await make(subject, 'case', 'Two')];
      subject.faults.refuse(503, 9);
      const removed = await subject.desk.remove([one.id, two.id]);
      assert.deepEqual(
        removed.map((written) => (written.outcome === 'refused' ? written.failure.class : written.outcome)),
        ['network', 'network'],
      );
      subject.faults.clear();
      assert.ok(subject.server.sees('case', one.id));
    },
  },
];
