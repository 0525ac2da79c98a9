// Our bridge beside what is usually written instead of it, on the same local org and Desk, with the same changes:
// a plain relay over the Pub/Sub API, the same over jsforce streaming, and for the other way one that polls Desk.
// Usage: peers.bench.ts [changes] [seconds of each load]
import { createCase } from '../desk/cases.ts';
import { createCustomer } from '../desk/customers.ts';
import { createWorld } from '../support/world.ts';
import { median, percentile, report, type Figure } from './figures.ts';
import { burst, latencies } from './peers/measure.ts';
import { bridgeOf, POLL_MS, relayOf, type Contender } from './peers/contenders.ts';
import { waysOf, type Way } from './peers/ways.ts';

const CHANGES = Number(process.argv[2] ?? 3_000);
const SECONDS = Number(process.argv[3] ?? 15);
/** Simulated time of an answer of Desk, ms, with the changes of a burst and how many of them there are. */
const SPEEDS = [
  { ms: 0, changes: CHANGES, rounds: 3 },
  { ms: 50, changes: Math.ceil(CHANGES / 3), rounds: 1 },
] as const;
const LOADS = [0.1, 0.5, 0.9] as const;
/** In the burst of cases that change again and again. */
const TIMES = 5;

const world = await createWorld();
const { org, desk } = world;
const { state } = desk;
desk.rateLimit.perMinute = 100_000_000;

type Measured = {
  readonly perSecond: number;
  /** The same where each case changes several times. */
  readonly again: number;
  readonly calls: { readonly salesforce: number; readonly desk: number; readonly events: number };
  readonly loads: readonly {
    readonly load: number;
    readonly perSecond: number;
    readonly times: readonly number[];
  }[];
};

/** Requests to either side and events from Salesforce since then, a change. */
function counting() {
  const { limits, calls } = org.org;
  const from = { salesforce: calls.length, desk: desk.calls.length, events: limits.eventsDelivered };
  return (changes: number) => ({
    salesforce: (calls.length - from.salesforce) / changes,
    desk: (desk.calls.length - from.desk) / changes,
    events: (limits.eventsDelivered - from.events) / changes,
  });
}

async function measured(
  contender: Contender,
  way: Way,
  { changes, rounds }: (typeof SPEEDS)[number],
  loads: readonly number[],
): Promise<Measured> {
  // The day's allowances are not what is measured.
  Object.assign(org.org.limits, { used: 0, eventsDelivered: 0 });
  const running = await contender.start();
  await burst(way, 1);
  await running.settle();
  const counted = counting();
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) rates.push(await burst(way, changes));
  await running.settle();
  const calls = counted(changes * rounds);
  const perSecond = median(rates);
  const again = await burst(way, changes, Math.ceil(changes / TIMES));
  const at: Measured['loads'][number][] = [];
  for (const load of loads)
    at.push({ load, perSecond: perSecond * load, times: await latencies(way, perSecond * load, SECONDS) });
  await running.stop();
  console.log(`${contender.name}: ${perSecond.toFixed(0)} a second`);
  return { perSecond, again, calls, loads: at };
}

const customer = createCustomer(state, { last_name: 'Bench' }, new URLSearchParams());
const message = { direction: 'in', status: 'received', body: 'B' };
for (let n = 0; n < CHANGES; n += 1)
  createCase(
    state,
    { type: 'phone', subject: `Case ${n}`, description: 'As it came', status: 'open', priority: 5, message },
    customer.id,
  );
const first = await bridgeOf(world, { DESKCONNECT_START: 'everything' }).start();
await first.settle();
await first.stop();
const ways = waysOf(world);
if (ways.toDesk.pairs.length !== CHANGES)
  throw new Error(`${ways.toDesk.pairs.length} of ${CHANGES} cases are linked`);

const ours = bridgeOf(world);
const figures: Figure[] = [];
const CALLS = [
  ['Salesforce calls a change', 'salesforce'],
  ['Desk calls a change', 'desk'],
  ['events a change', 'events'],
] as const;

const shown = (times: readonly number[]) =>
  `${[0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(0)).join(', ')} ms`;

/** The lines of one way at one speed of Desk: ours, and each peer in the same cell. */
function lines(what: string, one: Measured, peers: ReadonlyMap<string, Measured>, goals: boolean): Figure[] {
  const each = (of: (peer: Measured) => string) =>
    [...peers].map(([name, peer]) => (peers.size > 1 ? `${name} ${of(peer)}` : of(peer))).join('; ');
  const times = (of: (m: Measured) => number, goal?: number): Figure => {
    const ratios = [...peers.values()].map((peer) => of(one) / of(peer));
    return {
      what: '',
      measured: of(one).toFixed(0),
      peer: each((peer) => of(peer).toFixed(0)),
      ratio: ratios.map((ratio) => ratio.toFixed(1)).join('; '),
      ...(goal === undefined
        ? {}
        : { goal: `at least ${goal} ×`, met: ratios.every((ratio) => ratio >= goal) }),
    };
  };
  return [
    { ...times(({ perSecond }) => perSecond, goals ? 5 : undefined), what: `${what}: changes a second` },
    { ...times(({ again }) => again), what: `the same, each case ${TIMES} times` },
    ...CALLS.map(([name, key]): Figure => {
      const ratios = [...peers.values()].map(({ calls }) => one.calls[key] / calls[key]);
      const goal = goals && key === 'salesforce';
      return {
        what: `${what}: ${name}`,
        measured: one.calls[key].toFixed(4),
        peer: each(({ calls }) => calls[key].toFixed(4)),
        ratio: ratios.map((ratio) => (Number.isFinite(ratio) ? ratio.toFixed(4) : '')).join('; '),
        ...(goal ? { goal: 'at most 1/10', met: ratios.every((ratio) => ratio <= 0.1) } : {}),
      };
    }),
    ...one.loads.map(({ load, perSecond, times: own }, n): Figure => {
      const goal = goals && load === 0.5;
      return {
        what: `${what}: p50, p95, p99 at ${load * 100} % load (${perSecond.toFixed(0)} a second)`,
        measured: shown(own),
        peer: each(
          ({ loads }) => `${shown(loads[n]?.times ?? [])} (${loads[n]?.perSecond.toFixed(0)} a second)`,
        ),
        ...(goal ? { goal: 'p99 under 1 s', met: percentile(own, 0.99) < 1_000 } : {}),
      };
    }),
  ];
}

for (const speed of SPEEDS) {
  desk.faults.clear();
  if (speed.ms > 0)
    desk.faults.add({ action: 'delay', ms: speed.ms, match: {}, times: Number.POSITIVE_INFINITY });
  const one = await measured(ours, ways.toDesk, speed, LOADS);
  const peers = new Map<string, Measured>();
  for (const [name, file] of [
    ['Pub/Sub', './pubsubRelay.ts'],
    ['CometD', './cometdRelay.ts'],
  ] as const)
    peers.set(name, await measured(relayOf(world, `${name} relay`, file), ways.toDesk, speed, LOADS));
  figures.push(...lines(`to Desk, which answers in ${speed.ms} ms`, one, peers, true));
  const back = await measured(ours, ways.toSalesforce, speed, [0.5]);
  const poll = await measured(
    relayOf(world, 'polling relay', './pollRelay.ts'),
    ways.toSalesforce,
    speed,
    [0.5],
  );
  figures.push(
    ...lines(`to Salesforce, Desk answers in ${speed.ms} ms`, back, new Map([['polling', poll]]), false),
  );
}
await world.close();

report({
  title: 'Beside plain relays',
  command: 'npm run bench:peers',
  figures,
  notes: [
    `${CHANGES} linked cases; a change is a new subject and priority of one case, in a transaction of its own. The peers are test/performance/peers: one query and one request to Desk an event, one after the other; the other way, one request to Salesforce a case. All keep how far they are on disk before they go on (SQLite, synchronous=FULL), run in a process of their own, and end with both sides in the same state, which is checked.`,
    `Changes a second: all changes wait from the start, and the first tenth of them is not counted. Loads are of what each one reaches itself; changes come at a fixed pace, and their time runs from when they were due. Both polls of Desk are ${POLL_MS / 1_000} s apart, which is the bridge's default: it is most of the time that a change to Salesforce takes.`,
    'Salesforce answers at once here. Each of its requests takes a real relay a tenth of a second more, one after the other.',
  ],
});
