// The tests of the crash layer; with `--long`, a thousand kills, whose table goes into the docs.
import { spawnSync } from 'node:child_process';

const node = (...args: string[]) =>
  spawnSync(process.execPath, ['--conditions=source', ...args], { stdio: 'inherit' }).status ?? 1;
const long = process.argv.includes('--long');
const status = long ? node('test/crash/longRun.ts') : node('scripts/test.ts', 'crash');
process.exit(
  status === 0 && long
    ? (spawnSync('prettier', ['--write', '--log-level', 'warn', 'docs/crash-matrix.md']).status ?? 1)
    : status,
);
