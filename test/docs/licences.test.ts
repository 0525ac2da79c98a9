import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { isAllowedLicence } from '../../scripts/allowedLicence.ts';
import { shippedDependencies } from '../../scripts/shipped.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('only what we may ship under our licence is a dependency', () => {
  for (const allowed of ['MIT', '(MIT OR GPL-3.0-or-later)', 'MIT AND Zlib', '(GPL-2.0 or (ISC and MIT))'])
    assert.ok(isAllowedLicence(allowed), allowed);
  for (const refused of [
    null,
    '',
    'GPL-3.0-or-later',
    'MIT AND GPL-3.0',
    'UNLICENSED',
    'SEE LICENSE IN X',
    'BUSL-1.1',
  ])
    assert.ok(!isAllowedLicence(refused), String(refused));
  const shipped = shippedDependencies(ROOT);
  const names = shipped.map(({ name }) => name);
  // What these need in their turn counts too; what only tests need does not.
  for (const name of ['fastify', 'pino', '@salesforce/core', '@jsforce/jsforce-node', 'protobufjs'])
    assert.ok(names.includes(name), name);
  for (const name of ['fast-check', '@salesforce/cli', 'typescript']) assert.ok(!names.includes(name), name);
  assert.deepEqual(
    shipped.filter(({ license }) => !isAllowedLicence(license)),
    [],
  );
});

test('each package that we name is pinned, and the lockfile names no registry', () => {
  for (const folder of ['.', 'bridge', 'plugin', 'test']) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(`${ROOT}/${folder}/package.json`, 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Record<string, string> | undefined>;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      assert.match(version, /^\d+\.\d+\.\d+(?:-[\w.]+)?$/, `${folder}: ${name}`);
  }
  assert.ok(!readFileSync(`${ROOT}/package-lock.json`, 'utf8').includes('://registry'));
});
