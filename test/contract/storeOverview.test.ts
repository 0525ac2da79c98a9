import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PARENT_FIRST, type Failure } from '@desk-connect/bridge/core/failure.js';
import type { Settlement } from '@desk-connect/bridge/store/store.js';
import {
  closeEngines,
  ENGINES,
  FAILURE,
  freshStore,
  inStep,
  one,
  POSTGRES,
  sighting,
} from '../support/stores.ts';

after(closeEngines);

const HOUR_MS = 3_600_000;
const NONE = { inStep: 0, waiting: 0, failing: 0, conflict: 0, ambiguous: 0, excluded: 0, unlinked: 0 };

for (const [engine, options] of ENGINES) {
  test(`${engine}: each pair is counted once, by its kind and by how it is`, options, async (t) => {
    const { store } = await freshStore(t, engine);
    const settled = async (id: string, how: (pair: Settlement['pair']) => Settlement) => {
      await store.sight([sighting(id)], 0);
      await store.settle([how(one(await store.claim(1, 60_000)))], []);
    };
    const parked = (failure: Failure) => (pair: Settlement['pair']) =>
      ({ kind: 'parked', pair, failure }) as const;
    const conflicting = (id: string) => (pair: Settlement['pair']) =>
      ({ ...inStep(pair, `s${id}`, id), conflict: true }) as Settlement;
    await settled('1', (pair) => inStep(pair, 's1', '1'));
    await settled('2', conflicting('2'));
    await settled('3', conflicting('3'));
    await settled('3', (pair) => inStep(pair, 's3', '3'));
    await settled('4', conflicting('4'));
    await settled('4', (pair) => ({ ...inStep(pair, 's4', '4'), conflict: false }) as Settlement);
    await settled('5', parked(FAILURE));
    await settled('6', parked({ class: 'ambiguous', code: 'ambiguous', message: 'two match' }));
    await settled('7', (pair) => ({ kind: 'unlinked', pair, reason: 'asked' }));
    await settled('8', (pair) => ({
      kind: 'excluded',
      pair,
      why: 'rule',
      message: 'left out',
      againAt: null,
    }));
    await settled('9', (pair) => ({ kind: 'forgotten', pair }));
    await store.sight([{ pair: 'company', side: 'salesforce', id: 's10' }], 1);
    // The half becomes part of the pair.
    await settled('10', (pair) => inStep(pair, 's10', '10'));
    await settled('10', (pair) => inStep(pair, 's10', '10'));
    await store.sight([{ pair: 'case', side: 'desk', id: '9' }], 0);
    assert.deepEqual(await store.countsByPair(), {
      company: { ...NONE, inStep: 3, conflict: 2, failing: 1, ambiguous: 1, unlinked: 1, excluded: 1 },
      customer: NONE,
      case: { ...NONE, waiting: 1 },
    });
    assert.deepEqual(await store.counts(), { inStep: 5, waiting: 1, failing: 2, unlinked: 1, excluded: 1 });
  });

  test(
    `${engine}: the causes of failures come with examples, as many as asked for, the most frequent first`,
    options,
    async (t) => {
      const { store } = await freshStore(t, engine);
      const refused = { class: 'validation', code: "it's 100 %", message: 'no' } as const;
      const failures = [FAILURE, refused, refused, refused];
      for (const [index, failure] of failures.entries()) {
        await store.sight([sighting(String(index))], 0);
        await store.settle([{ kind: 'parked', pair: one(await store.claim(1, 60_000)), failure }], []);
      }
      const example = (deskId: string, message: string) => ({
        pair: 'company',
        salesforceId: null,
        deskId,
        message,
      });
      assert.deepEqual(await store.failures(2), [
        {
          class: 'validation',
          code: "it's 100 %",
          pairs: 3,
          examples: [example('1', 'no'), example('2', 'no')],
        },
        { class: 'network', code: 'ECONNRESET', pairs: 1, examples: [example('0', 'reset')] },
      ]);
      assert.deepEqual(await store.causes(), [
        { class: 'validation', code: "it's 100 %", pairs: 3 },
        { class: 'network', code: 'ECONNRESET', pairs: 1 },
      ]);
    },
  );

  test(
    `${engine}: what was written and what failed is counted by the hour, over a restart, until it is old`,
    options,
    async (t) => {
      const world = await freshStore(t, engine);
      const began = world.now();
      await world.store.sight(
        ['1', '2', '3'].map((id) => sighting(id)),
        0,
      );
      const [first, second, third] = await world.store.claim(3, 60_000);
      assert.ok(first && second && third);
      const parent = { class: 'missingParent', code: PARENT_FIRST, message: 'waits' } as const;
      await world.store.settle(
        [
          { ...inStep(first, 's1', '1'), wrote: ['desk', 'salesforce'] } as Settlement,
          { kind: 'linked', pair: second, salesforceId: 's2', deskId: '2', linkId: null, wrote: ['desk'] },
          { kind: 'retry', pair: third, failure: parent, dueAt: began },
        ],
        [],
      );
      const counted = { at: began, toDesk: 2, toSalesforce: 1, failed: 0 };
      assert.deepEqual(await world.store.hours(began + 1), [counted]);
      world.advance(HOUR_MS);
      await world.reopen();
      const fail = async () => {
        const pairs = await world.store.claim(1, 60_000);
        await world.store.settle(
          [{ kind: 'retry', pair: one(pairs), failure: FAILURE, dueAt: world.now() }],
          [],
        );
      };
      await fail();
      await fail();
      const failed = { at: began + HOUR_MS, toDesk: 0, toSalesforce: 0, failed: 2 };
      assert.deepEqual(await world.store.hours(began), [counted, failed]);
      assert.deepEqual(await world.store.hours(began + HOUR_MS), [failed]);
      world.advance(48 * HOUR_MS);
      await fail();
      assert.deepEqual(await world.store.hours(began), [
        failed,
        { ...failed, at: began + 49 * HOUR_MS, failed: 1 },
      ]);
    },
  );
}

test('postgres: bridges that share the store count together, and nothing twice', POSTGRES, async (t) => {
  const world = await freshStore(t, 'postgres');
  const other = await world.another();
  await world.store.sight(
    ['1', '2'].map((id) => sighting(id)),
    0,
  );
  const mine = one(await world.store.claim(1, 60_000));
  const theirs = one(await other.claim(1, 60_000));
  const settled = (pair: Settlement['pair']) => [
    { ...inStep(pair, `s${pair.row}`, pair.deskId ?? ''), wrote: ['salesforce'] } as Settlement,
  ];
  await Promise.all([
    world.store.settle(settled(mine), []),
    other.settle(settled(theirs), []),
    // The lease is the other bridge's: what it settles is counted there.
    world.store.settle(settled(theirs), []),
  ]);
  assert.deepEqual(await other.hours(world.now()), [
    { at: world.now(), toDesk: 0, toSalesforce: 2, failed: 0 },
  ]);
});
