import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addLanguage } from '../org/metadata/apply/translations.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { connectionTo } from '../support/connectionTo.ts';
import { deployTo, recordFile } from '../support/deployTo.ts';
import { createSf, type Sf } from '../support/sf.ts';

type TeardownJson = {
  outcome: string;
  links: number;
  removed: { type: string; name: string }[];
  restored: string[];
};
const RULE = recordFile(
  'Case',
  ['Pair__c', 'Direction__c']
    .map(
      (field) =>
        `<values><field>${field}</field><value xsi:type="xsd:string">${field === 'Pair__c' ? 'case' : 'off'}</value></values>`,
    )
    .join(''),
);
let local: LocalOrg;
let sf: Sf;
let asBefore: ReadonlyMap<string, string>;

before(async () => {
  local = await startOrg({ state: 'record-types' });
  addLanguage(local.org, 'de');
  sf = createSf();
  await sf.login(local, 'local');
  await sf.linkPlugin();
  asBefore = metadata();
  await sf.ok(['deskconnect', 'setup', '--no-prompt', '--relax-sessions', '--json']);
  assert.deepEqual(
    await deployTo(await connectionTo(local), { 'customMetadata/Desk_Rule.Case.md': RULE }),
    [],
  );
});
after(async () => {
  sf.close();
  await local.close();
});

/** Every metadata file of the org. */
const metadata = (): ReadonlyMap<string, string> =>
  new Map<string, string>(
    [...local.org.metadata].flatMap(([type, files]) =>
      [...files].map(
        ([name, file]) => [`${type}:${name}`, normal(file.toString('utf8'))] as [string, string],
      ),
    ),
  );
/** As it counts: white space between elements does not. */
const normal = (text: string) => text.replaceAll(/>\s+</g, '><').trim();
const activeStatuses = () =>
  local.org.schema
    .field('Case', 'Status')
    ?.picklist.filter((value) => value.active)
    .map((value) => value.value);
const teardown = async (...args: string[]) => {
  const answer = await sf.run(['deskconnect', 'teardown', '--json', ...args]);
  return { code: answer.code, json: answer.json(), result: answer.json().result as TeardownJson };
};

test('a dry run of teardown names all that would go, and removes nothing', async () => {
  const had = metadata();
  const { code, result } = await teardown('--dry-run');
  assert.equal(code, 0);
  for (const name of [
    'Desk_Link__c',
    'Desk_Log__c',
    'Desk_Bridge__c',
    'Desk_Rule__mdt',
    'Desk_Rule.Case',
    'Desk_Signal__e',
    'deskSyncStatus',
    'Desk_Connect_Integration',
    'Desk_Connect_Admin',
    'DeskConnect__chn',
    'Desk_Connect',
    'Desk_Sync_Health',
    'Desk_Links',
    'Desk_Connect/Conflicts',
    'Case.Desk_Sync',
  ])
    assert.ok(
      result.removed.some((one) => one.name === name),
      name,
    );
  assert.deepEqual(metadata(), had);
});

test('while records are linked, teardown refuses unless it is told to take the links too', async () => {
  const link = await sf.ok([
    'data',
    'create',
    'record',
    '-s',
    'Desk_Link__c',
    '-v',
    "Desk_Key__c='case:1' Pair__c='case' Status__c='In Step'",
    '--json',
  ]);
  assert.equal(link.json().status, 0);
  const { code, json } = await teardown('--no-prompt');
  assert.equal(code, 1);
  assert.match(json.message ?? '', /1 records are linked/);
  assert.ok(local.org.schema.object('Desk_Link__c'));
});

test('teardown with --restore leaves the metadata of the org as it was before setup', async () => {
  const { code, result, json } = await teardown('--no-prompt', '--with-links', '--restore');
  assert.equal(code, 0, json.message);
  assert.equal(result.outcome, 'done');
  const now = metadata();
  for (const [name, file] of asBefore) assert.equal(now.get(name), file, name);
  // Fields went with their object; value sets cannot be removed, only changed back.
  const left = [...now.keys()].filter(
    (name) => !asBefore.has(name) && !/^(?:CustomField|StandardValueSet):/.test(name),
  );
  assert.deepEqual(left, []);
  assert.deepEqual(activeStatuses(), ['New', 'Working', 'Escalated', 'Closed']);
  assert.equal(local.org.schema.object('Desk_Link__c'), undefined);
  const assigned = [...local.org.records.rows('PermissionSetAssignment').values()].filter(
    (row) => row['IsDeleted'] !== true,
  );
  assert.equal(assigned.length, 1, 'the set of the profile alone');
});

test('a second teardown has nothing to do, and setup puts all back', async () => {
  assert.equal((await teardown('--no-prompt')).result.outcome, 'nothing');
  await sf.ok(['deskconnect', 'setup', '--no-prompt', '--json']);
  assert.equal((await sf.run(['deskconnect', 'doctor'])).code, 0);
});
