import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RequestFailed } from '../../bridge/src/core/failure.ts';
import type { HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { holdTo, THEMES } from './conform.ts';
import { MUTANTS } from './mutants.ts';
import type { KeptPromise } from './promise.ts';
import { DESK_TESTER } from './subjects/desk.ts';
import type { Tester } from './subject.ts';

const ALL = Object.values(THEMES).flat();

function promiseOf(title: string): KeptPromise {
  return ALL.find((one) => one.title === title) ?? assert.fail(`no such promise: ${title}`);
}

/** The adapter for Desk, with a fault in each of its kind. */
function faulty(of: (desk: HelpDesk) => HelpDesk): Tester {
  return {
    ...DESK_TESTER,
    start: async (options) => {
      const subject = await DESK_TESTER.start(options);
      return { ...subject, desk: of(subject.desk), again: () => of(subject.again()) };
    },
  };
}

/** The kit has noticed it; that it stumbled over it is not enough. */
const isTold = (error: unknown) => error instanceof assert.AssertionError || error instanceof RequestFailed;

describe('the kit tells an adapter', () => {
  for (const { fault, breaks, of } of MUTANTS)
    test(`of which it can be said: ${fault}`, async () => {
      await assert.rejects(holdTo(faulty(of), promiseOf(breaks)), isTold, `${breaks}: kept all the same`);
    });
});

test('each promise has a title of its own', () => {
  assert.equal(new Set(ALL.map(({ title }) => title)).size, ALL.length);
});

test('a random history that fails says how to have it again', async () => {
  const { of } = MUTANTS.find(({ fault }) => fault.startsWith('it says that all was told')) ?? assert.fail();
  const promise = promiseOf('whatever people do and whenever it is asked, each change of a customer is told');
  await assert.rejects(holdTo(faulty(of), promise), /DESK_SEED=\d+/);
});
