import assert from 'node:assert/strict';
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

test('a package keeps to the version that was chosen', () => {
  for (const { name, version } of shippedDependencies(ROOT)) assert.match(version, /^\d+\.\d+\.\d+/, name);
});
