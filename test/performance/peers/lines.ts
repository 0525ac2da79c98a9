import { percentile, type Figure } from '../figures.ts';

/** What was measured of one who carries changes one way. */
export type Measured = {
  readonly perSecond: number;
  /** Requests, and events from Salesforce, a change. */
  readonly calls: Readonly<Record<'salesforce' | 'desk' | 'events', number>>;
  /** Requests a change to the side that is written to, where each case changes several times. */
  readonly again: number;
  /** Times of changes at a part of that pace, ms, in ascending order. */
  readonly loads: readonly {
    readonly load: number;
    readonly perSecond: number;
    readonly times: readonly number[];
  }[];
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

/** The lines of one way at one speed of Desk: ours, and each peer in the same cell. */
export function linesOf(
  what: string,
  one: Measured,
  peers: ReadonlyMap<string, Measured>,
  options: { readonly goals: boolean },
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
      ...(options.goals
        ? { goal: `at least ${FASTER} ×`, met: speeds.every((ratio) => ratio >= FASTER) }
        : {}),
    },
    ...CALLS.map(([name, key]): Figure => {
      const parts = ratios(({ calls }) => calls[key]);
      return {
        what: `${what}: ${name}`,
        measured: one.calls[key].toFixed(4),
        peer: each(({ calls }) => calls[key].toFixed(4)),
        ratio: parts.map((part) => (Number.isFinite(part) ? part.toFixed(4) : '–')).join('; '),
        ...(options.goals && key === 'salesforce'
          ? { goal: 'at most 1/10', met: parts.every((part) => part <= FEWER_CALLS) }
          : {}),
      };
    }),
    {
      what: `${what}: writing calls a change, each case changed several times in a row`,
      measured: one.again.toFixed(4),
      peer: each(({ again }) => again.toFixed(4)),
    },
    ...one.loads.map(({ load, perSecond, times }, n): Figure => ({
      what: `${what}: p50, p95, p99 at ${load * 100} % load (${perSecond.toFixed(0)} a second)`,
      measured: shown(times),
      peer: each(
        ({ loads }) => `${shown(loads[n]?.times ?? [])} (${loads[n]?.perSecond.toFixed(0)} a second)`,
      ),
      ...(options.goals && load === 0.5
        ? { goal: 'p99 under 1 s', met: percentile(times, 0.99) < P99_MS }
        : {}),
    })),
  ];
}
