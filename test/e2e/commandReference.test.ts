import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Parser, type Command } from '@oclif/core';
import { referenceFiles } from '../../scripts/reference/referenceFiles.ts';
import { ourCommands, shownExamples } from '../support/ourCommands.ts';
import { shellWords } from '../support/shellWords.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

let commands: Command.Loadable[];
before(async () => {
  commands = await ourCommands();
});

test('no command, no flag and no result changes without its reference, its snapshot and its schema', async () => {
  const files = await referenceFiles();
  const schemas = globSync('plugin/schemas/*', { cwd: ROOT });
  for (const path of schemas) assert.ok(files.has(path), `${path} belongs to no command`);
  for (const [path, text] of files)
    assert.ok(
      read(path) === text,
      `${path} is not up to date: run "npm run reference", and look at what changed`,
    );
});

/** Parses a line as the CLI would, short of what a flag makes of its value. @throws what the CLI says of it */
async function parseLine(line: string): Promise<void> {
  const [sf, ...words] = shellWords(line);
  assert.equal(sf, 'sf', line);
  const id = (length: number) => words.slice(0, length).join(':');
  // The longest name that fits: a command may be a topic too.
  const command = commands
    .filter((one) => one.id === id(one.id.split(':').length))
    .sort((a, b) => b.id.length - a.id.length)[0];
  assert.ok(command, `${line}: there is no such command`);
  const flags = Object.fromEntries(
    Object.values(command.flags).map((flag) => [
      flag.name,
      {
        ...flag,
        default: undefined,
        // What the CLI's own configuration can say need not be in the line.
        required: flag.required === true && flag.noCacheDefault !== true,
        input: [],
        parse: (input: unknown) => Promise.resolve(input),
      },
    ]),
  );
  await Parser.parse(words.slice(command.id.split(':').length), { flags, args: {}, strict: true });
}

test('every command has examples, and each of them has only flags that it takes and all that it needs', async () => {
  const examples = await shownExamples();
  for (const { id } of commands)
    assert.ok(
      examples.some((one) => one.id === id),
      `${id} has no example`,
    );
  for (const { id, text, lines } of examples) {
    assert.match(text, /:$/, `${id}: an example says first what it is for`);
    assert.ok(lines.length > 0, `${id}: ${text}`);
    for (const line of lines) await parseLine(line);
  }
});
