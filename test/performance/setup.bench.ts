// Whole-process times of `setup`: beside a bare deployment of the same metadata, and a second run beside the first.
// Both sides run alternately in one process tree on orgs that are new each time. Prints ratios of the medians.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startOrg } from '../org/startOrg.ts';
import { createSf } from '../support/sf.ts';
import { median, report, type Figure } from './figures.ts';

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
// An org without the language refuses its translations, and setup leaves them out as well.
const filter = (path: string) => !/translations/i.test(path);
cpSync(SOURCE, join(project, 'force-app'), { recursive: true, filter });
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

const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
const ratio = (what: string, ours: number, peers: number, goal: number): Figure => ({
  what,
  measured: inSeconds(ours),
  peer: inSeconds(peers),
  ratio: (ours / peers).toFixed(2),
  goal: `at most ${goal}`,
  met: ours / peers <= goal,
});
const [start, deploy, setup, again] = [times.start, times.deploy, times.setup, times.again].map(median);
if (start === undefined || deploy === undefined || setup === undefined || again === undefined)
  throw new Error('nothing was measured');
report({
  title: 'Setup beside a bare deployment',
  command: 'npm run bench:setup',
  figures: [
    { what: 'sf version: the CLI itself', measured: inSeconds(start) },
    ratio('setup, with all its checks ÷ sf project deploy start', setup, deploy, 1.5),
    {
      what: 'setup, nothing to do ÷ the first setup',
      measured: inSeconds(again),
      peer: inSeconds(setup),
      ratio: (again / setup).toFixed(2),
    },
    // A local org deploys at once, so most of both is the CLI's own start.
    ratio('the same, without the start of the CLI', again - start, setup - start, 0.6),
  ],
  notes: [`Whole processes, ${ROUNDS} rounds in turn, medians, on an org that is new each time.`],
});
