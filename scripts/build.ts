// Compiles the packages that users install, and packs our metadata with the plugin.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Of the metadata in force-app; the plugin refuses an org that speaks only older ones. */
const API_VERSION = '65.0';

for (const name of ['bridge', 'plugin']) rmSync(`${name}/lib`, { recursive: true, force: true });
// What Salesforce takes of a component is JavaScript; it stands beside its source, where `sf project deploy` finds it.
for (const project of [
  'bridge/tsconfig.build.json',
  'plugin/tsconfig.build.json',
  'force-app/tsconfig.json',
]) {
  const { status } = spawnSync('tsc', ['-p', project], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
await import('./bundle.ts');
await import('./bundlePlugin.ts');
const { convertSource } = await import('../plugin/src/org/convertSource.ts');
for (const [path, text] of await convertSource('force-app/main/default', API_VERSION)) {
  const target = join('plugin/lib/metadata', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
