// What a million links cost: the memory of the bridge with its embedded store, a change's time, processor and calls
// beside those with few links, all in turn in one run, the start, and the recovery from a kill under load. The bridge
// is what users run: what was built, a process of its own. Linux only, whose /proc is read.
// Usage: links.bench.ts [numbers of links, smallest first] [rounds] [cases that change in a round]
import { setTimeout as pause } from 'node:timers/promises';
import { connectSqlite } from '@desk-connect/bridge/store/sqlite.js';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { median, report, type Figure } from './figures.ts';
import { createLinkedWorld, quiet, type LinkedWorld } from './linkedWorld.ts';
import { memoryOf, processorOf, type Memory } from './processUse.ts';

const SIZES = (process.argv[2] ?? '1000,100000,1000000').split(',').map(Number);
const ROUNDS = Number(process.argv[3] ?? 5);
const CASES = Number(process.argv[4] ?? 2_000);
const STARTS = 5;
const LONG = 900_000;
const IDLE_MS = 20_000;
/** How often Prometheus reads an idle bridge here. */
const SCRAPE_MS = 5_000;
const MOST_BYTES = 150e6;
const MOST_RATIO = 1.3;
const MOST_MS = 1_000;
const TOPIC = 'stream /data/DeskConnect__chn';

type Round = { readonly ms: number; readonly processor: number };
type Measured = {
  readonly linked: LinkedWorld;
  bridge: BridgeProcess;
  readonly rounds: Round[];
  readonly calls: { org: number; desk: number };
  /** Idle after the start, and after each round. */
  readonly memory: Memory[];
  /** The part of the time in which an idle bridge uses a processor. */
  idle: number;
};

const pidOf = ({ child }: BridgeProcess) => child.pid ?? Number.NaN;
const sleep = (ms: number) => pause(ms);
const started = async (linked: LinkedWorld) => {
  const bridge = await linked.start();
  await bridge.ready();
  return bridge;
};

/** All cases change in Salesforce; the time until all have changed in Desk. */
async function changeAll({ linked, bridge, calls }: Measured, subject: string): Promise<Round> {
  const { world } = linked;
  await quiet(bridge);
  const before = { org: world.org.org.calls.length, desk: world.desk.calls.length };
  const processor = processorOf(pidOf(bridge));
  const began = performance.now();
  const own = await linked.change(subject);
  await waitFor('the changes', () => linked.arrived(subject) === CASES, LONG);
  const ms = performance.now() - began;
  await quiet(bridge);
  calls.org += world.org.org.calls.length - before.org - own;
  calls.desk += world.desk.calls.length - before.desk;
  return { ms, processor: processorOf(pidOf(bridge)) - processor };
}

async function idle({ bridge }: Measured): Promise<number> {
  const before = processorOf(pidOf(bridge));
  for (let waited = 0; waited < IDLE_MS; waited += SCRAPE_MS) {
    await (await fetch(`http://127.0.0.1:${bridge.port}/metrics`)).text();
    await sleep(SCRAPE_MS);
  }
  return (processorOf(pidOf(bridge)) - before) / IDLE_MS;
}

/** Something changed while no bridge ran: milliseconds from the start of one until its event is in the inbox, and in Desk. */
async function startToEvent(measured: Measured, subject: string): Promise<{ inbox: number; desk: number }> {
  const { linked } = measured;
  await measured.bridge.stop();
  await linked.change(subject);
  const { database } = connectSqlite(linked.world.dataFolder);
  const position = database.prepare('select value from cursor where name = ?');
  const before = position.get(TOPIC)?.['value'];
  const began = performance.now();
  const starting = linked.start();
  let inbox = Number.NaN;
  while (linked.arrived(subject) === 0) {
    if (Number.isNaN(inbox) && position.get(TOPIC)?.['value'] !== before) inbox = performance.now() - began;
    await sleep(2);
  }
  const desk = performance.now() - began;
  database.close();
  measured.bridge = await starting;
  await measured.bridge.ready();
  await quiet(measured.bridge);
  return { inbox: Number.isNaN(inbox) ? desk : inbox, desk };
}

/** Killed while all cases change: milliseconds from the start of the next one until it writes what was left to do. */
async function recovery(measured: Measured, subject: string): Promise<number> {
  const { linked } = measured;
  const changing = linked.change(subject);
  await waitFor('the middle of the changes', () => linked.arrived(subject) > CASES / 4, LONG);
  await measured.bridge.kill();
  await changing;
  const done = linked.arrived(subject);
  if (done === CASES) throw new Error('All was done before the kill: give it more cases.');
  const began = performance.now();
  const starting = linked.start();
  while (linked.arrived(subject) === done) await sleep(2);
  const took = performance.now() - began;
  measured.bridge = await starting;
  await waitFor('the rest of the changes', () => linked.arrived(subject) === CASES, LONG);
  await quiet(measured.bridge);
  return took;
}

const all: Measured[] = [];
const starts: { inbox: number; desk: number }[] = [];
const recoveries: number[] = [];
try {
  for (const links of SIZES) {
    const linked = await createLinkedWorld(links, CASES);
    const bridge = await started(linked);
    all.push({ linked, bridge, rounds: [], calls: { org: 0, desk: 0 }, memory: [], idle: 0 });
  }
  for (const measured of all) {
    measured.idle = await idle(measured);
    measured.memory.push(memoryOf(pidOf(measured.bridge)));
  }
  // The first round is for the code to become warm.
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const measured of all) {
      if (round === 1) Object.assign(measured.calls, { org: 0, desk: 0 });
      const took = await changeAll(measured, `Round ${round}`);
      if (round > 0) measured.rounds.push(took);
      measured.memory.push(memoryOf(pidOf(measured.bridge)));
    }
  const largest = all.at(-1);
  if (largest === undefined) throw new Error('Name a number of links.');
  for (let n = 0; n < STARTS; n += 1) starts.push(await startToEvent(largest, `Start ${n}`));
  for (let n = 0; n < STARTS; n += 1) recoveries.push(await recovery(largest, `Kill ${n}`));
} finally {
  for (const { linked, bridge } of all) {
    await bridge.kill();
    await linked.world.close();
  }
}

const [few] = all;
const many = all.at(-1);
if (few === undefined || many === undefined) throw new Error('Nothing was measured.');
const name = ({ linked }: Measured) => linked.links.toLocaleString('en-US');
const inMb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const residentAt = (measured: Measured, at: number) => measured.memory.at(at)?.resident ?? Number.NaN;
const changes = ROUNDS * CASES;

function growth(what: string, of: (measured: Measured) => number, unit: (value: number) => string): Figure[] {
  const least = few === undefined ? Number.NaN : of(few);
  return all.slice(1).map((measured) => ({
    what: `${what}, ${name(measured)} links`,
    measured: unit(of(measured)),
    peer: unit(least),
    ratio: (of(measured) / least).toFixed(2),
    goal: `at most ${MOST_RATIO}`,
    met: of(measured) / least <= MOST_RATIO,
  }));
}
const below = (what: string, value: number, most: number, unit: (value: number) => string): Figure => ({
  what,
  measured: unit(value),
  goal: `under ${unit(most)}`,
  met: value < most,
});
const inMs = (ms: number) => `${ms.toFixed(0)} ms`;
const fine = (ms: number) => `${ms.toFixed(2)} ms`;

report({
  title: `${name(many)} links`,
  command: 'npm run bench:links',
  figures: [
    {
      ...below('memory of the bridge, idle', residentAt(many, 0), MOST_BYTES, inMb),
      peer: inMb(residentAt(few, 0)),
    },
    {
      ...below(`  after ${changes} changes`, residentAt(many, -1), MOST_BYTES, inMb),
      peer: inMb(residentAt(few, -1)),
    },
    {
      what: '  of it not in files, idle and then',
      measured: [0, -1].map((at) => inMb(many.memory.at(at)?.anonymous ?? Number.NaN)).join(', '),
    },
    {
      what: '  in the second half of the changes',
      measured: inMb(residentAt(many, -1)),
      peer: inMb(residentAt(many, Math.ceil(many.memory.length / 2))),
      ratio: (residentAt(many, -1) / residentAt(many, Math.ceil(many.memory.length / 2))).toFixed(2),
      goal: 'flat: at most 1.05',
      met: residentAt(many, -1) / residentAt(many, Math.ceil(many.memory.length / 2)) <= 1.05,
    },
    ...growth('a change', ({ rounds }) => median(rounds.map(({ ms }) => ms)) / CASES, fine),
    ...growth('  processor', ({ rounds }) => median(rounds.map(({ processor }) => processor)) / CASES, fine),
    ...growth(
      '  calls, both sides',
      ({ calls }) => (calls.org + calls.desk) / changes,
      (calls) => calls.toFixed(3),
    ),
    {
      what: 'processor of an idle bridge, read every 5 s',
      measured: `${(many.idle * 100).toFixed(2)} %`,
      peer: `${(few.idle * 100).toFixed(2)} %`,
    },
    below(
      'start until the first event is in the inbox',
      median(starts.map(({ inbox }) => inbox)),
      MOST_MS,
      inMs,
    ),
    below('  until it is in Desk', median(starts.map(({ desk }) => desk)), MOST_MS, inMs),
    below('recovery after kill -9: until it goes on writing', median(recoveries), MOST_MS, inMs),
  ],
  notes: [
    `The peer is a bridge with ${name(few)} links in the same run, in turn; for the second half, the end of the first. Medians of ${ROUNDS} rounds of ${CASES} cases each, changed in Salesforce, and of ${STARTS} starts and kills, the longest of which took ${inMs(Math.max(...starts.map(({ desk }) => desk)))} and ${inMs(Math.max(...recoveries))}.`,
    'Starts and recoveries are counted from the start of the process. The local org and the local Desk share the machine with the bridge.',
  ],
});
