import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/desk-connect-package');

/**
 * Our metadata as a zip for the Metadata API, without the translations, which only some orgs take. Converted once for
 * what stands in force-app: dozens of test files deploy it, and converting takes longer than most of them.
 */
export async function ourPackage(): Promise<Buffer> {
  const file = join(CACHE, `${digest()}.zip`);
  if (existsSync(file)) return readFileSync(file);
  const { ComponentSet, MetadataConverter } = await import('@salesforce/source-deploy-retrieve');
  const set = ComponentSet.fromSource(join(ROOT, 'force-app')).filter(
    ({ type }) => !type.name.includes('Translation'),
  );
  set.apiVersion = set.sourceApiVersion = '65.0';
  const { zipBuffer } = await new MetadataConverter().convert(set, 'metadata', { type: 'zip' });
  if (!zipBuffer) throw new Error('The metadata in force-app was not converted');
  mkdirSync(CACHE, { recursive: true });
  // Another test file may write it at this moment: each name is whole or not there.
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, zipBuffer);
  renameSync(unfinished, file);
  return zipBuffer;
}

function digest(): string {
  const hash = createHash('sha256');
  const paths = globSync('{force-app/**/*,.forceignore,package-lock.json}', { cwd: ROOT }).sort();
  for (const path of paths) {
    const full = join(ROOT, path);
    if (statSync(full).isFile()) hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
  }
  return hash.digest('hex').slice(0, 24);
}
