import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { convertSource } from '@desk-connect/plugin/org/convertSource.js';
import { writeProfessionalProject } from '../../scripts/packages/professionalSource.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';
import { deployTo } from '../support/deployTo.ts';
import { createSf, type Sf } from '../support/sf.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
type Project = Parameters<typeof writeProfessionalProject>[1];

let folder: string;
let local: LocalOrg;
let sf: Sf;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unlocked-'));
  local = await startOrg({ state: 'professional' });
  sf = createSf();
  await sf.login(local, 'professional');
  await sf.linkPlugin();
});
after(async () => {
  sf.close();
  await local.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the package for Professional Edition has neither events nor what needs them, and an org takes it whole', async () => {
  const at = join(folder, 'project');
  const project = JSON.parse(readFileSync(join(ROOT, 'sfdx-project.json'), 'utf8')) as Project;
  await writeProfessionalProject(join(ROOT, 'force-app/main/default'), project, at);
  await sf.ok(['project', 'convert', 'source', '--output-dir', join(folder, 'converted'), '--json'], {
    cwd: at,
  });
  const folders = globSync('*', { cwd: join(folder, 'converted') });
  for (const kept of ['lwc', 'objects', 'permissionsets', 'flexipages'])
    assert.ok(folders.includes(kept), kept);
  for (const left of ['flows', 'platformEventChannels', 'platformEventChannelMembers', 'translations'])
    assert.ok(!folders.includes(left), left);
  const files = await convertSource(join(at, 'force-app'), '65.0');
  for (const [path, text] of files)
    if (/\.(?:permissionset|object|app|flexipage)$/.test(path)) assert.ok(!/__e\b|__chn\b/.test(text), path);
  await install(files);
});

test('setup finds what the package has brought in place, adds what no package can hold, and then has nothing to do', async () => {
  const setup = async () => {
    const answer = await sf.ok(['deskconnect', 'setup', '-o', 'professional', '--no-prompt', '--json']);
    return answer.json().result as { outcome: string; changes: { what: string }[] };
  };
  const { outcome, changes } = await setup();
  assert.equal(outcome, 'done');
  for (const { what } of changes) assert.doesNotMatch(what, /Desk_(?!Connect_Integration)/);
  assert.equal((await setup()).outcome, 'nothing');
});

/** An installed package may bring what nobody may deploy there. */
async function install(files: ReadonlyMap<string, string>): Promise<void> {
  const { components, customMetadata } = local.org.features;
  Object.assign(local.org.features, { components: true, customMetadata: true });
  assert.deepEqual(await deployTo(clientOf(local), Object.fromEntries(files)), []);
  Object.assign(local.org.features, { components, customMetadata });
}
