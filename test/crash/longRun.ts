// Kills the bridge a thousand times and writes docs/crash-matrix.md, or a page of its own for another desk. Each lane is
// a process with a world of its own; one of them has two bridges that share a PostgreSQL. `LONG_KILLS` and `LONG_LANES`
// make it another size.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { randomFrom } from '../support/random.ts';
import { startPostgres } from '../support/postgres.ts';
import { TEST_DESK } from '../support/world.ts';
import { crashMatrix } from './crashMatrix.ts';
import { startKillRun, type Kill } from './killRun.ts';
import { placesOf, type StepName } from './steps.ts';

const PAGE = fileURLToPath(
  new URL(`../../docs/crash-matrix${TEST_DESK === 'desk' ? '' : `-${TEST_DESK}`}.md`, import.meta.url),
);
const THIS = fileURLToPath(import.meta.url);
const RESULT = 'kills: ';
const BURST = 3;
/** An older store is made of the embedded one alone. */
const NOT_SHARED: ReadonlySet<StepName> = new Set(['migration']);
/** Of the lane on PostgreSQL, where each kill costs the ten seconds after which a bridge counts as dead. */
const SHARED_KILLS = 80;

/** One world: each place of each step once in an order of its own, then any time. */
async function runLane(seed: number, kills: number, isShared: boolean): Promise<void> {
  const postgres = isShared ? await startPostgres() : null;
  if (typeof postgres === 'string') {
    console.log(`${RESULT}[]`);
    return console.error(postgres);
  }
  const random = randomFrom(seed);
  const url = await postgres?.newDatabase();
  const run = await startKillRun({ seed, ...(url === undefined ? {} : { postgres: url }) });
  try {
    const places = placesOf('all')
      .filter(({ step }) => !isShared || !NOT_SHARED.has(step))
      .map((one) => ({ one, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
    for (let kill = 1; kill <= kills; kill += 1) {
      const place = places.pop();
      if (place) await run.killAt(place.step, place.place);
      else await run.killAnyTime();
      if (kill % BURST === 0) await run.rest();
      if (kill % 10 === 0) console.error(`seed ${seed}: ${kill} of ${kills}`);
    }
    await run.finish();
    console.log(`${RESULT}${JSON.stringify(run.kills)}`);
  } finally {
    await run.close();
    await postgres?.close();
  }
}

async function lane(seed: number, kills: number, isShared = false): Promise<Kill[]> {
  const args = ['--conditions=source', THIS, String(seed), String(kills), isShared ? 'shared' : 'embedded'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await text(child.stdout);
  const result = said.split('\n').find((line) => line.startsWith(RESULT));
  if (result === undefined) throw new Error(`The lane with seed ${seed} failed:\n${said}`);
  return JSON.parse(result.slice(RESULT.length)) as Kill[];
}

async function runAll(): Promise<void> {
  const lanes = Number(process.env['LONG_LANES'] ?? 4);
  const kills = Math.ceil((Number(process.env['LONG_KILLS'] ?? 1_000) - SHARED_KILLS) / lanes);
  const first = Date.now() % 1_000_000;
  const seeds = Array.from({ length: lanes + 1 }, (_, index) => first + index);
  const began = Date.now();
  const results = await Promise.allSettled(
    seeds.map((seed, index) => (index === 0 ? lane(seed, SHARED_KILLS, true) : lane(seed, kills))),
  );
  const failure = results.find(({ status }) => status === 'rejected');
  // The others have come to their end by then.
  if (failure?.status === 'rejected') throw failure.reason;
  const [shared = [], ...embedded] = results.map((result) =>
    result.status === 'fulfilled' ? result.value : [],
  );
  const minutes = Math.round((Date.now() - began) / 60_000);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${lanes + 1} runs side by side, ${minutes} minutes`;
  const setting = { desk: TEST_DESK, date: new Date().toISOString().slice(0, 10), machine, seeds };
  writeFileSync(PAGE, crashMatrix(embedded.flat(), shared, setting));
  console.log(`${shared.length + embedded.flat().length} kills in ${minutes} minutes: ${PAGE}`);
}

const [seed, kills, kind] = process.argv.slice(2);
if (seed === undefined) await runAll();
else await runLane(Number(seed), Number(kills), kind === 'shared');
