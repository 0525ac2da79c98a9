import { cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The compiled plugin in a folder of its own, as its users have it: with the manifest, from which the CLI knows the
 * commands without loading them, without the sources, which it would look through, and with packages of its own, of
 * which it shares none with the CLI.
 */
export async function installedPlugin(): Promise<string> {
  // Links need one file system, which the system's own folder for such things often is not on.
  mkdirSync(join(ROOT, 'tmp'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'tmp/plugin-'));
  for (const name of ['lib', 'messages', 'package.json'])
    cpSync(join(ROOT, 'plugin', name), join(folder, name), { recursive: true });
  const packages = join(folder, 'node_modules');
  linkAll(join(ROOT, 'node_modules'), packages);
  for (const name of ['lib', 'package.json'])
    cpSync(join(ROOT, 'bridge', name), join(packages, '@desk-connect/bridge', name), { recursive: true });
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

/** The same files in folders of their own, which is what tells modules apart; without links to our own packages. */
function linkAll(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkAll(source, target);
    else if (entry.isFile()) linkSync(source, target);
  }
}
