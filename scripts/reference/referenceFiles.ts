import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readManifest } from '../packages/manifest.ts';
import { commandReference } from './commandReference.ts';
import { commandSnapshot } from './commandSnapshot.ts';
import { resultSchemas } from './resultSchemas.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the schema of a command's result stands, by the command's id. */
export const schemaPath = (id: string) => `plugin/schemas/${id.replaceAll(':', '-')}.json`;

/** The files that are made of the compiled commands and of the types of their results: path → text. */
export async function referenceFiles(): Promise<Map<string, string>> {
  const manifest = await readManifest(join(ROOT, 'plugin'));
  const json = (content: unknown) => JSON.stringify(content, null, 2);
  const made = new Map([
    ['docs/commands.md', commandReference(manifest)],
    ['plugin/command-snapshot.json', json(commandSnapshot(manifest))],
  ]);
  for (const [id, schema] of resultSchemas(ROOT)) made.set(schemaPath(id), json(schema));
  const files = new Map<string, string>();
  for (const [path, text] of made) {
    const config = await resolveConfig(join(ROOT, path));
    files.set(path, await format(text, { ...config, filepath: path }));
  }
  return files;
}
