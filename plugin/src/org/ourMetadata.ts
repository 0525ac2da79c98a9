import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from './orgView.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Packed with the plugin, as the Metadata API takes it. */
const PACKED = at('../metadata');
/** In the repository, in source format. */
const SOURCE = at('../../../force-app/main/default');

/** Our metadata as a package: one file a component, as the Metadata API takes it. */
export async function ourMetadata(apiVersion: string): Promise<Files> {
  if (!existsSync(PACKED)) {
    const { convertSource } = await import('./convertSource.ts');
    return convertSource(SOURCE, apiVersion);
  }
  const paths = globSync('**/*.*', { cwd: PACKED }).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(PACKED, path), 'utf8')]));
}
