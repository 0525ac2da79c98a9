// What a change costs and how long it takes, both ways: requests to either side per changed record in a burst,
// writes for one record that changes again and again, and the time from a change to its arrival with nothing
// else going on. The goals stand beside the figures. Usage: relay.bench.ts [records] [single changes]
import { createCase, updateCase } from '../desk/cases.ts';
import { createCustomer } from '../desk/customers.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld } from '../support/world.ts';
import { percentile, report, type Figure } from './figures.ts';

const RECORDS = Number(process.argv[2] ?? 10_000);
const SINGLES = Number(process.argv[3] ?? 100);
const LONG = 900_000;
const BATCH = 200;
/** The bridge's own default. Bursts are measured under it, and single changes with a poll each second. */
const POLL_MS = 10_000;
const IDLE_MS = 3 * POLL_MS;
const world = await createWorld({ built: true });
const { salesforce, desk, org } = world;
const { state } = desk;

/** Requests of the bridge since then: what this program sends itself is not counted. */
function counted() {
  let own = 0;
  const start = { org: org.org.calls.length, desk: desk.calls.length };
  return {
    own: (calls: number) => (own += calls),
    org: () => org.org.calls.length - start.org - own,
    desk: () => desk.calls.length - start.desk,
    writes: () => desk.calls.slice(start.desk).filter(({ method }) => method !== 'GET').length,
  };
}
const figures: Figure[] = [];
const told = (what: string, measured: string) => figures.push({ what, measured });
const judged = (what: string, measured: string, goal: string, met: boolean) =>
  figures.push({ what, measured, goal, met });
const seconds = (started: number) => (performance.now() - started) / 1_000;

const customer = createCustomer(state, { last_name: 'Bench' }, new URLSearchParams());
const message = { direction: 'in', status: 'received', body: 'B' };
for (let n = 0; n < RECORDS; n += 1)
  createCase(
    state,
    { type: 'phone', subject: `Case ${n}`, status: 'open', priority: 5, message },
    customer.id,
  );
let started = performance.now();
const first = counted();
let bridge = await world.startBridge({
  DESKCONNECT_START: 'everything',
  DESKCONNECT_POLL_SECONDS: String(POLL_MS / 1_000),
});
const rested = async () => {
  const { pairs } = await bridge.status();
  return pairs['waiting'] === 0 && pairs['inStep'] === RECORDS + 1;
};
await waitFor('the first sync', rested, LONG);
const took = seconds(started);
told(`first sync of ${RECORDS} cases: a second`, (RECORDS / took).toFixed(0));
told(
  'calls a record in it: Salesforce, Desk',
  `${(first.org() / RECORDS).toFixed(3)}, ${(first.desk() / RECORDS).toFixed(3)}`,
);

const ids = [...org.org.records.rows('Case').keys()];
const quiet = () => waitFor('quiet', rested, LONG);

/** Requests to Desk a second of a bridge that has nothing to do: its polls. */
async function idleRate(): Promise<number> {
  await quiet();
  const counter = counted();
  const from = performance.now();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  return counter.desk() / seconds(from);
}
const idle = await idleRate();
told('polls of Desk a second, nothing going on', idle.toFixed(2));

async function burst(
  what: string,
  change: (counter: ReturnType<typeof counted>) => Promise<void>,
  arrived: () => boolean,
  goals: Partial<Record<'salesforce' | 'desk' | 'both', number>>,
): Promise<void> {
  await quiet();
  const counter = counted();
  started = performance.now();
  await change(counter);
  await waitFor(what, arrived, LONG);
  const time = seconds(started);
  await quiet();
  // Desk's feed tells of our own writes with its next poll: they belong to the burst.
  await new Promise((resolve) => setTimeout(resolve, POLL_MS + 2_000));
  await quiet();
  told(`${what}: changes a second`, (RECORDS / time).toFixed(0));
  const calls = { salesforce: counter.org() / RECORDS, desk: counter.desk() / RECORDS };
  const cost = (name: string, value: number, most: number | undefined) => {
    if (most === undefined) told(`${what}: ${name}`, value.toFixed(4));
    else judged(`${what}: ${name}`, value.toFixed(4), `at most ${most}`, value <= most);
  };
  cost('Salesforce calls a record', calls.salesforce, goals.salesforce);
  cost('Desk calls a record', calls.desk, goals.desk);
  cost(
    'Desk calls a record, without the polls of an idle bridge',
    calls.desk - (idle * seconds(started)) / RECORDS,
    undefined,
  );
  if (goals.both !== undefined) cost('calls of both a record', calls.salesforce + calls.desk, goals.both);
}

await burst(
  `${RECORDS} cases changed in Salesforce`,
  async (counter) => {
    for (let start = 0; start < ids.length; start += BATCH) {
      const records = ids
        .slice(start, start + BATCH)
        .map((id) => ({ attributes: { type: 'Case' }, id, Priority: 'High' }));
      await salesforce.requestPatch('/composite/sobjects', { allOrNone: true, records });
      counter.own(1);
    }
  },
  () => state.tables.cases.every(({ priority }) => priority === 8),
  { salesforce: 0.02, desk: 1.02 },
);
await burst(
  `${RECORDS} cases changed in Desk`,
  () => {
    for (const one of state.tables.cases) updateCase(state, one, { subject: `${one.subject} again` });
    return Promise.resolve();
  },
  () => [...org.org.records.rows('Case').values()].every((row) => String(row['Subject']).endsWith(' again')),
  { both: 0.03 },
);

await quiet();
const [firstId = ''] = ids;
const one = counted();
for (let n = 1; n <= 50; n += 1)
  await salesforce.sobject('Case').update({ Id: firstId, Subject: `Version ${n}` });
await waitFor(
  'the last version',
  () => state.tables.cases.some(({ subject }) => subject === 'Version 50'),
  LONG,
);
await quiet();
told('50 changes of one case, one request after the other: writes to Desk', String(one.writes()));
const echo = counted();
const together = Array.from({ length: 50 }, (_, n) => ({
  method: 'PATCH',
  url: `/services/data/v65.0/sobjects/Case/${firstId}`,
  referenceId: `r${n}`,
  body: { Subject: `Burst ${n + 1}` },
}));
for (let start = 0; start < 50; start += 25)
  await salesforce.requestPost('/composite', { compositeRequest: together.slice(start, start + 25) });
await waitFor(
  'the end of the burst',
  () => state.tables.cases.some(({ subject }) => subject === 'Burst 50'),
  LONG,
);
await quiet();
judged('the same in two requests: writes to Desk', String(echo.writes()), '1', echo.writes() === 1);

await bridge.stop();
bridge = await world.startBridge({ DESKCONNECT_POLL_SECONDS: '1' });

async function latencies(
  change: (n: number) => Promise<void>,
  arrived: (n: number) => boolean,
): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < SINGLES; n += 1) {
    await quiet();
    const before = performance.now();
    await change(n);
    while (!arrived(n)) await new Promise((resolve) => setTimeout(resolve, 2));
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b);
}
const shown = (times: readonly number[]) =>
  [0.5, 0.95, 0.99].map((share) => `${percentile(times, share).toFixed(0)} ms`).join(', ');
const target = state.tables.cases.find(({ external_id }) => external_id === firstId) ?? state.tables.cases[0];
const toDesk = await latencies(
  async (n) => {
    await salesforce.sobject('Case').update({ Id: firstId, Subject: `Single ${n}` });
  },
  (n) => state.tables.cases.some(({ subject }) => subject === `Single ${n}`),
);
judged(
  'Salesforce to Desk, nothing else going on: p50, p95, p99',
  shown(toDesk),
  'p99 under 1 s',
  percentile(toDesk, 0.99) < 1_000,
);
const toSalesforce = await latencies(
  (n) => {
    if (target) updateCase(state, target, { subject: `From Desk ${n}` });
    return Promise.resolve();
  },
  (n) => [...org.org.records.rows('Case').values()].some((row) => row['Subject'] === `From Desk ${n}`),
);
judged(
  'Desk to Salesforce, polled each second: p50, p95, p99',
  shown(toSalesforce),
  'p99 under the poll interval and 1 s',
  percentile(toSalesforce, 0.99) < 2_000,
);
const text = await (await fetch(`http://127.0.0.1:${bridge.port}/metrics`)).text();
const megabytes = Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]) / 1e6;
judged('memory of the bridge at the end', `${megabytes.toFixed(0)} MB`, 'under 150 MB', megabytes < 150);
const { refused } = desk.rateLimit;
judged('requests that Desk refused for its rate limit', String(refused), '0', refused === 0);
await world.close();

report({
  title: 'What a change costs and how long it takes',
  command: 'npm run bench:relay',
  figures,
  notes: [
    `Bursts are measured under the default poll interval of ${POLL_MS / 1_000} seconds, single changes with a poll each second. Of the time from Salesforce to Desk, 100 ms are spent on purpose: changes are gathered for so long, so that a burst of one record is one write and batches are full. A burst in Desk of more than a hundred changes within the last two seconds is read two seconds later, once instead of twice.`,
    "A condition on Salesforce's side adds a request for each 400 records that are read.",
  ],
});
