import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandNamed, commandIds, flagsOf, parseArguments } from './commandsOf.ts';
import { NOT_RUN, reasonNotToRun } from './notRun.ts';
import { commandPages, ROOT, shellCommands } from './shellBlocks.ts';

const pages = commandPages();
const commands = pages.flatMap((page) => shellCommands(page));
const isOurs = (words: readonly string[]) => words[0] === 'sf' && words[1] === 'deskconnect';

test('every command of ours in a block of the pages is one that the CLI takes', async () => {
  const ours = commands.filter(({ words }) => isOurs(words) && !words.includes('--help'));
  assert.ok(ours.length >= 30, `${ours.length} commands`);
  for (const { page, line, words, text } of ours) {
    const named = commandNamed(words.slice(1));
    assert.ok(named, `${page}:${line}: there is no such command: ${text}`);
    await assert.doesNotReject(parseArguments(named.id, named.rest), `${page}:${line}: ${text}`);
  }
});

test('what the CLI does not take is seen: an unknown flag, a missing one, two that exclude each other', async () => {
  for (const [id, argv] of [
    ['deskconnect setup', ['--target-org', 'prod', '--unknown']],
    ['deskconnect explain', []],
    ['deskconnect rule set', ['--pair', 'lead', '--file', 'f']],
    ['deskconnect doctor', ['--target-org', 'prod', '--as', 'a', '--integration-user', 'b']],
  ] as const)
    await assert.rejects(parseArguments(id, argv), { name: /Error/ }, `${id} ${argv.join(' ')}`);
});

test('every command that a sentence names is there, with the flags that it names', async () => {
  const topics = new Set(commandIds().map((id) => id.split(' ').slice(0, 2).join(' ')));
  for (const page of pages) {
    for (const [, text = ''] of readFileSync(`${ROOT}/${page}`, 'utf8').matchAll(
      /`sf (deskconnect [^`]+)`/g,
    )) {
      const words = text.split(/\s+/);
      const id = commandNamed(words)?.id;
      assert.ok(id ?? topics.has(words.slice(0, 2).join(' ')), `${page} names sf ${text}`);
      if (id === undefined) continue;
      const flags = await flagsOf(id);
      for (const [, flag = ''] of text.matchAll(/--([a-z][\w-]*)/g))
        assert.ok(flag in flags || flag.replace(/^no-/, '') in flags, `${page} names --${flag} of sf ${id}`);
    }
  }
});

test('what test:guides does not run is told with the reason, and no reason is left over', () => {
  const programs = commands
    .filter((command) => reasonNotToRun(command) === null)
    .map(({ words }) => words[0]);
  // Whatever else a page may tell to run has to be there where the guides are run, or to get a reason.
  assert.deepEqual([...new Set(programs)].filter((one) => one !== undefined).sort(), ['echo', 'sf']);
  for (const { pattern, reason } of NOT_RUN)
    assert.ok(
      commands.some(({ text }) => pattern.test(text)),
      `no page tells to run what is not run because ${reason}`,
    );
});
