// Whole-process times of commands beside bare `sf version`: those that need no network, and some that do, for
// information. All run in turn, so that a busy moment of the machine is everybody's. Usage: cli.bench.ts [rounds]
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPreparedOrg } from '../support/preparedOrg.ts';
import { createSf } from '../support/sf.ts';
import { installedPlugin } from './cli/installedPlugin.ts';
import { median, report, type Figure } from './figures.ts';

const ROUNDS = Number(process.argv[2] ?? 15);
const GOAL = 1.15;
/** Nobody listens there. */
const NO_BRIDGE = 'http://127.0.0.1:1';
/** A doctor that finds something, and a status without a bridge, end with it. */
const NOT_WELL = 1;
const BARE = ['version'];
/** What the CLI's own commands take for the like: to run, they load their framework, as ours with an org do. */
const OWN_HELP = ['org', 'display', '--help'];
const OWN_LIST = ['alias', 'list'];
/** Without a network, and what of the CLI itself is most like it. */
const OFFLINE = [
  { args: ['deskconnect', '--help'] },
  { args: ['deskconnect', 'status', '--help'] },
  { args: ['deskconnect', 'setup', '--help'], like: OWN_HELP },
  { args: ['deskconnect', 'mapping', 'list', '--file', 'rules.yaml'], like: OWN_LIST },
  { args: ['deskconnect', 'rule', 'list', '--file', 'rules.yaml'], like: OWN_LIST },
  { args: ['deskconnect', 'rule', 'list', '--file', 'rules.yaml', '--json'], like: OWN_LIST },
] as const;
const ONLINE = [
  { args: ['deskconnect', 'status', '--bridge-url', NO_BRIDGE], like: OWN_LIST },
  { args: ['deskconnect', 'doctor', '-o', 'bench'], like: ['org', 'display', '-o', 'bench'] },
] as const;

const org = await startPreparedOrg();
const plugin = await installedPlugin();
const sf = createSf();
writeFileSync(join(sf.home, 'rules.yaml'), 'version: 1\n');
await sf.ok(['plugins', 'link', plugin, '--no-install']);
await sf.login(org, 'bench');

const times = new Map<string, number[]>();
async function timed(args: readonly string[], mayFail: boolean): Promise<void> {
  const started = performance.now();
  const { code, stdout, stderr } = await sf.run(args);
  const took = performance.now() - started;
  if (code !== 0 && !(mayFail && code === NOT_WELL))
    throw new Error(`sf ${args.join(' ')}: ${code}\n${stdout}${stderr}`);
  const key = args.join(' ');
  times.set(key, [...(times.get(key) ?? []), took]);
}
const compared = [...OFFLINE, ...ONLINE].map((one) => ({ like: BARE, ...one }));
const all = new Map(
  [BARE, ...compared.flatMap(({ args, like }) => [args, like])].map((args) => [args.join(' '), args]),
);
// The first of each reads its files from the disk.
for (let round = 0; round <= ROUNDS; round += 1) {
  if (round === 1) times.clear();
  for (const args of all.values())
    await timed(
      args,
      ONLINE.some((one) => one.args === args),
    );
}
await org.close();
sf.close();
rmSync(plugin, { recursive: true });

const of = (args: readonly string[]) => median(times.get(args.join(' ')) ?? []);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
const figure = (args: readonly string[], peer: readonly string[]): Figure => ({
  what: `sf ${args.join(' ')} ÷ sf ${peer.join(' ')}`,
  measured: seconds(of(args)),
  peer: seconds(of(peer)),
  ratio: (of(args) / of(peer)).toFixed(2),
});
report({
  title: 'Start of the commands',
  command: 'npm run bench:cli',
  figures: [
    ...OFFLINE.map(({ args }) => ({
      ...figure(args, BARE),
      goal: `under ${GOAL}`,
      met: of(args) / of(BARE) < GOAL,
    })),
    ...compared.filter(({ like }) => like !== BARE).map(({ args, like }) => figure(args, like)),
  ],
  notes: [
    `Whole processes, ${ROUNDS} rounds in turn, medians; the plugin compiled, with its manifest and with packages of its own, as it is installed. Help is told from the manifest. A command with an org, or that ends with an error, loads the framework of all commands (sf-plugins-core), which takes longer than the CLI itself; one without does not. The lines without a goal stand beside the CLI's own commands that do the same. The last two talk to somebody: to a bridge that does not run, and to a local org.`,
  ],
});
