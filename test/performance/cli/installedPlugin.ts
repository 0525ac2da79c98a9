import { linkSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stagePlugin } from '../../../scripts/packages/stage.ts';

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
  await stagePlugin(folder);
  linkAll(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
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
