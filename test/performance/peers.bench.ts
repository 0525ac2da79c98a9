// Our bridge beside what is usually written instead of it, on the same local org and Desk, with the same changes:
// a plain relay over the Pub/Sub API, the same over jsforce streaming, and for the other way one that polls Desk.
// Usage: peers.bench.ts [changes] [seconds of each load]
import { createCase } from '../desk/cases.ts';
import { createCustomer } from '../desk/customers.ts';
import { createWorld } from '../support/world.ts';
import { median, report, type Figure } from './figures.ts';
import { linesOf, type Load, type Measured } from './peers/lines.ts';
import { burst, knock, latencies } from './peers/measure.ts';
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
const partsOf = (reached: number): Load[] =>
  LOADS.map((part) => ({ name: `${part * 100} % load`, perSecond: reached * part }));
/** In the burst of cases that change again and again. */
const TIMES = 5;

const world = await createWorld({ built: true });
const { org, desk } = world;
const { state } = desk;
desk.rateLimit.perMinute = 100_000_000;

/** A day's allowances are not what is measured. */
const nextDay = () => Object.assign(org.org.limits, { used: 0, eventsDelivered: 0 });

/** Requests to either side and events from Salesforce since then, a change. */
function counting() {
  nextDay();
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
  loadsOf: (reached: number) => readonly Load[],
): Promise<Measured> {
  nextDay();
  const running = await contender.start();
  await knock(way);
  await running.settle();
  const counted = counting();
  const bursts: Awaited<ReturnType<typeof burst>>[] = [];
  for (let round = 0; round < rounds; round += 1) bursts.push(await burst(way, running.child, changes));
  await running.settle();
  const calls = counted(changes * rounds);
  const perSecond = median(bursts.map((one) => one.perSecond));
  const standIns = median(bursts.map(({ busy }) => busy.standIns));
  const together = counting();
  await burst(way, running.child, changes, Math.ceil(changes / TIMES));
  await running.settle();
  const again = together(changes)[way.writesTo];
  const at: Measured['loads'][number][] = [];
  for (const load of loadsOf(perSecond)) {
    nextDay();
    at.push({ ...load, times: await latencies(way, load.perSecond, SECONDS) });
  }
  await running.stop();
  console.log(`${contender.name}: ${perSecond.toFixed(0)} a second`);
  return { perSecond, standIns, again, calls, loads: at };
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
for (const speed of SPEEDS) {
  desk.faults.clear();
  if (speed.ms > 0)
    desk.faults.add({ action: 'delay', ms: speed.ms, match: {}, times: Number.POSITIVE_INFINITY });
  const one = await measured(ours, ways.toDesk, speed, partsOf);
  const peers = new Map<string, Measured>();
  for (const [name, file] of [
    ['Pub/Sub', './pubsubRelay.ts'],
    ['CometD', './cometdRelay.ts'],
  ] as const)
    peers.set(name, await measured(relayOf(world, `${name} relay`, file), ways.toDesk, speed, partsOf));
  figures.push(
    ...linesOf(`to Desk, which answers in ${speed.ms} ms`, one, peers, {
      goals: speed.ms > 0 ? 'all' : 'calls',
    }),
  );
  // Both under the same load: a burst that one poll reads says nothing of what ours can take for good.
  const half = { name: 'half of what the peer carries', perSecond: 0 };
  const poll = await measured(
    relayOf(world, 'polling relay', './pollRelay.ts'),
    ways.toSalesforce,
    speed,
    (reached) => [{ ...half, perSecond: reached / 2 }],
  );
  const back = await measured(ours, ways.toSalesforce, speed, () => [
    { ...half, perSecond: poll.perSecond / 2 },
  ]);
  figures.push(
    ...linesOf(`to Salesforce, Desk answers in ${speed.ms} ms`, back, new Map([['polling', poll]]), {
      goals: 'none',
    }),
  );
}
await world.close();

report({
  title: 'Beside plain relays',
  command: 'npm run bench:peers',
  figures,
  notes: [
    `${CHANGES} linked cases; a change is a new subject and priority of one case, in a transaction of its own. The peers are test/performance/peers: one query and one request to Desk an event, one after the other; the other way, one request to Salesforce a case. All keep how far they are on disk before they go on (SQLite, synchronous=FULL), run in a process of their own, and end with both sides in the same state, which is checked.`,
    `Where each case is changed several times in a row, that is ${TIMES} times. Changes a second: all changes wait from the start (whoever carries them is halted while they are made), and the first tenth of them is not counted. To Desk, loads are of what each one reaches itself; to Salesforce, of what the peer reaches, since a burst that one poll reads does not tell what could be kept up. Changes come at a fixed pace, and their time runs from when they were due. Both polls of Desk are ${POLL_MS / 1_000} s apart, which is the bridge's default: it is most of the time that a change to Salesforce takes.`,
    'Both sides run in one process, and no desk answers in no time: where that process is busy nearly all of the time, it is what limits the figure. So the goal of the speed is judged where Desk takes its 50 ms.',
    'Salesforce answers at once here. Each of its requests takes a real relay a tenth of a second more, one after the other.',
  ],
});
