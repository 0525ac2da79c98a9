import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { asTaken } from '@desk-connect/plugin/org/asTaken.js';
import { convertSource } from '@desk-connect/plugin/org/convertSource.js';
import { typeOf } from '@desk-connect/plugin/org/manifest.js';

const PACKAGE = 'Desk Connect Professional';

type Project = { packageDirectories: Record<string, unknown>[] } & Record<string, unknown>;

/**
 * Makes a project of its own for the package that Professional Edition takes: our metadata without change events,
 * platform events, the flows that publish them, and translations. One of them would keep the whole package out.
 */
export async function writeProfessionalProject(
  source: string,
  project: Project,
  folder: string,
): Promise<void> {
  const ours = await convertSource(source, String(project['sourceApiVersion']));
  const files = asTaken(
    ours,
    {
      changeEvents: false,
      platformEvents: false,
      components: true,
      customMetadata: true,
      emailMessages: true,
      reports: true,
      manyFlows: false,
      types: new Set([...ours.keys()].map(typeOf)),
      languages: new Set(),
    },
    {
      personAccounts: false,
      platformEvents: false,
      customMetadata: true,
      recordTypes: [],
      userPermissions: new Set([...ours.values()].flatMap(userPermissionsIn)),
    },
  );
  // It has to be there before: custom labels are put where a project says.
  mkdirSync(join(folder, 'force-app'), { recursive: true });
  const directories = project.packageDirectories.map((one) => ({ ...one, package: PACKAGE }));
  write(
    join(folder, 'sfdx-project.json'),
    `${JSON.stringify({ ...project, packageDirectories: directories }, null, 2)}\n`,
  );
  const metadata = mkdtempSync(join(tmpdir(), 'professional-'));
  for (const [path, text] of files) write(join(metadata, path), text);
  await new MetadataConverter().convert(ComponentSet.fromSource(metadata), 'source', {
    type: 'directory',
    outputDirectory: resolve(folder, 'force-app'),
    genUniqueDir: false,
  });
  rmSync(metadata, { recursive: true });
}

/** Those of our permission sets; the edition knows them all or refuses the package, which no guess here mends. */
function userPermissionsIn(text: string): string[] {
  return [...text.matchAll(/<userPermissions>\s*<enabled>true<\/enabled>\s*<name>(\w+)<\/name>/g)].map(
    ([, name = '']) => name,
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
