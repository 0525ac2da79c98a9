import { after, before, test } from 'node:test';
import { startKillRun, type KillRun } from './killRun.ts';

/** `KILL_SEED` has a run again; `npm run test:crash -- --desk zendesk` has all places of all steps. */
const seed = Number(process.env['KILL_SEED'] ?? 3);

let run: KillRun;
before(async () => {
  run = await startKillRun({ seed, desk: 'zendesk' });
});
after(() => run.close());

test(`killed while a request to Zendesk is under way, or before its answer is read, nothing is lost and nothing doubled (seed ${seed})`, async () => {
  await run.killAt('record made in Desk', 'sent');
  await run.killAt('note made in Desk', 'answered');
  await run.killAt('reply made in Desk', 'sent');
  await run.killAt('record changed in Desk', 'answered');
  await run.finish();
});
