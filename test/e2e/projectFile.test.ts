import assert from 'node:assert/strict';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { createSf, type Sf } from '../support/sf.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const json = (path: string): object => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as object;
type Project = { packageDirectories: { versionNumber: string }[] };

let folder: string;
let sf: Sf;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'unlocked-'));
  sf = createSf();
});
after(() => {
  sf.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the project file and the scratch org are what the CLI reads, in the version that is released', async () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const [path, schema] of [
    ['sfdx-project.json', 'sfdx-project'],
    ['config/project-scratch-def.json', 'project-scratch-def'],
  ] as const) {
    const validate = ajv.compile(json(`node_modules/@salesforce/core/schemas/${schema}.schema.json`));
    assert.ok(validate(json(path)), `${path}: ${ajv.errorsText(validate.errors)}`);
  }
  const [main] = (json('sfdx-project.json') as Project).packageDirectories;
  const { version } = json('plugin/package.json') as { version: string };
  assert.equal(main?.versionNumber, `${version}.NEXT`);
  // Salesforce refuses an ancestor of an unlocked package.
  assert.ok(main && !('ancestorId' in main || 'ancestorVersion' in main));
  for (const name of ['sfdx-project.json', 'config', 'force-app', '.forceignore'])
    cpSync(join(ROOT, name), join(folder, 'project', name), { recursive: true });
  const output = join(folder, 'converted');
  // As "sf package version create" begins.
  await sf.ok(['project', 'convert', 'source', '--output-dir', output, '--json'], {
    cwd: join(folder, 'project'),
  });
  const folders = globSync('*', { cwd: output });
  assert.ok(folders.includes('lwc') && folders.includes('platformEventChannels'), folders.join());
});
