// Runs every static check, shows only what failed, and exits non-zero if anything did.
import { spawnSync } from 'node:child_process';

const CHECKS: readonly { name: string; command: readonly string[] }[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the components', command: ['tsc', '-p', 'force-app/tsconfig.json', '--noEmit'] },
  { name: 'lint, import direction and cycles', command: ['oxlint', '--deny-warnings', '.'] },
  { name: 'formatting', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'licences of what we ship', command: ['node', 'scripts/licences.ts'] },
];

let failed = 0;
for (const { name, command } of CHECKS) {
  const [program = '', ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  console.log(`${status === 0 ? '✔' : '✖'} ${name}`);
  if (status === 0) continue;
  failed += 1;
  console.log(`${stdout}${stderr}\n  ran: ${command.join(' ')}`);
}
process.exit(failed === 0 ? 0 : 1);
