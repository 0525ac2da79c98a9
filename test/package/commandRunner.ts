// Runs commands of the plugin one after another in one process, as the CLI would and with a user who agrees to
// everything. Told over IPC what to run; answers with the result that the command returned.
import { SfCommand } from '@salesforce/sf-plugins-core';
import { oclifConfig } from '../support/ourCommands.ts';
import type { Asked, Answered } from './commandProcess.ts';

Object.defineProperty(process.stdin, 'isTTY', { value: true });
SfCommand.prototype.confirm = () => Promise.resolve(true);

const config = await oclifConfig();

async function run({ id, argv }: Asked): Promise<Answered> {
  process.exitCode = 0;
  try {
    const result: unknown = await config.runCommand(id, [...argv]);
    return { code: process.exitCode, result };
  } catch {
    // The command has said why.
    return { code: process.exitCode || 1, result: null };
  }
}

process.on('message', (asked: Asked) => {
  void run(asked).then((answered) => process.send?.(answered));
});
process.send?.({ code: 0, result: 'listening' } satisfies Answered);
