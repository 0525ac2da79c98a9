import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Command } from '@oclif/core';
import { referenceFiles } from '../../scripts/reference/referenceFiles.ts';
import { commandNamed, parseArguments } from '../docs/commandsOf.ts';
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
    for (const line of lines) {
      const [sf, ...words] = shellWords(line);
      const command = commandNamed(words);
      assert.ok(sf === 'sf' && command, line);
      await parseArguments(command.id, command.rest);
    }
  }
});
