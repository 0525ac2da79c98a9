// The suites that hold for any help desk, with Zendesk in Desk's place. `npm test` has those of Zendesk alone, and few of
// these; the kills and the storms are `npm run test:crash` and `test:storm` with `--desk zendesk`.
import { spawnSync } from 'node:child_process';

const SUITES = [
  'test/e2e/bothWays.test.ts',
  'test/e2e/lostReply.test.ts',
  'test/e2e/merges.test.ts',
  'test/e2e/notes.test.ts',
  'test/e2e/requestedActions.test.ts',
  'test/e2e/whileMaking.test.ts',
  'test/e2e/zendesk.test.ts',
  'test/faults/zendesk.test.ts',
  'test/crash/storm.test.ts',
];
const { status } = spawnSync(process.execPath, ['--conditions=source', 'scripts/test.ts', ...SUITES], {
  stdio: 'inherit',
  env: { ...process.env, DESKCONNECT_TEST_DESK: 'zendesk' },
});
process.exit(status ?? 1);
