import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const COMMANDS = fileURLToPath(new URL('../commands/deskconnect', import.meta.url));
/** What a bridge, its clients and a deployment are made of. */
const HEAVY = ['kysely', 'fastify', '@grpc/grpc-js', '@salesforce/source-deploy-retrieve'];

/** What the commands of the CLI are written in, and what knows orgs: longer to load than the CLI itself. */
const FRAMEWORK = ['@salesforce/sf-plugins-core', '@jsforce/jsforce-node', '@oclif/table'];
/** What needs no network, or speaks to a bridge on this machine alone. */
const LIGHT = [
  ...['config/check', 'config/export', 'mapping/list', 'rule/list', 'values/list'],
  ...['explain', 'history', 'log', 'relink', 'retry', 'status', 'sync', 'unlink', 'verify'],
];

/** Which of them are loaded once each of these files is, one after the other. */
function loadedBy(files: readonly string[], names: readonly string[]): string[][] {
  const program = `
    import { registerHooks } from 'node:module';
    const found = new Set();
    registerHooks({
      load: (url, context, next) => {
        for (const name of ${JSON.stringify(names)}) if (url.includes('/node_modules/' + name + '/')) found.add(name);
        return next(url, context);
      },
    });
    const after = [];
    for (const file of ${JSON.stringify(files.map((file) => pathToFileURL(file).href))}) {
      await import(file);
      after.push([...found]);
    }
    console.log(JSON.stringify(after));`;
  const args = ['--conditions=source', '--input-type=module', '-e', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout) as string[][];
}

test('a command loads no bridge and no means to deploy before it needs them, but for the one that is a bridge', () => {
  const bridge = join(COMMANDS, 'bridge.ts');
  const others = globSync('**/*.ts', { cwd: COMMANDS })
    .map((file) => join(COMMANDS, file))
    .filter((file) => file !== bridge);
  assert.ok(others.length > 20);
  const loaded = loadedBy([...others, bridge], HEAVY);
  assert.deepEqual(loaded.at(-2), []);
  assert.ok(loaded.at(-1)?.includes('kysely'));
});

test('a command that needs no org loads nothing that knows orgs', () => {
  const files = LIGHT.map((name) => join(COMMANDS, `${name}.ts`));
  assert.deepEqual(loadedBy(files, FRAMEWORK).at(-1), []);
});
