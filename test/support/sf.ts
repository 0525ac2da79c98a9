import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printed, secretsOf } from './printed.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What runs the CLI. */
export const SF = join(ROOT, 'node_modules/@salesforce/cli/bin/run.js');

/** Keeps the CLI to this machine: no update check, no telemetry, no keychain. */
const QUIET = {
  SF_DISABLE_TELEMETRY: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  OCLIF_DISABLE_LINKED_ESM_WARNING: 'true',
  CI: 'true',
};

/** Other commands of the CLI print what they like, such as the session of an org. */
function gather(args: readonly string[], output: string): void {
  if (args[0] === 'deskconnect') printed(`sf ${args.slice(0, 3).join(' ')}`, `${args.join(' ')}\n${output}`);
}

export type SfAnswer = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on stdout. */
  json(): {
    status: number;
    result?: unknown;
    name?: string;
    message?: string;
    actions?: string[];
    exitCode?: number;
  };
};
export type SfProcess = {
  /** Everything that it printed so far. */
  output(): string;
  /** Asks it to stop and waits for its end; returns the exit code. */
  stop(): Promise<number | null>;
};
export type Sf = {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  run(
    args: readonly string[],
    options?: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string },
  ): Promise<SfAnswer>;
  /** The same on a terminal of 80 columns, as its `script` plays it; what it showed comes back as stdout. */
  inTerminal(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<SfAnswer>;
  /** Starts a command that runs until it is told to stop. */
  start(args: readonly string[], env?: NodeJS.ProcessEnv): SfProcess;
  /** As `run`, and fails with what the CLI said unless it exits with 0. */
  ok(args: readonly string[], options?: { cwd?: string; env?: NodeJS.ProcessEnv }): Promise<SfAnswer>;
  login(org: { url: string; accessToken: string }, alias: string): Promise<void>;
  linkPlugin(): Promise<void>;
  close(): void;
};

/**
 * The real `sf` CLI with a home of its own, so that it knows no other org and leaves nothing behind; or, by another
 * Node, in the home of one that was made before.
 */
export function createSf(options: { node?: string; home?: string } = {}): Sf {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'sf-home-'));
  const node = options.node ?? process.execPath;
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:XDG_|SF_|SFDX_)|_proxy$|^NODE_OPTIONS$|^NODE_TEST_CONTEXT$/i.test(name),
    ),
  );
  const env = {
    ...clean,
    ...QUIET,
    HOME: home,
    PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`,
  };
  const answerOf = (
    args: readonly string[],
    [program, ...given]: readonly [string, ...string[]],
    options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string },
  ): Promise<SfAnswer> =>
    new Promise((resolve, reject) => {
      secretsOf({ ...env, ...options.env });
      const child = spawn(program, given, { cwd: options.cwd ?? home, env: { ...env, ...options.env } });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
      child.once('error', reject);
      child.once('close', (code) => {
        gather(args, stdout + stderr);
        resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) as ReturnType<SfAnswer['json']> });
      });
      child.stdin.end(options.input ?? '');
    });
  const run: Sf['run'] = (args, options = {}) => answerOf(args, [node, SF, ...args], options);
  const inTerminal: Sf['inTerminal'] = (args, more = {}) => {
    const words = [node, SF, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
    const command = `stty cols 80 rows 40; exec ${words.join(' ')}`;
    const terminal = { CI: undefined, TERM: 'xterm-256color', ...more };
    return answerOf(args, ['script', '-qec', command, '/dev/null'], { env: terminal });
  };
  const start: Sf['start'] = (args, more = {}) => {
    const child = spawn(node, [SF, ...args], {
      cwd: home,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    const end = once(child, 'close');
    return {
      output: () => output,
      stop: async () => {
        child.kill('SIGTERM');
        await end;
        gather(args, output);
        return child.exitCode;
      },
    };
  };
  const ok: Sf['ok'] = async (args, options) => {
    const answer = await run(args, options);
    if (answer.code !== 0)
      throw new Error(`sf ${args.join(' ')} ended with ${answer.code}\n${answer.stdout}\n${answer.stderr}`);
    return answer;
  };
  return {
    home,
    env,
    run,
    inTerminal,
    start,
    ok,
    login: async (org, alias) => {
      await ok(
        [
          'org',
          'login',
          'access-token',
          '--instance-url',
          org.url,
          '--no-prompt',
          '--alias',
          alias,
          '--set-default',
        ],
        { env: { SF_ACCESS_TOKEN: org.accessToken } },
      );
    },
    linkPlugin: async () => {
      await ok(['plugins', 'link', join(ROOT, 'plugin'), '--no-install']);
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}
