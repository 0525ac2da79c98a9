// Half an hour of work on both sides with faults at random, and a bridge that must come through it as it began: writes
// docs/soak.md and ends with 1 where it did not. `SOAK_MINUTES` makes it longer or shorter; `SOAK_SEED` has the same
// deeds and faults again, though not at the same moments.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLoad, type Deed } from '../crash/load.ts';
import { checkStore } from '../crash/storeState.ts';
import { jwtLogin } from '../support/jwtLogin.ts';
import { differences } from '../support/oracle.ts';
import { startProxy } from '../support/proxy.ts';
import { randomFrom } from '../support/random.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld } from '../support/world.ts';
import { flatness, growth } from './flatness.ts';
import { mishapsOf } from './mishaps.ts';
import { BOUNDS, causesOf, sampleOf, type Sample } from './samples.ts';
import { soakPage, type Judged } from './soakPage.ts';

const PAGE = fileURLToPath(new URL('../../docs/soak.md', import.meta.url));
const MINUTE_MS = 60_000;
const minutes = Number(process.env['SOAK_MINUTES'] ?? 30);
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);

const DEED_MS = 250;
/** Of the deeds, so many have a mishap beside them: one in four seconds. */
const MISHAP_SHARE = 1 / 16;
/** A short run has as many samples in it as it needs to be judged. */
const SAMPLE_MS = Math.min(15_000, (minutes * MINUTE_MS) / 30);
/** What failed again and again is tried again after minutes. */
const REST_MS = 10 * MINUTE_MS;
const MOST_PROBLEMS = 20;
const LAST_WORDS = 10_000;

const world = await createWorld();
const { org } = world.org;
// It is far more than a site makes in a day; what a bridge does without them is tested elsewhere.
org.limits.max = 10_000_000;
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const ways = { pubsub: await startProxy(world.org.pubsubUrl), desk: await startProxy(world.desk.url) };
const load = startLoad(world, randomFrom(seed));
const random = randomFrom(seed + 1);
const mishaps = mishapsOf(world, ways, 'bridge@local.test', random);
const changes = new Map<Deed, number>();
const samples: Sample[] = [];
const problems: string[] = [];

console.log(`${minutes} minutes with seed ${seed}`);
await load.begin();
const started = world.startBridge({
  ...jwtLogin(world, folder),
  DESKCONNECT_SALESFORCE_PUBSUB_URL: ways.pubsub.url,
  DESKCONNECT_DESK_URL: ways.desk.url,
  DESKCONNECT_START: 'everything',
  DESKCONNECT_POLL_SECONDS: '1',
  DESKCONNECT_SWEEP_SECONDS: '15',
  // As the bridge is started by its operator.
  NODE_OPTIONS: '--max-semi-space-size=8',
});
// One that does not come up must not be left behind.
started.catch(() => world.close());
const bridge = await started;

const requestsLeft = () =>
  [...org.records.rows('Desk_Link__c').values()]
    .filter((row) => (row['Requested_Action__c'] ?? null) !== null)
    .map((row) => `what was asked for on ${String(row['Desk_Key__c'])} is not answered`);
const left = () => [
  ...Object.values(load.ledger.judge(world)).flat(),
  ...differences(world),
  ...requestsLeft(),
];

async function look(): Promise<void> {
  const sample = await sampleOf(bridge, world.dataFolder);
  samples.push(sample);
  const { memory, heap, files, waiting, failing } = sample;
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    `${((samples.length * SAMPLE_MS) / MINUTE_MS).toFixed(1)} min: ${mb(memory)}, heap ${mb(heap)}, ` +
      `${files} files, ${waiting} waiting, ${failing} failing`,
  );
  // The stand-ins remember each request, for tests that count them.
  org.calls.length = 0;
  world.desk.calls.length = 0;
}

async function work(): Promise<void> {
  const began = Date.now();
  for (let next = began; Date.now() < began + minutes * MINUTE_MS; next += DEED_MS) {
    const deed = await load.mixed();
    changes.set(deed, (changes.get(deed) ?? 0) + 1);
    if (random() < MISHAP_SHARE) mishaps.happen();
    if (Date.now() - began >= (samples.length + 1) * SAMPLE_MS) await look();
    await pause(Math.max(0, next + DEED_MS - Date.now()));
  }
}

/** Milliseconds until both sides were equal and nothing was left to be done; null where that did not come. */
async function rest(): Promise<number | null> {
  const began = Date.now();
  try {
    await waitFor(
      'both sides to be equal',
      async () => {
        const { pairs } = await bridge.status();
        return pairs['waiting'] === 0 && pairs['failing'] === 0 && left().length === 0;
      },
      REST_MS,
    );
    return Date.now() - began;
  } catch {
    const { pairs } = await bridge.status();
    problems.push(`${pairs['waiting']} pairs wait and ${pairs['failing']} fail at the end`);
    problems.push(...(await causesOf(bridge)), ...left().slice(0, MOST_PROBLEMS));
    console.error(bridge.output().slice(-LAST_WORDS));
    return null;
  }
}

function judge(): Judged[] {
  return (['memory', 'heap', 'files', 'handles'] as const).map((figure) => {
    const values = samples.map((sample) => sample[figure]);
    const judged = {
      figure,
      growth: (growth(values) * 60 * MINUTE_MS) / SAMPLE_MS,
      ...flatness(values, BOUNDS[figure]),
    };
    if (!judged.isFlat)
      problems.push(`${figure} grows: ${judged.second} in the second third, ${judged.last} in the last`);
    return judged;
  });
}

try {
  // What people work on is there on both sides.
  await waitFor('the first rest', () => left().length === 0);
  await work();
  mishaps.end();
  const restMs = await rest();
  const { lost, doubled } = load.ledger.judge(world);
  if (world.desk.state.emailsSent.length > 0) problems.push('customers were e-mailed');
  const code = await bridge.stop();
  if (code !== 0) problems.push(`the bridge ended with ${code}`);
  await checkStore(world, { kind: 'sqlite', folder: world.dataFolder }).catch((error: unknown) => {
    problems.push(
      `the store, the links and the log do not agree: ${(error as Error).message.split('\n')[0]}`,
    );
  });
  const judged = judge();
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const setting = { date: new Date().toISOString().slice(0, 10), machine, seed, minutes };
  const outcome = {
    samples,
    judged,
    changes,
    faults: mishaps.struck,
    restMs,
    lost: lost.length,
    doubled: doubled.length,
    problems,
  };
  writeFileSync(PAGE, soakPage(outcome, setting));
  console.log(`${problems.length === 0 ? 'passed' : `failed:\n${problems.join('\n')}`}\n${PAGE}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`The soak with seed ${seed} broke off:`, error, `\n${bridge.output().slice(-LAST_WORDS)}`);
  process.exitCode = 1;
} finally {
  await world.close();
  await ways.pubsub.close();
  await ways.desk.close();
  rmSync(folder, { recursive: true, force: true });
}
