import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { printed, secretsOf } from '../support/printed.ts';

const RUNNER = fileURLToPath(new URL('commandRunner.ts', import.meta.url));

export type Asked = { readonly id: string; readonly argv: readonly string[] };
export type Answered = { readonly code: number; readonly result: unknown };

export type CommandProcess = {
  /** Everything that the commands printed so far. */
  output(): string;
  /** Runs one command to its end. */
  run(asked: Asked): Promise<Answered>;
  /** Asks it to stop, as Ctrl+C does. */
  interrupt(): void;
  close(): Promise<void>;
};

/** A process that runs commands of the compiled plugin, without the second that the CLI takes to start each. */
export async function startCommands(cwd: string, env: NodeJS.ProcessEnv): Promise<CommandProcess> {
  secretsOf(env);
  const child = spawn(process.execPath, [RUNNER], { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const end = once(child, 'exit');
  const inVain = end.then((): never => {
    throw new Error(`The process that runs commands has ended:\n${output}`);
  });
  // Of no interest where nobody waits for an answer.
  inVain.catch(() => undefined);
  const answer = async () => {
    const [answered] = (await Promise.race([once(child, 'message'), inVain])) as [Answered];
    return answered;
  };
  await answer();
  return {
    output: () => output,
    run: async (asked) => {
      const answered = answer();
      child.send(asked);
      return answered;
    },
    interrupt: () => void child.kill('SIGINT'),
    close: async () => {
      child.disconnect();
      await end;
      printed('the output of our commands', output);
    },
  };
}
