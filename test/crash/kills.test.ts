import { after, before, test } from 'node:test';
import { startKillRun, type KillRun } from './killRun.ts';
import { placesOf } from './steps.ts';

/** `KILL_SEED` has a run again. */
const seed = Number(process.env['KILL_SEED'] ?? 1);
const BURST = 6;

let run: KillRun;
before(async () => {
  run = await startKillRun({ seed });
});
after(() => run.close());

test(`killed before, within and after everything that the store records, nothing is lost and nothing doubled (seed ${seed})`, async () => {
  for (const [index, { step, place }] of placesOf('store').entries()) {
    await run.killAt(step, place);
    if (index % BURST === 0) await run.rest();
  }
  await run.rest();
});

test('invariants 1 and 2: killed again and again at any time, nothing is lost and nothing doubled', async () => {
  for (let kill = 1; kill <= 25; kill += 1) {
    await run.killAnyTime();
    if (kill % BURST === 0) await run.rest();
  }
  await run.finish();
});
