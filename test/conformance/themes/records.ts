import assert from 'node:assert/strict';
import { PAIRS, type PairKind } from '../../../bridge/src/core/pair.ts';
import type { DeskRecord } from '../../../bridge/src/ports/helpDesk.ts';
import { done, make, makeAll, NOBODY, readOne, salesforceId, wordsOf } from '../acts.ts';
import type { KeptPromise } from '../promise.ts';
import type { Subject } from '../subject.ts';

/** Records are made, read and changed as the port says. */
export const RECORDS: readonly KeptPromise[] = [
  {
    title: 'a record that is made is on the server as it was asked for, and is read as it was answered',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const made = await make(subject, pair, `Made ${pair}`);
        assert.equal(subject.word[pair].of(made), `Made ${pair}`);
        assert.equal(subject.server.sees(pair, made.id)?.word, `Made ${pair}`);
        assert.deepEqual(comparable(await readOne(subject.again(), pair, made.id)), comparable(made));
      }
    },
  },
  {
    title: 'customers and cases keep the id of their counterpart',
    keep: async (subject) => {
      for (const pair of ['customer', 'case'] as const) await keepsExternalId(subject, pair);
    },
  },
  {
    title: 'companies keep the id of their counterpart',
    needs: ['companyExternalId'],
    keep: async (subject) => keepsExternalId(subject, 'company'),
  },
  {
    title: 'an external id that companies cannot keep does no harm',
    keep: async (subject) => {
      const externalId = salesforceId('harmless');
      const made = await make(subject, 'company', 'Harmless', { externalId });
      const [changed] = await subject.desk.update('company', [{ id: made.id, changes: { externalId } }]);
      assert.equal(subject.word.company.of(done(changed)), 'Harmless');
    },
  },
  {
    title: 'many records are read at once, and who is not there is absent',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const words = wordsOf(`Many ${pair}`, 130);
        const ids = await makeAll(subject, pair, words);
        const found = await subject.desk.read(pair, [...ids, NOBODY], () => true);
        assert.deepEqual(wordsIn(subject, pair, found), new Map(ids.map((id, index) => [id, words[index]])));
      }
    },
  },
  {
    title: 'a record is read as it is now, where neither an index nor the feed is trusted',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const ids = [await subject.people.make(pair, 'Old A'), await subject.people.make(pair, 'Old B')];
        subject.clock.pass(600_000);
        subject.server.lagBehind(120_000);
        await subject.desk.changes(pair, subject.desk.startOf(pair, subject.clock.now() - 900_000));
        for (const id of ids) await subject.people.change(pair, id, `New ${id}`);
        const found = await subject.desk.read(pair, ids, () => false);
        assert.deepEqual(wordsIn(subject, pair, found), new Map(ids.map((id) => [id, `New ${id}`])));
        subject.server.lagBehind(0);
      }
    },
  },
  {
    title: 'who changes a record that is not there is told that it is gone',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const changes = subject.word[pair].change('Too late');
        const [written] = await subject.desk.update(pair, [{ id: NOBODY, changes }]);
        assert.equal(written?.outcome, 'gone', pair);
      }
    },
  },
  {
    title: 'a record that people delete is absent, and cannot be changed any more',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const id = await subject.people.make(pair, 'Deleted');
        await subject.people.delete(pair, id);
        assert.equal(await readOne(subject.desk, pair, id), null, `${pair} is read`);
        const changes = subject.word[pair].change('Revived');
        const [written] = await subject.desk.update(pair, [{ id, changes }]);
        assert.notEqual(written?.outcome, 'done', `${pair} is changed`);
      }
    },
  },
  {
    title: 'an agent sees a record at an address of its own',
    keep: async (subject) => {
      const urls = PAIRS.map((pair) => subject.desk.webUrl(pair, '4711'));
      for (const url of urls) assert.match(url, /^https?:\/\/[^/]+\/.*4711/);
      assert.equal(new Set(urls).size, PAIRS.length);
    },
  },
];

/** What records say, by their id. */
function wordsIn(
  { word }: Subject,
  pair: PairKind,
  found: ReadonlyMap<string, DeskRecord>,
): Map<string, string | null> {
  return new Map([...found].map(([id, record]) => [id, word[pair].of(record)]));
}

/** `updatedAt` may be a moment later: a desk finishes some records by itself. */
function comparable(record: DeskRecord | null): unknown {
  return record && { ...record, updatedAt: null };
}

async function keepsExternalId(subject: Subject, pair: PairKind): Promise<void> {
  const [first, second] = [salesforceId(`${pair}1`), salesforceId(`${pair}2`)];
  const made = await make(subject, pair, `Kept ${pair}`, { externalId: first });
  assert.equal(made.externalId, first);
  assert.equal(subject.server.sees(pair, made.id)?.externalId, first);
  const [written] = await subject.desk.update(pair, [{ id: made.id, changes: { externalId: second } }]);
  assert.equal(done(written).externalId, second);
  const [emptied] = await subject.desk.update(pair, [{ id: made.id, changes: { externalId: null } }]);
  assert.equal(done(emptied).externalId, null);
  assert.equal(subject.server.sees(pair, made.id)?.externalId, null);
}
