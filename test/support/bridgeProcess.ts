import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { controlTokenPath } from '@desk-connect/bridge/service/controlToken.js';
import type { DeskSide } from './desks/side.ts';
import { printed, secret, secretsOf } from './printed.ts';
import { InVain, waitFor } from './waitFor.ts';

const MAIN = fileURLToPath(new URL('../../bridge/src/service/main.ts', import.meta.url));
const BUILT = fileURLToPath(new URL('../../bridge/lib/service/main.js', import.meta.url));

/** The pages that need no token. */
const PAGES = ['/health/ready', '/status', '/log', '/metrics'];

export type BridgeTargets = {
  readonly org: { readonly url: string; readonly pubsubUrl: string; readonly accessToken: string };
  readonly desk: Pick<DeskSide, 'url' | 'environment'>;
  readonly dataFolder: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What runs in place of the bridge's own main module; it has an IPC channel. */
  readonly program?: string;
  /** Runs what `npm run build` has made, with the options of Node that its first line gives it, as users do. */
  readonly built?: true;
};

export type BridgeProcess = {
  readonly port: number;
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  output(): string;
  /** Resolves once all its parts are up. */
  ready(): Promise<void>;
  status(): Promise<{ ready: boolean; pairs: Record<string, number> }>;
  /** Asks it to stop and waits for its end; returns the exit code. */
  stop(): Promise<number | null>;
  /** Kills it as a power cut would, and waits for its end. */
  kill(): Promise<void>;
};

/** A process that was begun, and the bridge in it once it listens. */
export type BegunBridge = {
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  output(): string;
  /** Its end, whatever it came of. */
  readonly end: Promise<unknown>;
  started(): Promise<BridgeProcess>;
};

/** Runs the bridge as its operator would: a process of its own, configured by its environment. */
export async function startBridgeProcess(targets: BridgeTargets): Promise<BridgeProcess> {
  return beginBridgeProcess(targets).started();
}

/** The same, handed over while it still loads. */
export function beginBridgeProcess({
  org,
  desk,
  dataFolder,
  env = {},
  program,
  built,
}: BridgeTargets): BegunBridge {
  const environment = {
    ...process.env,
    DESKCONNECT_SALESFORCE_URL: org.url,
    DESKCONNECT_SALESFORCE_PUBSUB_URL: org.pubsubUrl,
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: org.accessToken,
    DESKCONNECT_DESK_URL: desk.url,
    ...desk.environment,
    DESKCONNECT_DATA: dataFolder,
    DESKCONNECT_PORT: '0',
    DESKCONNECT_POLL_SECONDS: '0.5',
    ...env,
  };
  secretsOf(environment);
  const main = built ? BUILT : (program ?? MAIN);
  const { options, variables } = built ? startOf(BUILT) : { options: ['--conditions=source'], variables: {} };
  const child = spawn(process.execPath, [...options, main], {
    stdio: ['ignore', 'pipe', 'pipe', ...(program === undefined ? [] : ['ipc' as const])],
    env: { ...variables, ...environment },
  });
  child.once('exit', () => printed('the output of a bridge', `${child.spawnargs.join(' ')}\n${output}`));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const end = once(child, 'exit');
  const said = () => output;
  const started = () => whenStarted(child, said, end, environment.DESKCONNECT_DATA);
  return { child, output: said, end, started };
}

/** What the first line of a program says of its start: `#!/usr/bin/env -S NAME=value node --one --another`. */
function startOf(program: string) {
  const words = readFileSync(program, 'utf8').split('\n', 1)[0]?.split(' ').slice(2) ?? [];
  const variables = words.slice(0, words.indexOf('node')).map((word) => word.split('='));
  return {
    options: words.slice(words.indexOf('node') + 1),
    variables: Object.fromEntries(variables) as NodeJS.ProcessEnv,
  };
}

async function whenStarted(
  child: ChildProcess,
  output: () => string,
  end: Promise<unknown>,
  dataFolder: string,
): Promise<BridgeProcess> {
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const port = await waitFor('the port of the bridge', () => {
    if (ended())
      throw new InVain(`The bridge ended with ${child.exitCode ?? child.signalCode}:\n${output()}`);
    return Number(/"port":(\d+),/.exec(output())?.[1]) || null;
  });
  const page = async (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const get = async (path: string) => (await page(path)).json();
  secret('the control token', readFileSync(controlTokenPath(dataFolder), 'utf8').trim());
  return {
    port,
    child,
    output,
    ready: async () => {
      await waitFor(`the bridge to be ready; it said:\n${output()}`, async () => {
        if (ended())
          throw new InVain(`The bridge ended with ${child.exitCode ?? child.signalCode}:\n${output()}`);
        return ((await get('/health/ready')) as { ready: boolean }).ready;
      });
    },
    status: async () => (await get('/status')) as { ready: boolean; pairs: Record<string, number> },
    stop: async () => {
      for (const path of ended() ? [] : PAGES) printed(`the page ${path}`, await (await page(path)).text());
      child.kill('SIGTERM');
      await end;
      return child.exitCode;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await end;
    },
  };
}
