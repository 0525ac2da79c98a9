import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { KeptPromise } from './promise.ts';
import type { Tester } from './subject.ts';
import { BATCHES } from './themes/batches.ts';
import { CONVERSATION } from './themes/conversation.ts';
import { ERRORS } from './themes/errors.ts';
import { FEED } from './themes/feed.ts';
import { FIELDS } from './themes/fields.ts';
import { GONE } from './themes/gone.ts';
import { HOOKS } from './themes/hooks.ts';
import { LIMITS } from './themes/limits.ts';
import { LOST_ANSWER } from './themes/lostAnswer.ts';
import { MATCH } from './themes/match.ts';
import { ORDER } from './themes/order.ts';
import { RECORDS } from './themes/records.ts';
import { REMOVE } from './themes/remove.ts';
import { VALUES } from './themes/values.ts';

/** All that the port promises. */
export const THEMES: Readonly<Record<string, readonly KeptPromise[]>> = {
  records: RECORDS,
  values: VALUES,
  match: MATCH,
  order: ORDER,
  batches: BATCHES,
  'lost answers': LOST_ANSWER,
  conversations: CONVERSATION,
  feed: FEED,
  'what is gone': GONE,
  removal: REMOVE,
  limits: LIMITS,
  errors: ERRORS,
  fields: FIELDS,
  hooks: HOOKS,
};

/** Holds an adapter to each promise, on a server of its own. */
export function conform(tester: Tester): void {
  for (const [theme, promises] of Object.entries(THEMES))
    describe(`${tester.name}, ${theme}`, () => {
      for (const promise of promises)
        test(promise.title, { skip: whyNot(tester, promise) }, () => holdTo(tester, promise));
    });
  describe(`${tester.name}, what the desk cannot do`, () => {
    for (const [ability, reason] of Object.entries(tester.cannot))
      test(`${ability}: ${reason}`, () => cannot(tester, ability));
  });
}

/** A desk that can, must: of the promises that need the ability, one cannot be kept. */
async function cannot(tester: Tester, ability: string): Promise<void> {
  const needing = Object.values(THEMES)
    .flat()
    .filter(({ needs = [] }) => needs.some((need) => need === ability));
  for (const promise of needing) if (!(await isKept(tester, promise))) return;
  assert.fail(`All promises are kept: take ${ability} out of what it cannot do.`);
}

async function isKept(tester: Tester, promise: KeptPromise): Promise<boolean> {
  try {
    await holdTo(tester, promise);
    return true;
  } catch {
    return false;
  }
}

export async function holdTo(tester: Tester, { keep, options = {} }: KeptPromise): Promise<void> {
  const subject = await tester.start(options);
  try {
    await keep(subject);
  } finally {
    await subject.close();
  }
}

/** The reasons for which a desk cannot keep it; false where it can. */
function whyNot({ cannot }: Tester, { needs = [] }: KeptPromise): string | false {
  const reasons = needs.flatMap((ability) => cannot[ability] ?? []);
  return reasons.length > 0 && reasons.join('; ');
}
