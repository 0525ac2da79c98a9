import assert from 'node:assert/strict';
import { PAIRS } from '../../../bridge/src/core/pair.ts';
import { makeAll, wordsOf } from '../acts.ts';
import { feedFromNow, follow, idsOf, LONG_MS, nothingTold, poll, says, turnPage } from '../feed.ts';
import type { KeptPromise } from '../promise.ts';
import { history } from './history.ts';

const SMALL_PAGES = { pageSize: 5, busyPeople: true } as const;

/** The feed tells of every change, whatever happens while it is read. */
export const FEED: readonly KeptPromise[] = [
  {
    title: 'a feed that begins now tells of what is made and changed from now on',
    options: { busyPeople: true },
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const old = await subject.people.make(pair, `Old ${pair}`);
        const idle = await subject.people.make(pair, `Idle ${pair}`);
        const told = await feedFromNow(subject, pair);
        subject.clock.pass(20_000);
        await subject.people.change(pair, old, `Changed ${pair}`);
        const made = await subject.people.make(pair, `Made ${pair}`);
        await follow(subject, pair, told, LONG_MS);
        assert.ok(says(subject, pair, told, `Changed ${pair}`), `the change of ${pair} is not told`);
        assert.ok(idsOf(told).has(made), `the new ${pair} is not told`);
        assert.ok(!idsOf(told).has(idle), `a ${pair} that nobody touched is told`);
      }
    },
  },
  {
    title: 'a change is told within half a minute, though an export may leave out the last one',
    options: { busyPeople: true },
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const id = await subject.people.make(pair, `Soon ${pair}`);
        const told = await feedFromNow(subject, pair);
        await poll(subject.desk, pair, told);
        await subject.people.change(pair, id, `Sooner ${pair}`);
        await follow(subject, pair, told, 30_000);
        assert.ok(says(subject, pair, told, `Sooner ${pair}`), pair);
      }
    },
  },
  {
    title: 'a change is told though the index of a search shows it late, and by all that comes after it',
    options: { busyPeople: true },
    keep: async (subject) => {
      subject.server.lagBehind(90_000);
      for (const pair of PAIRS) {
        const ids = [await subject.people.make(pair, 'Late 1'), await subject.people.make(pair, 'Late 2')];
        const told = await feedFromNow(subject, pair);
        await subject.people.change(pair, ids[0] ?? '', 'Late change');
        await follow(subject, pair, told, 50_000);
        // What comes after it must not move the place of the feed past what the index does not show yet.
        await subject.people.change(pair, ids[1] ?? '', 'Later change');
        await follow(subject, pair, told, LONG_MS);
        for (const word of ['Late change', 'Later change'])
          assert.ok(says(subject, pair, told, word), `${pair}: ${word}`);
      }
    },
  },
  {
    title: 'a record that is changed twice within one second is told as it is in the end',
    options: { busyPeople: true },
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const id = await subject.people.make(pair, `Once ${pair}`);
        const told = await feedFromNow(subject, pair);
        await subject.people.change(pair, id, `Halfway ${pair}`);
        await poll(subject.desk, pair, told);
        await subject.people.change(pair, id, `Finally ${pair}`);
        await follow(subject, pair, told, LONG_MS);
        assert.ok(says(subject, pair, told, `Finally ${pair}`), pair);
      }
    },
  },
  {
    title: 'of more records than a page holds that change within one second, each is told',
    options: SMALL_PAGES,
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const ids = await makeAll(subject, pair, wordsOf(`Burst ${pair}`, 23));
        const told = await feedFromNow(subject, pair);
        subject.clock.pass(20_000);
        for (const id of ids) await subject.people.change(pair, id, `Turned ${id}`);
        await follow(subject, pair, told, LONG_MS);
        assert.deepEqual(
          ids.filter((id) => !says(subject, pair, told, `Turned ${id}`)),
          [],
        );
      }
    },
  },
  {
    title: 'what changes, is made and is deleted between two pages makes none of the others be left out',
    options: SMALL_PAGES,
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const ids = await makeAll(subject, pair, wordsOf(`Paged ${pair}`, 30), 1_000);
        const told = await feedFromNow(subject, pair);
        for (const id of ids) {
          subject.clock.pass(1_000);
          await subject.people.change(pair, id, `Turned ${id}`);
        }
        subject.clock.pass(60_000);
        // At each page one is changed again, one goes for good, and one is new; every third is left alone.
        const at = (index: number) => ids[index] ?? assert.fail();
        const words = new Map(ids.map((id) => [id, `Turned ${id}`]));
        await poll(subject.desk, pair, told, async (page) => {
          if (page > 9) return;
          await subject.people.change(pair, at(page * 3), `Again ${at(page * 3)}`);
          words.set(at(page * 3), `Again ${at(page * 3)}`);
          await subject.people.delete(pair, at(page * 3 + 1));
          words.delete(at(page * 3 + 1));
          const made = await subject.people.make(pair, `Fresh ${pair} ${page}`);
          words.set(made, `Fresh ${pair} ${page}`);
          subject.clock.pass(700);
        });
        await follow(subject, pair, told, LONG_MS);
        assert.deepEqual(
          [...words.values()].filter((word) => !says(subject, pair, told, word)),
          [],
          pair,
        );
      }
    },
  },
  {
    title: 'what is deleted between two pages pulls no other record past the place, on the last page neither',
    options: SMALL_PAGES,
    keep: async (subject) => {
      for (const pair of PAIRS)
        for (const deletedAfter of [1, 2, 3, 4]) {
          const old = await makeAll(subject, pair, wordsOf(`Old ${pair} ${deletedAfter}`, 4));
          const ids = await makeAll(subject, pair, wordsOf(`Pulled ${pair} ${deletedAfter}`, 18));
          const told = await feedFromNow(subject, pair);
          for (const id of ids) {
            subject.clock.pass(1_000);
            await subject.people.change(pair, id, `Turned ${id}`);
          }
          subject.clock.pass(60_000);
          await poll(subject.desk, pair, told, async (page) => {
            // The first that the feed has told is among the newest, or among the oldest changes.
            const [first, second] = [...idsOf(told)];
            if (page !== deletedAfter) return;
            for (const id of [first, second]) if (id !== undefined) await subject.people.delete(pair, id);
          });
          await follow(subject, pair, told, LONG_MS);
          assert.deepEqual(
            ids.filter((id) => !idsOf(told).has(id)),
            [],
            `${pair}, after page ${deletedAfter}`,
          );
          for (const id of old) await subject.people.delete(pair, id);
        }
    },
  },
  {
    title:
      'a full read tells of every record, whatever is deleted and made meanwhile, and goes over into changes',
    options: SMALL_PAGES,
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const ids = await makeAll(subject, pair, wordsOf(`All ${pair}`, 33), 1_000);
        subject.clock.pass(LONG_MS);
        const told = nothingTold(null);
        const gone = ids.filter((_, index) => index % 4 === 0);
        let left = [...gone];
        await poll(subject.desk, pair, told, async (page) => {
          const [next, ...rest] = left;
          left = rest;
          if (next !== undefined) await subject.people.delete(pair, next);
          if (page < 5) await subject.people.make(pair, `Meanwhile ${pair} ${page}`);
          subject.clock.pass(1_000);
        });
        assert.deepEqual(
          ids.filter((id) => !gone.includes(id) && !idsOf(told).has(id)),
          [],
          pair,
        );
        assert.ok(left.length < gone.length - 2, 'it is no test of pages where there are none');
        const [first = ''] = ids.filter((id) => !gone.includes(id));
        await subject.people.change(pair, first, `Afterwards ${pair}`);
        await follow(subject, pair, told, LONG_MS);
        assert.ok(says(subject, pair, told, `Afterwards ${pair}`), pair);
        for (let page = 1; page < 4; page += 1)
          assert.ok(says(subject, pair, told, `Meanwhile ${pair} ${page}`), `${pair} ${page}`);
      }
    },
  },
  {
    title: 'a place in the feed is plain data, and another adapter goes on from it at any page',
    options: SMALL_PAGES,
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const ids = await makeAll(subject, pair, wordsOf(`Handed ${pair}`, 23), 1_000);
        subject.clock.pass(LONG_MS);
        // Of a full read, and of changes: each page by an adapter that has just been made.
        const all = nothingTold(null);
        for (let pages = 0; await turnPage(subject.again(), pair, all); pages += 1) assert.ok(pages < 100);
        assert.deepEqual(
          ids.filter((id) => !idsOf(all).has(id)),
          [],
        );
        const told = nothingTold(all.position);
        for (const id of ids) await subject.people.change(pair, id, `Turned ${id}`);
        for (let polls = 0; polls < 20; polls += 1) {
          subject.clock.pass(20_000);
          for (let pages = 0; await turnPage(subject.again(), pair, told); pages += 1) assert.ok(pages < 100);
        }
        assert.deepEqual(
          ids.filter((id) => !says(subject, pair, told, `Turned ${id}`)),
          [],
        );
      }
    },
  },
  {
    title: 'a place that is used a second time tells the same changes again',
    options: SMALL_PAGES,
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const from = await feedFromNow(subject, pair);
        const ids = await makeAll(subject, pair, wordsOf(`Again ${pair}`, 12));
        for (const told of [nothingTold(from.position), nothingTold(from.position)]) {
          await follow(subject, pair, told, LONG_MS);
          assert.deepEqual(
            ids.filter((id) => !idsOf(told).has(id)),
            [],
            pair,
          );
        }
      }
    },
  },
  {
    title: 'to ask a quiet desk costs two requests at most',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        await subject.people.make(pair, `Quiet ${pair}`);
        const told = await feedFromNow(subject, pair);
        await follow(subject, pair, told, 60_000);
        const before = subject.server.calls();
        await follow(subject, pair, told, 60_000);
        const calls = (subject.server.calls() - before) / 6;
        assert.ok(calls <= 2, `${pair}: ${calls} requests a poll`);
      }
    },
  },
  {
    title: 'it is known up to when all was told, and only where it was read to the end here',
    options: SMALL_PAGES,
    keep: async (subject) => {
      for (const pair of PAIRS) {
        assert.equal(subject.desk.toldUpTo(pair), null);
        const told = await feedFromNow(subject, pair);
        await follow(subject, pair, told, LONG_MS);
        const upTo = subject.desk.toldUpTo(pair);
        assert.ok(upTo !== null && upTo <= subject.clock.now(), String(upTo));
        assert.ok(upTo > subject.clock.now() - LONG_MS, 'it stands still');
        assert.equal(subject.again().toldUpTo(pair), null, 'another bridge has been told nothing yet');
      }
    },
  },
  {
    title: 'requests that fail in the middle of a feed make it leave out nothing',
    options: SMALL_PAGES,
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const told = await feedFromNow(subject, pair);
        const ids = await makeAll(subject, pair, wordsOf(`Cut ${pair}`, 12));
        for (let polls = 0; polls < 12; polls += 1) {
          subject.clock.pass(30_000);
          if (polls % 2 === 0) subject.faults.cut(1);
          else subject.faults.refuse(503, 1);
          // A page that fails is asked for again from where it was.
          await poll(subject.desk, pair, told).catch(() => undefined);
        }
        subject.faults.clear();
        await follow(subject, pair, told, LONG_MS);
        assert.deepEqual(
          ids.filter((id) => !idsOf(told).has(id)),
          [],
        );
      }
    },
  },
  ...PAIRS.map((pair): KeptPromise => ({
    title: `whatever people do and whenever it is asked, each change of a ${pair} is told`,
    options: SMALL_PAGES,
    keep: async (subject) => history(subject, pair, false),
  })),
];
