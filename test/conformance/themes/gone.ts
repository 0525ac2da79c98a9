import assert from 'node:assert/strict';
import { PAIRS, type PairKind } from '../../../bridge/src/core/pair.ts';
import { make } from '../acts.ts';
import { feedFromNow, follow, LONG_MS, poll, says } from '../feed.ts';
import type { KeptPromise } from '../promise.ts';
import type { Ability, Subject } from '../subject.ts';
import { history } from './history.ts';

/** What a desk must be able to do to tell that one is gone. */
const TELLS: Readonly<Record<PairKind, readonly Ability[]>> = {
  company: ['goneCompanies'],
  customer: ['goneCustomers'],
  case: [],
};

/** The feed tells of records that are gone, and of those that nobody can read. */
export const GONE: readonly KeptPromise[] = [
  ...PAIRS.map((pair): KeptPromise => ({
    title: `a ${pair} that is deleted is told to be gone`,
    needs: TELLS[pair],
    options: { busyPeople: true },
    keep: async (subject) => goneIsTold(subject, pair),
  })),
  {
    title: 'of two customers that are merged, one is told to be gone and the other one is read',
    needs: ['mergedCustomers'],
    keep: async (subject) => mergeIsTold(subject, 'customer'),
  },
  {
    title: 'of two companies that are merged, one is told to be gone and the other one is read',
    needs: ['mergedCompanies'],
    keep: async (subject) => mergeIsTold(subject, 'company'),
  },
  {
    title:
      'a record that nobody can read is told by its id, with other marks when it changes, and stops no other',
    options: { busyPeople: true },
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const [sound, spoilt] = [
          await subject.people.make(pair, `Sound ${pair}`),
          await subject.people.make(pair, `Spoilt ${pair}`),
        ];
        const told = await feedFromNow(subject, pair);
        await subject.people.spoil(pair, spoilt);
        await subject.people.change(pair, sound, `Still sound ${pair}`);
        await follow(subject, pair, told, LONG_MS);
        const first = new Set(told.unreadable.filter(({ id }) => id === spoilt).map(({ seen }) => seen));
        assert.equal(first.size, 1, `${pair}: ${first.size} marks of one state`);
        assert.ok(says(subject, pair, told, `Still sound ${pair}`), pair);
        await subject.people.spoil(pair, spoilt);
        await follow(subject, pair, told, LONG_MS);
        const second = new Set(told.unreadable.filter(({ id }) => id === spoilt).map(({ seen }) => seen));
        assert.equal(second.size, 2, `${pair}: the second state has the mark of the first one`);
      }
    },
  },
  ...PAIRS.map((pair): KeptPromise => ({
    title: `whatever people do and whenever it is asked, each ${pair} that goes is told to be gone`,
    needs: TELLS[pair],
    options: { pageSize: 5, busyPeople: true },
    keep: async (subject) => history(subject, pair, true),
  })),
];

async function goneIsTold(subject: Subject, pair: PairKind): Promise<void> {
  const [stays, goes] = [
    await make(subject, pair, `Stays ${pair}`),
    await make(subject, pair, `Goes ${pair}`),
  ];
  const told = await feedFromNow(subject, pair);
  await poll(subject.desk, pair, told);
  await subject.people.delete(pair, goes.id);
  await follow(subject, pair, told, LONG_MS);
  assert.deepEqual([...new Set(told.gone)], [goes.id]);
  assert.ok(!told.gone.includes(stays.id));
}

async function mergeIsTold(subject: Subject, pair: PairKind): Promise<void> {
  const [loser, winner] = [
    await make(subject, pair, `Loser ${pair}`),
    await make(subject, pair, `Winner ${pair}`),
  ];
  const told = await feedFromNow(subject, pair);
  await subject.people.merge(pair, loser.id, winner.id);
  await follow(subject, pair, told, LONG_MS);
  assert.deepEqual([...new Set(told.gone)], [loser.id]);
  const found = await subject.desk.read(pair, [loser.id, winner.id], () => false);
  assert.deepEqual([...found.keys()], [winner.id]);
}
