// The tests of the crash layer; with `--long`, a thousand kills, whose table goes into the docs. With `--desk zendesk`,
// the same before a Zendesk.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const {
  values: { long, desk },
} = parseArgs({
  options: { long: { type: 'boolean', default: false }, desk: { type: 'string', default: 'desk' } },
});
const env = { ...process.env, DESKCONNECT_TEST_DESK: desk };
const node = (...args: string[]) =>
  spawnSync(process.execPath, ['--conditions=source', ...args], { stdio: 'inherit', env }).status ?? 1;
const status = long ? node('test/crash/longRun.ts') : node('scripts/test.ts', 'crash');
process.exit(
  status === 0 && long
    ? (spawnSync('prettier', ['--write', '--log-level', 'warn', 'docs/crash-matrix*.md']).status ?? 1)
    : status,
);
