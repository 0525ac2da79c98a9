import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { deployTo } from '../support/deployTo.ts';
import { accessXml, fieldXml, objectXml, partsXml } from '../support/fieldFiles.ts';
import { assign } from '../support/preparedOrg.ts';
import { clientOf } from '../support/clientOf.ts';

const folder = mkdtempSync(join(tmpdir(), 'record-types-'));
let local: LocalOrg;
let admin: Connection;
const recordType = (name: string, active: boolean) =>
  `<recordTypes><fullName>${name}</fullName><active>${active}</active><label>The ${name}</label></recordTypes>`;
const idOf = async (name: string) =>
  (await admin.query<{ Id: string }>(`SELECT Id FROM RecordType WHERE DeveloperName = '${name}'`)).records[0]
    ?.Id ?? '';
async function outcome(client: Connection, RecordTypeId: string): Promise<string> {
  return client
    .sobject('Account')
    .create({ Name: 'A', RecordTypeId })
    .then(
      () => 'made',
      (error: { errorCode?: string }) => error.errorCode ?? '',
    );
}

before(async () => {
  local = await startOrg({ dataFolder: folder });
  admin = clientOf(local);
  const files = {
    'objects/Account.object': partsXml(
      fieldXml('A_Formula__c', 'Text', { formula: 'Z_Text__c' }),
      fieldXml('Region__c', 'Lookup', { referenceTo: 'Region__c' }),
      fieldXml('Z_Text__c', 'Text', { length: 9 }),
      recordType('Partner', true),
      recordType('Old', false),
    ),
    'objects/Region__c.object': objectXml('Region', []),
    'objects/Contact.object': partsXml(recordType('Private', true)),
  };
  assert.deepEqual(await deployTo(admin, files), []);
});
after(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

test('describe tells which record types there are, which are active, and the master', async () => {
  const { recordTypeInfos } = await admin.request<{ recordTypeInfos: Record<string, unknown>[] }>(
    '/sobjects/Account/describe',
  );
  assert.deepEqual(
    recordTypeInfos.map((one) =>
      ['developerName', 'name', 'available', 'active', 'master'].map((key) => one[key]),
    ),
    [
      ['Partner', 'The Partner', true, true, false],
      ['Old', 'The Old', false, false, false],
      ['Master', 'Master', true, true, true],
    ],
  );
  assert.equal(recordTypeInfos[0]?.['recordTypeId'], await idOf('Partner'));
});

test('a record is made with a record type of its object, and is found by its name', async () => {
  assert.equal(await outcome(admin, await idOf('Partner')), 'made');
  const found = await admin.query("SELECT Id FROM Account WHERE RecordType.DeveloperName = 'Partner'");
  assert.equal(found.totalSize, 1);
  for (const wrong of [await idOf('Old'), await idOf('Private')])
    assert.equal(await outcome(admin, wrong), 'INVALID_CROSS_REFERENCE_KEY');
});

test('a user takes the record types that a permission set shows', async () => {
  const user = clientOf(local, local.addUser('agent@local.test', 'Standard User'));
  const id = await idOf('Partner');
  assert.equal((await user.describe('Account')).recordTypeInfos[0]?.available, false);
  assert.equal(await outcome(user, id), 'INVALID_CROSS_REFERENCE_KEY');
  const visible = (name: string) =>
    accessXml(
      [],
      [],
      [],
      `<recordTypeVisibilities><recordType>${name}</recordType><visible>true</visible></recordTypeVisibilities>`,
    );
  const path = 'permissionsets/Types.permissionset';
  assert.match((await deployTo(admin, { [path]: visible('Account.Nothing') })).join(), /Account\.Nothing/);
  assert.deepEqual(await deployTo(admin, { [path]: visible('Account.Partner') }), []);
  assign(local.org, 'Types', local.org.userId('agent@local.test'));
  assert.equal(await outcome(user, id), 'made');
});

test('an object without record types has no lookup to them', async () => {
  await assert.rejects(async () => {
    await admin.query('SELECT RecordTypeId FROM Case');
  }, /RecordTypeId/);
});

test('an org that was saved has its record types, its lookups and its formulas after a restart', async () => {
  await local.close();
  local = await startOrg({ dataFolder: folder });
  admin = clientOf(local);
  assert.equal(await outcome(admin, await idOf('Partner')), 'made');
  assert.deepEqual(local.org.schema.field('Account', 'Region__c')?.referenceTo, ['Region__c']);
  assert.equal(local.org.schema.field('Account', 'A_Formula__c')?.calculation?.kind, 'formula');
});
