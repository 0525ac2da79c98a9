import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The compiled plugin in a folder of its own, as its users have it: with the manifest, from which the CLI knows the
 * commands without loading them, and without the sources, which it would look through.
 */
export async function installedPlugin(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'deskconnect-plugin-'));
  for (const name of ['lib', 'messages', 'package.json'])
    cpSync(join(ROOT, 'plugin', name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const plugin = new Plugin({
    root: folder,
    type: 'core',
    ignoreManifest: true,
    respectNoCacheDefault: true,
  });
  await plugin.load();
  writeFileSync(join(folder, 'oclif.manifest.json'), JSON.stringify(plugin.manifest));
  return folder;
}
