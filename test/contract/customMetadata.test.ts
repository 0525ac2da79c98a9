import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import JSZip from 'jszip';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { assign } from '../support/preparedOrg.ts';
import { deployTo, metadataXml, recordFile } from '../support/deployTo.ts';
import { clientOf } from '../support/clientOf.ts';

let local: LocalOrg;
let admin: Connection;

const field = (name: string, type: string, rest = '') =>
  `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type>${rest}</fields>`;
const values = (...names: string[]) =>
  `<valueSet><restricted>true</restricted><valueSetDefinition>${names.map((one) => `<value><fullName>${one}</fullName><default>false</default><label>${one}</label></value>`).join('')}</valueSetDefinition></valueSet>`;
const TYPE = metadataXml(
  'CustomObject',
  [
    field('Text__c', 'Text', '<length>20</length><required>true</required>'),
    field('Long__c', 'LongTextArea', '<length>4000</length><visibleLines>3</visibleLines>'),
    field('Choice__c', 'Picklist', values('a', 'b')),
    field('Number__c', 'Number', '<precision>4</precision><scale>0</scale>'),
    field('Box__c', 'Checkbox', '<defaultValue>true</defaultValue>'),
    '<label>Setting</label><pluralLabel>Settings</pluralLabel><visibility>Public</visibility>',
  ].join(''),
);
const value = (name: string, type: string, text: string) =>
  `<values><field>${name}</field><value xsi:type="xsd:${type}">${text}</value></values>`;
const empty = (name: string) => `<values><field>${name}</field><value xsi:nil="true"/></values>`;
const record = (content: string, label = 'One') => recordFile(label, content);
const path = (name: string) => `customMetadata/Setting.${name}.md`;
const ONE = value('Text__c', 'string', 'first');
const refused = async (name: string, file: string) =>
  (await deployTo(admin, { [path(name)]: file })).join('; ');
async function fails(work: PromiseLike<unknown>, errorCode: string): Promise<void> {
  const outcome = await work.then(
    () => 'no error',
    (error: { errorCode?: string }) => error.errorCode,
  );
  assert.equal(outcome, errorCode);
}

before(async () => {
  local = await startOrg();
  admin = clientOf(local);
  assert.deepEqual(await deployTo(admin, { 'objects/Setting__mdt.object': TYPE }), []);
});
after(() => local.close());

test('a record is deployed, read with its long text, changed, listed and retrieved', async () => {
  const all = [
    ONE,
    value('Long__c', 'string', 'a &lt; b'),
    value('Choice__c', 'string', 'b'),
    value('Number__c', 'double', '7.0'),
    value('Box__c', 'boolean', 'false'),
  ].join('');
  assert.deepEqual(await deployTo(admin, { [path('One')]: record(all) }), []);
  const soql =
    "SELECT DeveloperName, MasterLabel, Text__c, Long__c, Choice__c, Number__c, Box__c FROM Setting__mdt WHERE Text__c = 'first'";
  const read = async () => {
    const { records } = await admin.query<Record<string, unknown>>(soql);
    return records.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'attributes')),
    );
  };
  const row = {
    DeveloperName: 'One',
    MasterLabel: 'One',
    Text__c: 'first',
    Long__c: 'a < b',
    Choice__c: 'b',
    Number__c: 7,
    Box__c: false,
  };
  assert.deepEqual(await read(), [row]);
  assert.deepEqual(await deployTo(admin, { [path('One')]: record(ONE + empty('Long__c'), 'Uno') }), []);
  assert.deepEqual(await read(), [{ ...row, MasterLabel: 'Uno', Long__c: null }]);
  const listed = [await admin.metadata.list([{ type: 'CustomMetadata' }], '65.0')].flat();
  assert.deepEqual(
    listed.map((one) => [one.fullName, one.fileName]),
    [['Setting.One', 'customMetadata/Setting.One.md']],
  );
  const { id } = await admin.metadata.retrieve({
    apiVersion: '65.0',
    singlePackage: true,
    unpackaged: { types: [{ name: 'CustomMetadata', members: ['*'] }], version: '65.0' },
  } as never);
  const { zipFile } = await admin.metadata.checkRetrieveStatus(id);
  const zip = await JSZip.loadAsync(Buffer.from(zipFile ?? '', 'base64'));
  assert.match(await (zip.file(`unpackaged/${path('One')}`)?.async('text') ?? ''), /<label>Uno</);
});

test('a condition on a long text is refused', () =>
  fails(admin.query("SELECT Id FROM Setting__mdt WHERE Long__c = 'x'"), 'INVALID_FIELD'));

test('names keep to their rules: letters, digits, single underscores, a letter first, 40 characters', async () => {
  for (const name of ['1st', '_a', 'a_', 'a__b', 'a-b', 'a'.repeat(41)])
    assert.match(await refused(name, record(ONE)), /Record Name can only contain/, name);
  assert.deepEqual(await deployTo(admin, { [path('a'.repeat(40))]: record(ONE) }), []);
  assert.match(await refused('Two', record(ONE, 'L'.repeat(41))), /max length=40/);
});

test('what a type does not have or take is refused with its name', async () => {
  assert.match(await refused('Two', record(ONE + value('Other__c', 'string', 'x'))), /Other__c/);
  assert.match(await refused('Two', record(ONE + value('Choice__c', 'string', 'c'))), /restricted picklist/);
  assert.match(await refused('Two', record(ONE + value('Number__c', 'string', '1'))), /xsd:double/);
  assert.match(await refused('Two', record(ONE + value('Number__c', 'double', '10000'))), /valid range/);
  assert.match(await refused('Two', record('')), /Required fields are missing: \[Text__c\]/);
  assert.match(await refused('Two', record(`${ONE}${ONE}`)), /Duplicate value/);
  assert.match(await refused('Two', record(ONE.replace(/ xsi:type="[^"]*"/, ''))), /xsd:string/);
  assert.equal((await admin.query("SELECT Id FROM Setting__mdt WHERE DeveloperName = 'Two'")).totalSize, 0);
});

test('nothing is written to a type by the REST API, by an administrator either', async () => {
  const row = { MasterLabel: 'X', DeveloperName: 'X', Text__c: 'x' };
  await fails(admin.sobject('Setting__mdt').create(row), 'INVALID_TYPE_FOR_OPERATION');
  const [one] = (await admin.query<{ Id: string }>('SELECT Id FROM Setting__mdt')).records;
  await fails(
    admin.sobject('Setting__mdt').update({ Id: one?.Id ?? '', Text__c: 'x' }),
    'INVALID_TYPE_FOR_OPERATION',
  );
  await fails(admin.sobject('Setting__mdt').destroy(one?.Id ?? ''), 'INVALID_TYPE_FOR_OPERATION');
  await fails(admin.query('SELECT CreatedDate FROM Setting__mdt'), 'INVALID_FIELD');
});

test('a user without access does not know the type; the permission set gives it', async () => {
  const user = clientOf(local, local.addUser('reader@local.test', 'Standard User'));
  await fails(user.query('SELECT Id FROM Setting__mdt'), 'INVALID_TYPE');
  const set = (name: string) =>
    metadataXml(
      'PermissionSet',
      `<customMetadataTypeAccesses><enabled>true</enabled><name>${name}</name></customMetadataTypeAccesses><label>Reader</label>`,
    );
  assert.match(
    (await deployTo(admin, { 'permissionsets/Reader.permissionset': set('Other__mdt') })).join(),
    /Other__mdt/,
  );
  assert.deepEqual(await deployTo(admin, { 'permissionsets/Reader.permissionset': set('Setting__mdt') }), []);
  assign(local.org, 'Reader', local.org.userId('reader@local.test'));
  assert.equal((await user.query('SELECT Id FROM Setting__mdt')).totalSize, 2);
});

test('a record is removed by itself; a type goes with its records, and not before them', async () => {
  assert.deepEqual(await deployTo(admin, {}, { CustomMetadata: ['Setting.One'] }), []);
  assert.equal((await admin.query('SELECT Id FROM Setting__mdt')).totalSize, 1);
  const type = { CustomObject: ['Setting__mdt'] };
  assert.match((await deployTo(admin, {}, type)).join(), /CustomMetadata - Setting\.aaaa/);
  const withRecords = { ...type, CustomMetadata: [`Setting.${'a'.repeat(40)}`], PermissionSet: ['Reader'] };
  assert.deepEqual(await deployTo(admin, {}, withRecords), []);
  await fails(admin.query('SELECT Id FROM Setting__mdt'), 'INVALID_TYPE');
});

test('an edition without custom metadata takes no type', async () => {
  local.org.features.customMetadata = false;
  assert.match(
    (await deployTo(admin, { 'objects/Setting__mdt.object': TYPE })).join(),
    /Custom metadata types are not available/,
  );
});
