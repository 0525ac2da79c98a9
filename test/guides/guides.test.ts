import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { commandNamed, flagsOf } from '../docs/commandsOf.ts';
import { reasonNotToRun } from '../docs/notRun.ts';
import { commandPages, shellCommands, type ShellCommand } from '../docs/shellBlocks.ts';
import { printed } from '../support/printed.ts';
import { waitFor } from '../support/waitFor.ts';
import { createGuidesWorld, type GuidesWorld } from './guidesWorld.ts';

/** Whoever follows the guides begins with these, in this order; the other pages build on what is there then. */
const FIRST = ['docs/setup.md', 'README.md', 'docs/rules-and-mappings.md'];
/** Of the whole thing there is nothing left after it. */
const REMOVES = /^sf deskconnect teardown (?!.*--dry-run)/;
const BRIDGE = /^sf deskconnect bridge(?! backup)\b/;

let world: GuidesWorld;
let bridge: { child: ChildProcess; url: string } | undefined;
const env: Record<string, string> = {};

before(async () => {
  world = await createGuidesWorld();
  Object.assign(env, {
    DESKCONNECT_SALESFORCE_PUBSUB_URL: world.org.pubsubUrl,
    DESKCONNECT_PORT: '0',
    DESKCONNECT_POLL_SECONDS: '1',
  });
});
after(async () => {
  await stopBridge();
  await world.close();
});

/** What stands for a person's own in an `export`. */
const own = (): Record<string, string> => ({
  DESKCONNECT_DESK_EMAIL: world.desk.email,
  DESKCONNECT_DESK_PASSWORD: world.desk.password,
});

function start(text: string): { child: ChildProcess; output: () => string } {
  const child = spawn('bash', ['-c', text], {
    cwd: world.folder,
    env: { ...world.sf.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.once('close', () => printed('a command of the guides', output));
  return { child, output: () => output };
}

async function startBridge(text: string): Promise<void> {
  await stopBridge();
  const { child, output } = start(`exec ${text}`);
  const port = await waitFor(
    () => `the bridge:\n${output()}`,
    () => /"port":(\d+),/.exec(output())?.[1],
  );
  bridge = { child, url: `http://127.0.0.1:${port}` };
  await waitFor(
    () => `the bridge to be ready:\n${output()}`,
    async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok,
  );
}

async function stopBridge(): Promise<void> {
  if (!bridge) return;
  const { child } = bridge;
  bridge = undefined;
  if (child.exitCode !== null) return;
  const end = once(child, 'close');
  child.kill('SIGTERM');
  await end;
}

/** The command with the names of this world, where the bridge of this world is, and agreed to. */
async function fitted({ text, words }: ShellCommand): Promise<string> {
  let here = text.replace(/\s+#.*$/, '');
  for (const [name, meaning] of world.names) here = here.replaceAll(name, meaning);
  const named = words[0] === 'sf' ? commandNamed(words.slice(1)) : undefined;
  if (!named) return here;
  const flags = await flagsOf(named.id);
  if ('no-prompt' in flags) here += ' --no-prompt';
  if ('bridge-url' in flags && bridge && !here.includes('--bridge-url'))
    here += ` --bridge-url ${bridge.url}`;
  return here;
}

async function follow(command: ShellCommand): Promise<void> {
  const given = Object.entries(command.env).map(([name, value]) => [name, own()[name] ?? value] as const);
  if (command.words.length === 0) {
    Object.assign(env, Object.fromEntries(given));
    return;
  }
  const text = await fitted(command);
  if (BRIDGE.test(command.text)) return startBridge(text);
  if (REMOVES.test(command.text)) await stopBridge();
  const expected = Number(/# ends with (\d+)/.exec(command.text)?.[1] ?? 0);
  const { child, output } = start(text);
  const [code] = (await once(child, 'close')) as [number | null];
  assert.equal(code, expected, `${command.page}:${command.line}: ${text}\n${output()}`);
}

/** Made of the examples of the help, which test:examples runs. */
const REFERENCE = 'docs/commands.md';
const pages = commandPages().filter((page) => page !== REFERENCE);
const all = [...FIRST, ...pages.filter((page) => !FIRST.includes(page))].flatMap((page) =>
  shellCommands(page),
);
const toRun = all.filter((command) => reasonNotToRun(command) === null);

for (const removes of [false, true])
  for (const command of toRun.filter(({ text }) => REMOVES.test(text) === removes))
    test(`${command.page}:${command.line}: ${command.text}`, () => follow(command));
