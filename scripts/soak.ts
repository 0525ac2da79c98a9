// Half an hour of work with faults at random; what was seen goes into the docs, also where it is not what it should be.
import { spawnSync } from 'node:child_process';

const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
const status = run(process.execPath, '--conditions=source', 'test/soak/soak.ts');
process.exit(run('prettier', '--write', '--log-level', 'warn', 'docs/soak.md') || status);
