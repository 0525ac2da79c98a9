import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { createSf, type Sf } from '../support/sf.ts';

let local: LocalOrg;
let sf: Sf;
let project: string;

before(async () => {
  local = await startOrg();
  sf = createSf();
  await sf.login(local, 'local');
  project = mkdtempSync(join(tmpdir(), 'sf-project-'));
  writeFileSync(
    join(project, 'sfdx-project.json'),
    JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '65.0' }),
  );
  const base = join(project, 'force-app/main/default');
  const put = (path: string, text: string) => {
    mkdirSync(join(base, path, '..'), { recursive: true });
    writeFileSync(join(base, path), `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`);
  };
  const ns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  put(
    'objects/Machine__c/Machine__c.object-meta.xml',
    `<CustomObject ${ns}><deploymentStatus>Deployed</deploymentStatus><label>Machine</label><nameField><label>Machine Name</label><type>Text</type></nameField><pluralLabel>Machines</pluralLabel><sharingModel>ReadWrite</sharingModel></CustomObject>`.replace(
      '<type>Text</type>',
      '<length>80</length><type>Text</type>',
    ),
  );
  put(
    'objects/Machine__c/fields/Serial__c.field-meta.xml',
    `<CustomField ${ns}><fullName>Serial__c</fullName><label>Serial</label><length>20</length><type>Text</type><unique>true</unique></CustomField>`,
  );
  put(
    'permissionsets/Machines.permissionset-meta.xml',
    `<PermissionSet ${ns}><fieldPermissions><editable>true</editable><field>Machine__c.Serial__c</field><readable>true</readable></fieldPermissions><label>Machines</label></PermissionSet>`,
  );
});
after(async () => {
  sf.close();
  rmSync(project, { recursive: true });
  await local.close();
});

test('org display, data create and data query work as with any org', async () => {
  const display = await sf.ok(['org', 'display', '-o', 'local', '--json']);
  assert.equal((display.json().result as { username: string }).username, local.username);
  await sf.ok(['data', 'create', 'record', '-o', 'local', '-s', 'Account', '-v', "Name='Acme'", '--json']);
  const query = await sf.ok(['data', 'query', '-o', 'local', '-q', 'SELECT Name FROM Account']);
  assert.match(query.stdout, /Acme/);
});

test('what is deployed takes effect, can be assigned, and is retrieved again', async () => {
  await sf.ok(['project', 'deploy', 'start', '-o', 'local', '--dry-run', '--json'], { cwd: project });
  assert.equal(local.org.schema.object('Machine__c'), undefined);
  const deploy = await sf.ok(['project', 'deploy', 'start', '-o', 'local', '--json'], { cwd: project });
  assert.equal((deploy.json().result as { status: string }).status, 'Succeeded');
  const query = ['data', 'query', '-o', 'local', '-q', 'SELECT Serial__c FROM Machine__c', '--json'];
  assert.notEqual(
    (await sf.run(query)).code,
    0,
    'a deployed field is seen by nobody until a permission set says so',
  );
  await sf.ok(['org', 'assign', 'permset', '-n', 'Machines', '-o', 'local']);
  await sf.ok(query);
  const retrieve = await sf.ok(
    [
      'project',
      'retrieve',
      'start',
      '-o',
      'local',
      '-m',
      'StandardValueSet:CaseStatus',
      '-m',
      'PermissionSet:Machines',
      '--json',
    ],
    { cwd: project },
  );
  assert.equal(retrieve.json().status, 0);
  const values = readFileSync(
    join(project, 'force-app/main/default/standardValueSets/CaseStatus.standardValueSet-meta.xml'),
    'utf8',
  );
  assert.match(values, /<fullName>Escalated<\/fullName>/);
});

test('a deployment with one bad component fails whole, in the words of Salesforce', async () => {
  const bad = join(project, 'force-app/main/default/permissionsets/Bad.permissionset-meta.xml');
  writeFileSync(
    bad,
    '<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><fieldPermissions><editable>true</editable><field>Case.Status</field><readable>true</readable></fieldPermissions><label>Bad</label></PermissionSet>',
  );
  const deploy = await sf.run(['project', 'deploy', 'start', '-o', 'local', '--json'], { cwd: project });
  rmSync(bad);
  assert.equal(deploy.code, 1);
  assert.match(deploy.stdout, /You cannot deploy to a required field: Case\.Status/);
  assert.equal(local.org.metadata.get('PermissionSet')?.has('Bad'), false);
});
