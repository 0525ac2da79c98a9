import { percentile, type Figure } from '../figures.ts';

/** Changes that come at a fixed pace. */
export type Load = { readonly name: string; readonly perSecond: number };

/** What was measured of one who carries changes one way. */
export type Measured = {
  readonly perSecond: number;
  /** How busy the process was meanwhile that answers for both sides, 0 to 1. */
  readonly standIns: number;
  /** Requests, and events from Salesforce, a change. */
  readonly calls: Readonly<Record<'salesforce' | 'desk' | 'events', number>>;
  /** Requests a change to the side that is written to, where each case changes several times. */
  readonly again: number;
  /** Times of changes at a part of that pace, ms, in ascending order. */
  readonly loads: readonly (Load & { readonly times: readonly number[] })[];
};

const FASTER = 5;
const FEWER_CALLS = 0.1;
const P99_MS = 1_000;
const CALLS = [
  ['Salesforce calls a change', 'salesforce'],
  ['Desk calls a change', 'desk'],
  ['events a change', 'events'],
] as const;

const shown = (times: readonly number[]) =>
  `${[0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(0)).join(', ')} ms`;

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

/** The lines of one way at one speed of Desk: ours, and each peer in the same cell. */
export function linesOf(
  what: string,
  one: Measured,
  peers: ReadonlyMap<string, Measured>,
  options: { readonly goals: 'all' | 'calls' | 'none' },
): Figure[] {
  const each = (of: (peer: Measured) => string) =>
    [...peers].map(([name, peer]) => (peers.size > 1 ? `${name} ${of(peer)}` : of(peer))).join('; ');
  const ratios = (of: (measured: Measured) => number) =>
    [...peers.values()].map((peer) => of(one) / of(peer));
  const speeds = ratios(({ perSecond }) => perSecond);
  return [
    {
      what: `${what}: changes a second`,
      measured: one.perSecond.toFixed(0),
      peer: each(({ perSecond }) => perSecond.toFixed(0)),
      ratio: speeds.map((ratio) => ratio.toFixed(1)).join('; '),
      ...(options.goals === 'all'
        ? { goal: `at least ${FASTER} ×`, met: speeds.every((ratio) => ratio >= FASTER) }
        : {}),
    },
    {
      what: `${what}: the process of both sides is busy`,
      measured: percent(one.standIns),
      peer: each(({ standIns }) => percent(standIns)),
    },
    ...CALLS.map(([name, key]): Figure => {
      const parts = ratios(({ calls }) => calls[key]);
      return {
        what: `${what}: ${name}`,
        measured: one.calls[key].toFixed(4),
        peer: each(({ calls }) => calls[key].toFixed(4)),
        ratio: parts.map((part) => (Number.isFinite(part) ? part.toFixed(4) : '–')).join('; '),
        ...(options.goals !== 'none' && key === 'salesforce'
          ? { goal: 'at most 1/10', met: parts.every((part) => part <= FEWER_CALLS) }
          : {}),
      };
    }),
    {
      what: `${what}: writing calls a change, each case changed several times in a row`,
      measured: one.again.toFixed(4),
      peer: each(({ again }) => again.toFixed(4)),
    },
    ...one.loads.map(({ name, perSecond, times }, n): Figure => ({
      what: `${what}: p50, p95, p99 at ${name} (${perSecond.toFixed(0)} a second)`,
      measured: shown(times),
      peer: each(
        ({ loads }) => `${shown(loads[n]?.times ?? [])} (${loads[n]?.perSecond.toFixed(0)} a second)`,
      ),
      ...(options.goals !== 'none' && name === '50 % load'
        ? { goal: 'p99 under 1 s', met: percentile(times, 0.99) < P99_MS }
        : {}),
    })),
  ];
}
