import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { waitFor } from '../../support/waitFor.ts';
import { measureBusy, type Busy } from '../busy.ts';
import { Arrivals } from './arrivals.ts';
import type { Way } from './ways.ts';

const LONG = 1_800_000;
/** Of a burst, this part is not counted: it waits until somebody looks, and does not tell how fast he is then. */
const FIRST = 0.1;
/** At a slower pace the load lasts longer: a 99th percentile of a few is no more than the largest. */
const LEAST_A_SECOND = 7;
/** So many changes are made without letting the sides answer anybody. */
const AT_ONCE = 20;

/** After so long a change that has not arrived is made anew; longer than a poll of Desk takes. */
const LOOKS = 150;
const LOOK_MS = 100;

/** Numbers of changes, so that no two in a run are alike. */
let number = 0;

const arrival = (way: Way, arrivals: Arrivals) =>
  waitFor(
    () => `${arrivals.underway} changes to arrive`,
    () => arrivals.underway === 0,
    LONG,
  ).then(() => {
    const [difference] = way.differences();
    if (difference !== undefined) throw new Error(`The sides are not in the same state: ${difference}`);
  });

/**
 * Changes one case until a change of it arrives: a subscription may begin some time after it was asked for, and
 * nothing tells when.
 */
export async function knock(way: Way): Promise<void> {
  const arrivals = new Arrivals();
  way.watch(arrivals);
  while (arrivals.arrived.length === 0) {
    number += 1;
    arrivals.left({ record: way.change(number, 1), number, at: performance.now() });
    for (let looks = 0; looks < LOOKS && arrivals.underway > 0; looks += 1) await pause(LOOK_MS);
  }
  await arrival(way, arrivals);
}

type Burst = { readonly perSecond: number; readonly busy: Busy };

/**
 * Changes a second while all of them wait from the start: whoever carries them is halted while they are made, since
 * this process makes them and answers for both sides. `cases`: how many cases they are of, in turn.
 */
export async function burst(
  way: Way,
  child: ChildProcess,
  changes: number,
  cases = way.pairs.length,
): Promise<Burst> {
  const arrivals = new Arrivals();
  way.watch(arrivals);
  child.kill('SIGSTOP');
  for (let n = 0; n < changes; n += 1) {
    number += 1;
    arrivals.left({ record: way.change(number, cases), number, at: performance.now() });
    if (n % AT_ONCE === 0) await breathe();
  }
  child.kill('SIGCONT');
  const busy = measureBusy();
  await arrival(way, arrivals);
  const from = Math.floor(changes * FIRST);
  const [first, last] = [arrivals.arrived[from]?.at ?? Number.NaN, arrivals.arrived.at(-1)?.at ?? Number.NaN];
  return { perSecond: ((changes - from - 1) / (last - first)) * 1_000, busy: busy() };
}

/**
 * How long changes take, ms, in ascending order, that come at a fixed pace, whether the ones before have arrived or
 * not. The time runs from the moment at which a change was to be made: what is made late has waited.
 */
export async function latencies(way: Way, perSecond: number, seconds: number): Promise<number[]> {
  const arrivals = new Arrivals();
  way.watch(arrivals);
  const changes = Math.round(Math.max(LEAST_A_SECOND, perSecond) * seconds);
  const started = performance.now();
  for (let n = 0; n < changes; n += 1) {
    const at = started + (n * 1_000) / perSecond;
    const early = at - performance.now();
    if (early > 0) await pause(early);
    else if (n % AT_ONCE === 0) await breathe();
    number += 1;
    arrivals.left({ record: way.change(number), number, at });
  }
  await arrival(way, arrivals);
  return arrivals.arrived.map(({ took }) => took).sort((a, b) => a - b);
}
