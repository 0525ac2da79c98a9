import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8');

/** The rows of the table of threats, each with the tests that it names. */
const rows = read('SECURITY.md')
  .split('## Threats')[1]
  ?.split('\n## ')[0]
  ?.split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const tests = [...(cells[3] ?? '').matchAll(/`([^`]+\.test\.ts)`: (.+?)(?=; `|$)/g)];
    return { threat: cells[1] ?? '', tests: tests.map(([, file = '', name = '']) => ({ file, name })) };
  });

test('each threat has a test that exists', () => {
  assert.ok(rows && rows.length >= 15);
  for (const { threat, tests } of rows) {
    assert.ok(tests.length > 0, `${threat}: no test is named`);
    for (const { file, name } of tests)
      assert.ok(read(file).includes(name), `${threat}: ${file} does not have "${name}"`);
  }
});

test('no command takes a secret as a flag', () => {
  const files = globSync('plugin/src/{commands,bridge,config,ux}/**/*.ts', { cwd: ROOT });
  assert.ok(files.length > 20);
  for (const file of files) {
    for (const [, flag = ''] of read(file).matchAll(/^\s+'?([\w-]+)'?: (?:Flags\.|\w+_FLAG)/gm))
      assert.doesNotMatch(flag, /password|secret|token|credential/i, `${file}: --${flag}`);
  }
});
