// Whole-process times of `setup`: beside a bare deployment of the same metadata, and a second run beside the first.
// Both sides run alternately in one process tree on orgs that are new each time. Prints ratios of the medians.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startOrg } from '../org/startOrg.ts';
import { createSf } from '../support/sf.ts';

const ROUNDS = Number(process.argv[2] ?? 5);
const SOURCE = fileURLToPath(new URL('../../force-app', import.meta.url));
const times: Record<'start' | 'deploy' | 'setup' | 'again', number[]> = {
  start: [],
  deploy: [],
  setup: [],
  again: [],
};

const project = mkdtempSync(join(tmpdir(), 'deskconnect-bench-'));
writeFileSync(
  join(project, 'sfdx-project.json'),
  JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '65.0' }),
);
cpSync(SOURCE, join(project, 'force-app'), { recursive: true });
const sf = createSf();
await sf.linkPlugin();

async function timed(kind: keyof typeof times, args: string[]): Promise<void> {
  const started = performance.now();
  await sf.ok(args, { cwd: project });
  times[kind].push(performance.now() - started);
}

for (let round = 0; round < ROUNDS; round += 1) {
  const [bare, ours] = [await startOrg(), await startOrg()];
  await sf.login(bare, 'bare');
  await sf.login(ours, 'ours');
  await timed('start', ['version']);
  await timed('deploy', ['project', 'deploy', 'start', '-o', 'bare', '--json']);
  await timed('setup', ['deskconnect', 'setup', '-o', 'ours', '-p', '--json']);
  await timed('again', ['deskconnect', 'setup', '-o', 'ours', '-p', '--json']);
  await bare.close();
  await ours.close();
}
sf.close();
rmSync(project, { recursive: true });

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const line = (name: string, ms: number) => console.log(`${name.padEnd(44)} ${(ms / 1_000).toFixed(2)} s`);
console.log(`${ROUNDS} rounds, median, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`);
line('sf version: the CLI itself', median(times.start));
line('sf project deploy start', median(times.deploy));
line('sf deskconnect setup (all its checks too)', median(times.setup));
line('sf deskconnect setup, nothing to do', median(times.again));
const ratio = (name: string, value: number, goal: number) =>
  console.log(
    `${name.padEnd(44)} ${value.toFixed(2)}   goal at most ${goal}   ${value <= goal ? 'met' : 'MISSED'}`,
  );
console.log('');
ratio('setup ÷ bare deployment', median(times.setup) / median(times.deploy), 1.5);
ratio('second run ÷ first', median(times.again) / median(times.setup), 0.6);
// A local org deploys at once, so most of both is the CLI's own start; without it:
const net = (kind: 'setup' | 'again') => median(times[kind]) - median(times.start);
ratio('second run ÷ first, without the CLI itself', net('again') / net('setup'), 0.6);
