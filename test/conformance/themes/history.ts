import assert from 'node:assert/strict';
import { RequestFailed } from '../../../bridge/src/core/failure.ts';
import type { PairKind } from '../../../bridge/src/core/pair.ts';
import type { HelpDesk } from '../../../bridge/src/ports/helpDesk.ts';
import { randomFrom } from '../../support/random.ts';
import { feedFromNow, follow, idsOf, LONG_MS, turnPage, type Told } from '../feed.ts';
import type { Subject } from '../subject.ts';

const ACTS = 120;
/** How long it is until the next thing happens, in ms; a second holds many of them. */
const PAUSES = [0, 0, 0, 0, 40, 300, 1_000, 4_000, 65_000];

/** A record as people left it last. */
type Known = { word: string; readonly id: string; gone: boolean; at: number };

/** So late a search shows what was written. */
const LAG_MS = 20_000;

/**
 * People make, change and delete records at random while the feed is read, page by page, at any moment, by an
 * adapter that may be a fresh one, over a line that breaks: in the end the last state of each record was told.
 * @param toldGone also that those of which it told and that were deleted are gone
 */
export async function history(subject: Subject, pair: PairKind, toldGone: boolean): Promise<void> {
  const seed = Number(process.env['DESK_SEED']) || Math.floor(Math.random() * 2 ** 32);
  const random = randomFrom(seed);
  const where = `DESK_SEED=${seed}`;
  const known: Known[] = [];
  const told = await feedFromNow(subject, pair);
  subject.server.lagBehind(LAG_MS);
  let desk = subject.desk;
  let fresh = 0;
  const pick = () => known.filter(({ gone }) => !gone)[Math.floor(random() * 1_000) % Math.max(1, living())];
  const living = () => known.filter(({ gone }) => !gone).length;
  for (let act = 0; act < ACTS; act += 1) {
    subject.clock.pass(PAUSES[Math.floor(random() * PAUSES.length)] ?? 0);
    const what = random();
    const one = pick();
    const word = `Act ${act} of ${pair}`;
    const at = subject.clock.now();
    if (what < 0.35 || !one) known.push({ id: await subject.people.make(pair, word), word, gone: false, at });
    else if (what < 0.7) {
      await subject.people.change(pair, one.id, word);
      Object.assign(one, { word, at });
    } else if (what < 0.75) {
      await subject.people.delete(pair, one.id);
      Object.assign(one, { gone: true, at });
    } else if (what < 0.8) {
      desk = subject.again();
      fresh += 1;
    } else if (what < 0.84) {
      subject.faults.cut(1);
      await assert.rejects(turnPage(desk, pair, told), RequestFailed, where);
    } else {
      await turnPage(desk, pair, told);
      checkTold(subject, pair, desk, known, told, where);
    }
  }
  await follow(subject, pair, told, LONG_MS);
  const missed = known.filter((one) => !isTold(subject, pair, told, one));
  assert.deepEqual(missed, [], `${where}; ${known.length} records, ${fresh} fresh adapters`);
  if (!toldGone) return;
  const ids = new Set(told.gone);
  const silent = known.filter(({ id, gone }) => gone && idsOf(told).has(id) && !ids.has(id));
  assert.deepEqual(silent, [], `that they are gone is not told; ${where}`);
  const alive = known.filter(({ id, gone }) => !gone && ids.has(id));
  assert.deepEqual(alive, [], `told to be gone; ${where}`);
}

/** What the adapter says it has told of, it has. */
function checkTold(
  subject: Subject,
  pair: PairKind,
  desk: HelpDesk,
  known: readonly Known[],
  told: Told,
  where: string,
): void {
  const upTo = desk.toldUpTo(pair);
  if (upTo === null) return;
  const missed = known.filter((one) => one.at < upTo && !isTold(subject, pair, told, one));
  assert.deepEqual(missed, [], `told up to ${new Date(upTo).toISOString()}, it says; ${where}`);
}

/** Who is gone need not have been told of. */
function isTold({ word }: Subject, pair: PairKind, told: Told, one: Known): boolean {
  return one.gone || told.records.some((record) => word[pair].of(record) === one.word);
}
