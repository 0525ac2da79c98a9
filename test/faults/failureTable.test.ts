import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8');
const LAST = 23;

/** The rows of the page: a number, and the tests that it names. */
const rows = read('docs/failures.md')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const number = Number(cells[1]);
    return Number.isInteger(number) && number > 0 ? [{ number, tests: testsOf(cells.at(-2) ?? '') }] : [];
  });

function testsOf(cell: string): { file: string; name: string }[] {
  return [...cell.matchAll(/`([^`]+\.test\.ts)`: (.+?)(?=; `|$)/g)].map(([, file = '', name = '']) => ({
    file,
    name,
  }));
}

test('every failure of the list has its row, and a test that exists', () => {
  assert.deepEqual(
    rows.map(({ number }) => number),
    Array.from({ length: LAST }, (_, index) => index + 1),
  );
  for (const { number, tests } of rows) {
    assert.ok(tests.length > 0, `${number} names no test`);
    for (const { file, name } of tests)
      assert.ok(read(file).includes(name), `${number} names a test that ${file} does not have: ${name}`);
  }
});

test('every numbered test stands in the row of its number', () => {
  for (const file of globSync('test/{faults,e2e}/*.test.ts', { cwd: ROOT })) {
    for (const [, name = '', number = ''] of read(file).matchAll(/^test\(['"](D2\.(\d+) .+?)['"],/gm)) {
      const row = rows.find((one) => one.number === Number(number));
      assert.ok(
        row?.tests.some((one) => one.file === file && one.name === name),
        `${file}: ${name} is not in row ${number}`,
      );
    }
  }
});
