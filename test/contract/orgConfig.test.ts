import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import { toRecords, type ConfigRecord } from '../../bridge/src/core/config/configRecords.ts';
import { configMark, DEFAULT_CONFIG, DEFAULT_RULE } from '../../bridge/src/core/config/syncConfig.ts';
import type { SyncConfig } from '../../bridge/src/core/config/syncConfig.ts';
import type { Org } from '../../bridge/src/ports/org.ts';
import { orgOverRest } from '../../bridge/src/salesforce/orgOverRest.ts';
import { Session } from '../../bridge/src/salesforce/session.ts';
import { recordFile } from '../../plugin/src/config/recordFile.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { deployTo, metadataXml } from '../support/deployTo.ts';
import { assign, startPreparedOrg } from '../support/preparedOrg.ts';
import { clientOf } from '../support/clientOf.ts';

let local: LocalOrg;
let admin: Connection;
let org: Org;
const orgOf = async (url: string, accessToken: string) =>
  orgOverRest(await Session.open({ instanceUrl: url, auth: { kind: 'accessToken', accessToken } }), Date.now);
const filesOf = (records: readonly ConfigRecord[]) =>
  Object.fromEntries(
    records.map((one) => [`customMetadata/${one.type}.${one.developerName}.md`, recordFile(one)]),
  );

const CONFIG: SyncConfig = {
  enabled: false,
  rules: {
    company: DEFAULT_RULE,
    customer: { ...DEFAULT_RULE, direction: 'off' },
    case: {
      ...DEFAULT_RULE,
      salesforceCondition: "Origin != 'Web' AND Account.Name < 'M'",
      deskCondition: "custom_fields.product = 'Alpha & Beta'",
      recordType: 'Question',
      conflict: 'newest',
      onDelete: 'delete',
      createInDesk: false,
    },
  },
  mappings: [
    {
      pair: 'case',
      salesforce: 'Product__r.Code__c',
      desk: 'custom_fields.product',
      direction: 'salesforce-to-desk',
      owner: 'desk',
      display: true,
      values: Array.from({ length: 12 }, (_, index) => ({ salesforce: `S${index}`, desk: `D${index}` })),
    },
    {
      pair: 'company',
      salesforce: 'A_Field_With_A_Very_Long_Name_Of_The_Org__c',
      desk: 'custom_fields.long',
      direction: 'two-way',
      owner: null,
      display: false,
      values: [],
    },
  ],
};

before(async () => {
  local = await startPreparedOrg();
  admin = clientOf(local);
  org = await orgOf(local.url, local.accessToken);
});
after(() => local.close());

test('an org with the types and no records has the default config', async () => {
  assert.deepEqual(await org.readConfig(), { kind: 'found', config: DEFAULT_CONFIG, problems: [] });
});

test('a config comes back from the org as it was deployed, in one call', async () => {
  assert.deepEqual(await deployTo(admin, filesOf(toRecords(CONFIG))), []);
  const { used } = local.org.limits;
  const found = await org.readConfig();
  assert.equal(local.org.limits.used - used, 1);
  assert.equal(found.kind, 'found');
  assert.deepEqual(found.problems, []);
  assert.equal(configMark(found.config), configMark(CONFIG));
});

test('a record that an admin made with a name that leads nowhere is a problem that names it', async () => {
  const value: ConfigRecord = {
    type: 'Desk_Value',
    developerName: 'Stray',
    label: 'Stray',
    values: { Mapping__c: 'Nobody', Salesforce_Value__c: 'a', Desk_Value__c: 'b', Position__c: null },
  };
  assert.deepEqual(await deployTo(admin, filesOf([value])), []);
  const found = await org.readConfig();
  assert.deepEqual(found.kind === 'found' && found.problems.map(({ record }) => record), [
    'Desk_Value.Stray',
  ]);
  assert.deepEqual(await deployTo(admin, {}, { CustomMetadata: ['Desk_Value.Stray'] }), []);
});

test('a picklist of the types has the values of the schema and no other', async () => {
  const [, rule] = toRecords(CONFIG);
  assert.ok(rule);
  const wrong = { ...rule, values: { ...rule.values, Direction__c: 'sideways' } };
  assert.match((await deployTo(admin, filesOf([wrong]))).join(), /restricted picklist/);
});

test('more records than a page holds are read to the end', async () => {
  const values = Array.from({ length: 2_001 }, (_, index) => ({ salesforce: `${index}`, desk: 'x' }));
  const [mapping] = CONFIG.mappings;
  assert.ok(mapping);
  const config = { ...DEFAULT_CONFIG, mappings: [{ ...mapping, values }] };
  assert.deepEqual(await deployTo(admin, filesOf(toRecords(config))), []);
  const found = await org.readConfig();
  assert.equal(found.kind === 'found' && found.config.mappings[0]?.values.length, 2_001);
});

test('the permission set of the bridge shows the types; a user without it has none, and half of them is an error', async () => {
  const token = local.addUser('bridge@local.test', 'Minimum Access - API Only Integrations');
  const own = await orgOf(local.url, token);
  assert.deepEqual(await own.readConfig(), { kind: 'none' });
  const half = metadataXml(
    'PermissionSet',
    '<customMetadataTypeAccesses><enabled>true</enabled><name>Desk_Rule__mdt</name></customMetadataTypeAccesses><label>Half</label>',
  );
  assert.deepEqual(await deployTo(admin, { 'permissionsets/Half.permissionset': half }), []);
  assign(local.org, 'Half', local.org.userId('bridge@local.test'));
  await assert.rejects(own.readConfig(), /INVALID_TYPE/);
  assign(local.org, 'Desk_Connect_Integration', local.org.userId('bridge@local.test'));
  assert.equal((await own.readConfig()).kind, 'found');
});

test('an org without the types has no config', async () => {
  const bare = await startOrg();
  assert.deepEqual(await (await orgOf(bare.url, bare.accessToken)).readConfig(), { kind: 'none' });
  await bare.close();
});
