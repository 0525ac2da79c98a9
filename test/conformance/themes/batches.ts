import assert from 'node:assert/strict';
import { PAIRS, type PairKind } from '../../../bridge/src/core/pair.ts';
import type { DeskChanges, DeskNew, DeskWrite } from '../../../bridge/src/ports/helpDesk.ts';
import { done, make, newOf, NOBODY, refusal, requester, salesforceId, wordsOf } from '../acts.ts';
import type { KeptPromise } from '../promise.ts';
import type { Subject } from '../subject.ts';

/** More than a request of any desk takes. */
const MANY = 130;
const HUNDRED = 100;
const HOUR_MS = 3_600_000;

/** Many records are written at once. */
export const BATCHES: readonly KeptPromise[] = [
  {
    title: 'more records than one request takes are made and changed, each with its outcome',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const words = wordsOf(`Batch ${pair}`, MANY);
        const made = (await createAll(subject, pair, words)).map(done);
        assert.deepEqual(
          made.map(({ id }) => subject.server.sees(pair, id)?.word),
          words,
        );
        assert.equal(new Set(made.map(({ id }) => id)).size, MANY);
        const changes = made.map(({ id }) => ({ id, changes: subject.word[pair].change(`Changed ${id}`) }));
        const changed = (await subject.desk.update(pair, changes)).map(done);
        assert.deepEqual(
          changed.map((record) => subject.word[pair].of(record)),
          made.map(({ id }) => `Changed ${id}`),
        );
        for (const { id } of made) assert.equal(subject.server.sees(pair, id)?.word, `Changed ${id}`);
      }
    },
  },
  {
    title: 'one bad record among a hundred is refused alone, when they are made and when they are changed',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const words = wordsOf(`Hundred ${pair}`, HUNDRED);
        const bad = 41;
        const made = await createAll(subject, pair, words, (index) => (index === bad ? invalid(pair) : {}));
        assert.equal(refusal(made[bad]).class, 'validation');
        assert.equal(subject.server.count(pair, words[bad] ?? ''), 0);
        const records = made.flatMap((written, index) => (index === bad ? [] : [done(written)]));
        assert.deepEqual(
          records.map((record) => subject.word[pair].of(record)),
          words.filter((_, index) => index !== bad),
        );
        const changes = records.map(({ id }, index) => ({
          id: index === bad ? NOBODY : id,
          changes: subject.word[pair].change(`Changed ${id}`),
        }));
        const changed = await subject.desk.update(pair, changes);
        assert.equal(changed.length, changes.length);
        for (const [index, written] of changed.entries())
          assert.equal(written.outcome, index === bad ? 'gone' : 'done', `${pair} ${index}`);
      }
    },
  },
  {
    title: 'a record with the external id of another one is taken, and the others are made',
    keep: async (subject) => {
      await takenAlone(subject, 'customer', { externalId: salesforceId('taken') }, 'externalId');
      // Whether cases may share one is the desk's to say; who has lost an answer must learn of it.
      await takenAlone(subject, 'case', { externalId: salesforceId('taken') }, 'externalId');
    },
  },
  {
    title: 'a company with the external id of another one is taken, and the others are made',
    needs: ['companyExternalId'],
    keep: async (subject) =>
      takenAlone(subject, 'company', { externalId: salesforceId('taken') }, 'externalId'),
  },
  {
    title: 'a customer with the e-mail address of another one is taken by it',
    keep: async (subject) =>
      takenAlone(subject, 'customer', { emails: [{ type: 'work', value: 'taken@kit.test' }] }, 'email'),
  },
  {
    title: 'a company with the name of another one is taken by it',
    keep: async (subject) => {
      await make(subject, 'company', 'Taken name');
      const words = ['Free name', 'taken NAME', 'Another free name'];
      const written = await createAll(subject, 'company', words);
      assert.deepEqual(
        written.map((one) => (one.outcome === 'taken' ? one.field : one.outcome)),
        ['done', 'name', 'done'],
      );
    },
  },
  {
    title: 'an update to a key that another record has is taken, and changes nothing',
    keep: async (subject) => {
      const externalId = salesforceId('held');
      await make(subject, 'customer', 'Holder', { externalId });
      const { id } = await make(subject, 'customer', 'Wants it too');
      const [written] = await subject.desk.update('customer', [{ id, changes: { externalId } }]);
      assert.ok(written?.outcome === 'taken' && written.field === 'externalId', JSON.stringify(written));
      assert.equal(written.failure.class, 'duplicate');
      assert.equal(subject.server.sees('customer', id)?.externalId, null);
    },
  },
  {
    title: 'of two records of one batch with the same key, one is made',
    keep: async (subject) => {
      const externalId = salesforceId('same');
      const written = await createAll(subject, 'customer', ['Same', 'Same'], () => ({ externalId }));
      assert.deepEqual(written.map(({ outcome }) => outcome).sort(), ['done', 'taken']);
      assert.equal(subject.server.count('customer', 'Same'), 1);
    },
  },
  {
    title: 'a record of a parent that is not there is refused, or told as gone, alone',
    keep: async (subject) => {
      const changes = [
        subject.newRecord('case', 'With a parent', await requester(subject)),
        subject.newRecord('case', 'Orphan', NOBODY),
      ];
      const written = await subject.desk.create('case', changes.map(fresh));
      assert.equal(written[0]?.outcome, 'done');
      assert.ok(['refused', 'gone'].includes(written[1]?.outcome ?? ''), JSON.stringify(written[1]));
      assert.equal(subject.server.count('case', 'Orphan'), 0);
      const orphan = await newOf(subject, 'customer', 'Orphan', { companyId: NOBODY });
      const [refused] = await subject.desk.create('customer', [fresh(orphan)]);
      assert.ok(['refused', 'gone'].includes(refused?.outcome ?? ''), JSON.stringify(refused));
      assert.equal(subject.server.count('customer', 'Orphan'), 0);
    },
  },
  {
    title: 'work that is done some time after its answer is waited for',
    needs: ['laterWork'],
    keep: async (subject) => {
      for (const pair of PAIRS) {
        subject.faults.workLater(20_000);
        const words = wordsOf(`Later ${pair}`, 12);
        const made = (await createAll(subject, pair, words)).map(done);
        assert.deepEqual(
          made.map(({ id }) => subject.server.sees(pair, id)?.word),
          words,
        );
        const changes = made.map(({ id }) => ({ id, changes: subject.word[pair].change(`Changed ${id}`) }));
        for (const [index, written] of (await subject.desk.update(pair, changes)).entries())
          assert.equal(subject.word[pair].of(done(written)), `Changed ${made[index]?.id}`);
        subject.faults.clear();
      }
    },
  },
  {
    title: 'work that does not come to an end is told as not known, and is not waited for without an end',
    needs: ['laterWork'],
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const began = subject.clock.now();
        subject.faults.workLater(24 * HOUR_MS);
        const written = await createAll(subject, pair, wordsOf(`Never ${pair}`, 12));
        subject.faults.clear();
        for (const one of written) assert.equal(refusal(one).class, 'network', pair);
        assert.ok(subject.clock.now() - began < HOUR_MS);
      }
    },
  },
  {
    title: 'nothing to write costs nothing',
    keep: async (subject) => {
      const before = subject.server.calls();
      for (const pair of PAIRS) {
        assert.deepEqual(await subject.desk.create(pair, []), []);
        assert.deepEqual(await subject.desk.update(pair, []), []);
        assert.deepEqual([...(await subject.desk.read(pair, [], () => true))], []);
      }
      assert.deepEqual(await subject.desk.remove([]), []);
      assert.equal(subject.server.calls(), before);
    },
  },
];

const fresh = (changes: DeskChanges): DeskNew => ({ changes, again: false });

/** What no desk takes of a record. */
function invalid(pair: PairKind): DeskChanges {
  if (pair === 'company') return { name: '' };
  return pair === 'case' ? { status: 'no such status' } : { emails: [{ type: 'work', value: 'no address' }] };
}

async function createAll(
  subject: Subject,
  pair: PairKind,
  words: readonly string[],
  more: (index: number) => DeskChanges = () => ({}),
): Promise<DeskWrite[]> {
  const records: DeskNew[] = [];
  for (const [index, word] of words.entries())
    records.push(fresh(await newOf(subject, pair, word, more(index))));
  const written = await subject.desk.create(pair, records);
  assert.equal(written.length, words.length, 'one outcome a record');
  return written;
}

/** The second of three has a key that a record holds. */
async function takenAlone(
  subject: Subject,
  pair: PairKind,
  key: DeskChanges,
  field: 'externalId' | 'email',
): Promise<void> {
  const holder = await make(subject, pair, `Holder ${pair}`, key);
  const records: DeskNew[] = [];
  for (const [index, word] of wordsOf(`Taken ${pair}`, 3).entries())
    records.push({
      changes: await newOf(subject, pair, word, index === 1 ? key : {}),
      again: pair === 'case' && index === 1,
    });
  const written = await subject.desk.create(pair, records);
  assert.deepEqual(
    written.map((one) => (one.outcome === 'taken' ? one.field : one.outcome)),
    ['done', field, 'done'],
  );
  const [, taken] = written;
  assert.equal(taken?.outcome === 'taken' && taken.failure.class, 'duplicate');
  assert.equal(subject.server.sees(pair, holder.id)?.word, `Holder ${pair}`, 'the holder is untouched');
  assert.equal(subject.server.count(pair, `Taken ${pair} 001`), 0);
}
