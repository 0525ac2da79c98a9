// A full sync of many cases with their customers and companies: with Desk's rate limit lifted, where the records a
// second count, and with it on, where the calls do that Desk allows. In between, what a bridge that was down catches up
// with. Usage: sync.bench.ts [cases] [missed events] [cases under the rate limit]
import { setTimeout as pause } from 'node:timers/promises';
import { createCase } from '../desk/cases.ts';
import { createCompany } from '../desk/companies.ts';
import { createCustomer } from '../desk/customers.ts';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { report, type Figure } from './figures.ts';

const CASES = Number(process.argv[2] ?? 100_000);
const MISSED = Number(process.argv[3] ?? 75_000);
const LIMITED_CASES = Number(process.argv[4] ?? 8_000);
const CASES_A_CUSTOMER = 4;
const CUSTOMERS_A_COMPANY = 10;
/** Each record that was changed while the bridge was down was changed so often. */
const CHANGES_A_RECORD = 5;
/** No bridge ran for so long before the records changed that it is to catch up with. */
const DOWN_MS = 3_600_000;
const LIFTED = 1_000_000_000;
const LIMIT = 300;
const LONG_MS = 3 * 3_600_000;
const CATCH_UP_GOAL_S = 60;
const SHARE_GOAL = 0.95;
const MINUTE_MS = 60_000;
const BATCH = 200;

/** Records of Desk that Salesforce has not seen. Returns how many there are in all. */
function fill({ desk: { state } }: World, cases: number): number {
  const customers = Math.ceil(cases / CASES_A_CUSTOMER);
  const companies = Math.ceil(customers / CUSTOMERS_A_COMPANY);
  const message = { direction: 'in', status: 'received', body: 'B' };
  const companyIds = Array.from(
    { length: companies },
    (_, n) => createCompany(state, { name: `Company ${n}` }).id,
  );
  const customerIds = Array.from({ length: customers }, (_, n) => {
    const company = { href: `/api/v2/companies/${companyIds[n % companies]}`, class: 'company' };
    const emails = [{ type: 'work', value: `customer${n}@bench.test` }];
    return createCustomer(
      state,
      { last_name: `Customer ${n}`, emails, _links: { company } },
      new URLSearchParams(),
    ).id;
  });
  for (let n = 0; n < cases; n += 1)
    createCase(
      state,
      { type: 'phone', subject: `Case ${n}`, status: 'open', priority: 5, message },
      customerIds[n % customers],
    );
  return cases + customers + companies;
}

const since = (started: number) => (performance.now() - started) / 1_000;
const rate = (count: number, seconds: number) => (count / seconds).toFixed(0);

/** Everything is in step: looked for seldom, since the answer is a count of all pairs. */
const settled = (bridge: BridgeProcess, pairs: number) =>
  waitFor(
    'all pairs to be in step',
    async () => {
      await pause(500);
      const { pairs: counts } = await bridge.status();
      return counts['waiting'] === 0 && counts['inStep'] === pairs;
    },
    LONG_MS,
  );

/** Resident bytes and seconds of processor of a bridge. */
async function used(bridge: BridgeProcess): Promise<{ bytes: number; seconds: number }> {
  const text = await (await fetch(`http://127.0.0.1:${bridge.port}/metrics`)).text();
  const sample = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    bytes: sample('process_resident_memory_bytes'),
    seconds: sample('process_cpu_seconds_total'),
  };
}

/** Seconds of processor that both stand-ins have used, which run in this process. */
const standInsUsed = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const figures: Figure[] = [];

async function lifted(): Promise<void> {
  let behindMs = DOWN_MS;
  const world = await createWorld({ built: true, now: () => Date.now() - behindMs });
  try {
    world.desk.rateLimit.perMinute = LIFTED;
    const records = fill(world, CASES);
    const env = { DESKCONNECT_START: 'everything', DESKCONNECT_POLL_SECONDS: '10' };
    const started = performance.now();
    const own = standInsUsed();
    const before = { org: world.org.org.calls.length, desk: world.desk.calls.length };
    const bridge = await world.startBridge(env);
    await settled(bridge, records);
    const took = since(started);
    const { bytes, seconds } = await used(bridge);
    const calls = [world.org.org.calls.length - before.org, world.desk.calls.length - before.desk].map(
      (count) => (count / records).toFixed(3),
    );
    figures.push(
      { what: `full sync of ${CASES} cases, ${records} records: a second`, measured: rate(records, took) },
      {
        what: 'seconds of processor in it: the bridge, the two stand-ins',
        measured: `${seconds.toFixed(0)}, ${(standInsUsed() - own).toFixed(0)} of ${took.toFixed(0)}`,
      },
      { what: 'calls a record: Salesforce, Desk', measured: calls.join(', ') },
      { what: 'memory of the bridge after it', measured: `${(bytes / 1e6).toFixed(0)} MB` },
    );
    await bridge.stop();
    // By both sides' clocks: what was just made is not among what a sweep of the last minutes reads again.
    behindMs = 0;
    await catchUp(world, env, records);
  } finally {
    await world.close();
  }
}

/** The records of Salesforce change while no bridge is there to hear of it. */
async function catchUp(world: World, env: NodeJS.ProcessEnv, records: number): Promise<void> {
  const { org, desk, salesforce } = world;
  const ids = [...org.org.records.rows('Case').keys()].slice(0, Math.ceil(MISSED / CHANGES_A_RECORD));
  const last = `Change ${CHANGES_A_RECORD}`;
  const from = org.pubsub.bus.last;
  for (let turn = 1; turn <= CHANGES_A_RECORD; turn += 1)
    for (let start = 0; start < ids.length; start += BATCH)
      await salesforce.requestPatch('/composite/sobjects', {
        allOrNone: true,
        records: ids
          .slice(start, start + BATCH)
          .map((id) => ({ attributes: { type: 'Case' }, id, Subject: `Change ${turn}` })),
      });
  const missed = org.pubsub.bus.last - from;
  const started = performance.now();
  const bridge = await world.startBridge(env);
  const isThere = () => desk.state.tables.cases.filter(({ subject }) => subject === last).length;
  await waitFor('the changes in Desk', () => isThere() === ids.length, LONG_MS);
  const crossed = since(started);
  await settled(bridge, records);
  const { bytes } = await used(bridge);
  figures.push(
    {
      what: `${missed} missed events of ${ids.length} cases, caught up with: all in Desk`,
      measured: `${crossed.toFixed(1)} s`,
      goal: `under ${CATCH_UP_GOAL_S} s`,
      met: crossed < CATCH_UP_GOAL_S,
    },
    { what: 'memory of the bridge after it', measured: `${(bytes / 1e6).toFixed(0)} MB` },
  );
  await bridge.stop();
}

/** The same under Desk's limit: what it allows in a minute is to be used, and nothing beyond it asked for. */
async function limited(): Promise<void> {
  const world = await createWorld({ built: true });
  try {
    const { rateLimit } = world.desk;
    const records = fill(world, LIMITED_CASES);
    rateLimit.perMinute = LIMIT;
    // The bridge begins with a minute of Desk's: one that it finds half gone says nothing.
    await pause(MINUTE_MS - (Date.now() % MINUTE_MS));
    const minute = rateLimit.taken.length;
    const bridge = await world.startBridge({ DESKCONNECT_START: 'everything' });
    await settled(bridge, records);
    // In the last one it came to an end.
    const full = rateLimit.taken.slice(minute, -1);
    if (full.length === 0) throw new Error('It was over within a minute: give it more cases.');
    const share = full.reduce((sum, taken) => sum + taken, 0) / (LIMIT * full.length);
    const { refused } = rateLimit;
    figures.push(
      {
        what: `full sync of ${LIMITED_CASES} cases at ${LIMIT} calls a minute: share of them used, ${full.length} minutes`,
        measured: `${(share * 100).toFixed(1)} %`,
        goal: `at least ${SHARE_GOAL * 100} %`,
        met: share >= SHARE_GOAL,
      },
      {
        what: 'calls in it that Desk refused',
        measured: String(refused),
        goal: 'none',
        met: refused === 0,
      },
    );
    await bridge.stop();
  } finally {
    await world.close();
  }
}

await lifted();
await limited();
report({
  title: 'Full sync and catch-up',
  command: 'npm run bench:sync',
  figures,
  notes: [
    `All records are in Desk alone at first: ${CASES_A_CUSTOMER} cases a customer, ${CUSTOMERS_A_COMPANY} customers a company. The stand-ins of both sides run in one process of this machine, the bridge with its embedded store in another.`,
    `The missed events are ${CHANGES_A_RECORD} changes of each case, made one after the other while no bridge ran, an hour after the full sync.`,
  ],
});
