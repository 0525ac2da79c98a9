// Makes the tarballs that users install, in the folder dist.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { stageBridge, stagePlugin } from './packages/stage.ts';

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
stageBridge('dist/bridge');
await stagePlugin('dist/plugin');
for (const name of ['bridge', 'plugin']) {
  const { status } = spawnSync('npm', ['pack', `./dist/${name}`, '--pack-destination', 'dist', '--silent'], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
