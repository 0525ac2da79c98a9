import { Plugin } from '@oclif/core';

export type Manifest = Plugin['manifest'];

/**
 * What the CLI is to know of our commands without loading them, from the compiled plugin.
 * @throws what oclif finds wrong with a command
 */
export async function readManifest(root: string): Promise<Manifest> {
  const plugin = new Plugin({
    root,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  });
  await plugin.load();
  return plugin.manifest;
}
