import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core';
import { boolean } from '@oclif/core/flags';
import { Lifecycle } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { failure } from '../errors.ts';
import { gathered } from './gathered.ts';
import { LightCommand } from './lightCommand.ts';

const config = await Config.load({ root: fileURLToPath(new URL('../..', import.meta.url)) });
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'];
const ROWS = [{ pair: 'case', inDesk: 'create, update' }];
const flags = {
  fail: boolean({ summary: 'Fail.' }),
  wrong: boolean({ summary: 'Break.' }),
  warned: boolean({ summary: 'Warn.' }),
};

async function deed(given: { fail: boolean; wrong: boolean; warned: boolean }): Promise<number> {
  // As the flag of an org does, which loads the framework to know one.
  if (given.warned) await import('./framework.ts');
  if (given.warned) await Lifecycle.getInstance().emitWarning('that version is old');
  if (given.fail) throw failure('BridgeNotRunning', ['http://127.0.0.1:1']);
  if (given.wrong) throw new TypeError('it has no such thing');
  return 7;
}

// An error names the class that it comes from, so both have one name.
const light = class Sample extends LightCommand<number> {
  static override readonly id = 'sample';
  static override readonly flags = flags;
  async run(): Promise<number> {
    const result = await deed((await this.parse(Sample)).flags);
    this.log('done');
    await this.table(ROWS);
    return result;
  }
};
const heavy = class Sample extends SfCommand<number> {
  static override readonly id = 'sample';
  static override readonly flags = flags;
  async run(): Promise<number> {
    const result = await deed((await this.parse(Sample)).flags);
    this.log('done');
    this.table({ data: ROWS, overflow: 'wrap' });
    return result;
  }
};

/** All that a run prints and how it ends, without the places in the code. */
async function seen(
  context: TestContext,
  run: (args: string[], within: Config) => Promise<unknown>,
  args: readonly string[],
) {
  const exitBefore = process.exitCode;
  const printed = { stdout: '', stderr: '' };
  const write = (stream: 'stdout' | 'stderr') => {
    const original = process[stream].write.bind(process[stream]);
    const mock = context.mock.method(process[stream], 'write', (text: unknown, ...rest: never[]) => {
      // What is no text is what the test runner has to say.
      if (typeof text !== 'string') return original(text as Uint8Array, ...rest);
      printed[stream] += text;
      return true;
    });
    return () => mock.mock.restore();
  };
  const restore = [write('stdout'), write('stderr')];
  const ended = await run([...args], config).then(
    (result) => ({ result }),
    ({ name, message, actions, exitCode, context: from }: Record<string, unknown>) => ({
      name,
      message,
      actions,
      exitCode,
      from,
    }),
  );
  for (const one of restore) one();
  const { exitCode } = process;
  process.exitCode = exitBefore;
  const stoppable = SIGNALS.filter((signal) => process.listenerCount(signal) > 0);
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  gathered.length = 0;
  return {
    stdout: printed.stdout.replace(/"stack": ".*"/, '"stack"').replaceAll(/\.ts:\d+:\d+/g, '.ts'),
    stderr: printed.stderr,
    ended,
    exitCode,
    stoppable,
  };
}

for (const args of [
  [],
  ['--json'],
  ['--fail'],
  ['--fail', '--json'],
  ['--warned'],
  ['--warned', '--json'],
  ['--wrong'],
  ['--wrong', '--json'],
  ['--unknown'],
  ['--unknown', '--json'],
  ['surplus', '--json'],
  ['--flags-dir', 'nowhere'],
])
  test(`a light command prints and ends as one of the framework does: ${args.join(' ')}`, async (context) => {
    const expected = await seen(context, (...given) => heavy.run(...given), args);
    assert.deepEqual(await seen(context, (...given) => light.run(...given), args), expected);
    assert.ok(expected.stdout + expected.stderr !== '');
  });
