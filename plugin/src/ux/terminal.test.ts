import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { isLive, shown } from './terminal.ts';

const terminal = (colors: number) =>
  Object.assign(new PassThrough(), { isTTY: true, columns: 80, getColorDepth: () => colors });
const TERMINAL = terminal(8);
const PIPE = new PassThrough();
const LONG = `  ✖ The types of the rules and field mappings: ${'Desk_Mapping__mdt is missing, '.repeat(6)}and no more`;

/** The environment of whoever runs the tests must not decide about them. */
function withoutWishes(t: TestContext): void {
  const names = ['FORCE_COLOR', 'NO_COLOR', 'NODE_DISABLE_COLORS'] as const;
  const kept = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) delete process.env[name];
  t.after(() => {
    for (const [name, value] of kept) if (value !== undefined) process.env[name] = value;
  });
}

test('on a terminal a line is folded to its width, under its first words, and loses none of them', (t) => {
  withoutWishes(t);
  const lines = stripVTControlCharacters(shown(LONG, TERMINAL, {})).split('\n');
  assert.ok(lines.length > 2);
  for (const line of lines) assert.ok(line.length <= 80, line);
  for (const line of lines.slice(1)) assert.match(line, /^ {6}\S/);
  assert.equal(lines.map((line) => line.trim()).join(' '), LONG.trim());
});

test('a word longer than the terminal is wide stays whole, and short lines stay as they are', (t) => {
  withoutWishes(t);
  const address = `https://acme.my.salesforce.com/${'x'.repeat(90)}`;
  assert.equal(shown(`  see ${address}`, TERMINAL, {}), `  see\n    ${address}`);
  for (const line of ['', 'Done.', '  as  it   is  '])
    assert.equal(stripVTControlCharacters(shown(line, TERMINAL, {})), line);
});

test('marks and headings have colours on a terminal; a pipe gets neither colours nor breaks', (t) => {
  withoutWishes(t);
  assert.equal(shown('  ✔ desk poll: up', TERMINAL, {}), '  \u001B[32m✔\u001B[39m desk poll: up');
  assert.equal(shown('# Org', TERMINAL, {}), '\u001B[1mOrg\u001B[22m');
  for (const line of [LONG, '  ✔ desk poll: up', '  + object Desk_Link__c'])
    assert.equal(shown(line, PIPE, {}), line);
  assert.equal(shown('# Org', PIPE, {}), 'Org');
});

test('what a terminal cannot show is written in ASCII, and FORCE_COLOR colours a pipe', (t) => {
  withoutWishes(t);
  const dumb = { TERM: 'dumb' };
  const plain = terminal(1);
  assert.equal(shown('  ✖ engine: down', plain, dumb), '  [x] engine: down');
  process.env['FORCE_COLOR'] = '1';
  assert.equal(shown('  ✖ engine: down', PIPE, {}), '  \u001B[31m✖\u001B[39m engine: down');
  delete process.env['FORCE_COLOR'];
});

test('what a side says gives the terminal no orders', (t) => {
  withoutWishes(t);
  const hostile = '  \u001B[2J\u001B]0;title\u0007all is \u001B[32mwell';
  assert.equal(shown(hostile, TERMINAL, {}), '  all is well');
});

test('progress that changes all the time is for terminals alone', () => {
  assert.equal(isLive(TERMINAL, {}), true);
  assert.equal(isLive(PIPE, {}), false);
  assert.equal(isLive(TERMINAL, { TERM: 'dumb' }), false);
});
