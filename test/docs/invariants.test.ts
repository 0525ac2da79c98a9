import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(`${ROOT}/docs/promises.md`, 'utf8');

/** The names of all tests, each with its file. */
const names = globSync(['bridge/src/**/*.test.ts', 'plugin/src/**/*.test.ts', 'test/**/*.test.ts'], {
  cwd: ROOT,
  exclude: ['**/node_modules/**'],
}).flatMap((file) =>
  [...readFileSync(`${ROOT}/${file}`, 'utf8').matchAll(/\btest\(\s*(['"`])(.*?)\1,/gs)].map(
    ([, , name = '']) => ({
      file,
      name,
    }),
  ),
);

test('each invariant that is promised has a test of its number, in the file that the page names', () => {
  const rows = [...page.matchAll(/^\| (\d+) +\| .*`([\w./-]+\.test\.ts)`/gm)].map(([, number, file]) => ({
    number: Number(number),
    file,
  }));
  assert.deepEqual(
    rows.map(({ number }) => number),
    Array.from({ length: 10 }, (_, index) => index + 1),
  );
  for (const { number, file } of rows) {
    const found = names.filter(({ name }) => new RegExp(`invariants? (?:\\d+ and )?${number}\\b`).test(name));
    assert.deepEqual([...new Set(found.map((one) => one.file))], [file], `invariant ${number}`);
  }
});
