import { after, before, test } from 'node:test';
import { startKillRun, type KillRun } from './killRun.ts';
import { placesOf } from './steps.ts';

/** `KILL_SEED` has a run again. */
const seed = Number(process.env['KILL_SEED'] ?? 2);
const BURST = 6;

let run: KillRun;
before(async () => {
  run = await startKillRun({ seed });
});
after(() => run.close());

test(`killed before and after each kind of request, and while it is under way, nothing is lost and nothing doubled (seed ${seed})`, async () => {
  for (const [index, { step, place }] of placesOf('requests').entries()) {
    await run.killAt(step, place);
    if (index % BURST === 0) await run.rest();
  }
  await run.finish();
});
