// Storm after storm, each with a new seed, until one fails or the number asked for is over (20 by default).
// With `--desk zendesk`, over a Zendesk.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { desk: { type: 'string', default: 'desk' } },
  allowPositionals: true,
});
const count = Number(positionals[0] ?? 20);
const first = Date.now() % 1_000_000;
for (let storm = 0; storm < count; storm += 1) {
  const seed = String(first + storm);
  const env = {
    ...process.env,
    STORM_SEED: seed,
    STORM_STEPS: process.env['STORM_STEPS'] ?? '300',
    DESKCONNECT_TEST_DESK: values.desk,
  };
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--conditions=source', '--test', 'test/crash/storm.test.ts'],
    { env, encoding: 'utf8' },
  );
  console.log(`${status === 0 ? '✔' : '✖'} seed ${seed}`);
  if (status !== 0) {
    console.log(stdout);
    process.exit(1);
  }
}
