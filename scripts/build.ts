// Compiles the packages that users install, and packs our metadata with the plugin.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';

for (const name of ['bridge', 'plugin']) {
  rmSync(`${name}/lib`, { recursive: true, force: true });
  const { status } = spawnSync('tsc', ['-p', `${name}/tsconfig.build.json`], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
cpSync('force-app/main/default', 'plugin/lib/metadata', { recursive: true });
