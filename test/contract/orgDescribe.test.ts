import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import type { Org } from '../../bridge/src/ports/org.ts';
import { orgOverRest } from '../../bridge/src/salesforce/orgOverRest.ts';
import { Session } from '../../bridge/src/salesforce/session.ts';
import type { LocalOrg } from '../org/startOrg.ts';
import { deployTo } from '../support/deployTo.ts';
import { accessXml, fieldXml, objectXml, partsXml } from '../support/fieldFiles.ts';
import { assign, startPreparedOrg } from '../support/preparedOrg.ts';
import { clientOf } from '../support/clientOf.ts';

let local: LocalOrg;
let admin: Connection;
let org: Org;
let ids: string[];
const FILES = {
  'objects/Product__c.object': objectXml('Product', [
    fieldXml('Code__c', 'Text', { length: 20, externalId: true }),
  ]),
  'objects/Case.object': partsXml(
    fieldXml('Product__c', 'Lookup', { referenceTo: 'Product__c', relationshipName: 'Cases' }),
    fieldXml('Rich__c', 'Html', { length: 1_000, visibleLines: 3 }),
    fieldXml('Twice__c', 'Text', { formula: 'Subject' }),
    '<businessProcesses><fullName>P</fullName><isActive>true</isActive><values><fullName>New</fullName><default>true</default></values></businessProcesses>',
    '<recordTypes><fullName>Question</fullName><active>true</active><businessProcess>P</businessProcess><label>Q</label></recordTypes>',
    '<recordTypes><fullName>Old</fullName><active>false</active><businessProcess>P</businessProcess><label>O</label></recordTypes>',
  ),
  'permissionsets/Products.permissionset': accessXml(
    ['Case.Product__c', 'Case.Rich__c', 'Product__c.Code__c'],
    ['Case.Twice__c'],
    ['Product__c'],
  ),
};
const made = async (deskId: string, fields: Parameters<Org['update']>[1][number]['fields']) => {
  const [outcome] = await org.createLinked([
    { object: 'Case', fields, pair: 'case', deskId, deskUrl: `https://desk.test/${deskId}` },
  ]);
  return outcome;
};

before(async () => {
  local = await startPreparedOrg();
  admin = clientOf(local);
  org = orgOverRest(
    await Session.open({
      instanceUrl: local.url,
      auth: { kind: 'accessToken', accessToken: local.accessToken },
    }),
    Date.now,
  );
  assert.deepEqual(await deployTo(admin, FILES), []);
  assign(local.org, 'Products', local.org.userId(local.username));
  for (const Code__c of ['X', 'Y']) await admin.sobject('Product__c').create({ Name: Code__c, Code__c });
  const records = Array.from({ length: 200 }, (_, index) => ({
    attributes: { type: 'Case' },
    Subject: `S${index}`,
    Priority: index % 2 === 0 ? 'High' : 'Low',
  }));
  const answers = await admin.requestPost<{ id: string }[]>('/composite/sobjects', { records });
  ids = answers.map(({ id }) => id);
});
after(() => local.close());

test('an object is described as far as a config needs it, record types without the master', async () => {
  const { name, fields, recordTypes } = await org.describe('Case');
  const field = (wanted: string) => fields.find((one) => one.name === wanted);
  assert.equal(name, 'Case');
  assert.deepEqual(
    recordTypes.map(({ developerName, active }) => [developerName, active]),
    [['Question', true]],
  );
  assert.equal(field('Rich__c')?.htmlFormatted, true);
  assert.deepEqual([field('Twice__c')?.calculated, field('Twice__c')?.calculatedFormula], [true, 'Subject']);
  assert.deepEqual(
    [field('Product__c')?.relationshipName, field('Product__c')?.referenceTo],
    ['Product__r', ['Product__c']],
  );
  assert.deepEqual(field('Priority')?.picklistValues[0], { value: 'High', label: 'High', active: true });
  assert.deepEqual(field('Subject')?.picklistValues, []);
  assert.ok(!('attributes' in (field('Subject') ?? {})) && !('soapType' in (field('Subject') ?? {})));
});

test('an object that is not there is told as one', async () => {
  await assert.rejects(org.describe('Nothing__c'), /NOT_FOUND/);
});

test('a path is read as a nested record, by id and as a change; it is null where it leads nowhere', async () => {
  const outcome = await made('1', { Subject: 'a', Product__r: { Code__c: 'X' } });
  assert.equal(outcome?.outcome, 'done');
  const fields = ['Subject', 'Product__r.Code__c'];
  const [other = ''] = ids;
  const read = await org.read('Case', fields, [outcome.id, other]);
  const codeOf = (record: unknown) =>
    (record as { Product__r: { Code__c: string } | null } | undefined)?.Product__r?.Code__c ?? null;
  assert.deepEqual([codeOf(read.get(outcome.id)), codeOf(read.get(other))], ['X', null]);
  const changes = await org.changes('Case', fields, { modstamp: '2020-01-01T00:00:00Z', id: '' }, 500);
  assert.equal(codeOf(changes.find(({ Id }) => Id === outcome.id)), 'X');
});

test('a lookup is written by external id in graphs and updates; one that leads nowhere fails alone', async () => {
  const refused = await made('2', { Subject: 'b', Product__r: { Code__c: 'Nobody' } });
  assert.equal(refused?.outcome, 'refused');
  assert.match(refused.failure.message, /Foreign key external ID: Nobody/);
  const [first = '', second = ''] = ids;
  const outcomes = await org.update('Case', [
    { id: first, fields: { Product__r: { Code__c: 'Nobody' } } },
    { id: second, fields: { Product__r: { Code__c: 'Y' } } },
  ]);
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['refused', 'done'],
  );
});

test('matching gives those of the records that satisfy a condition, in few requests', async () => {
  const calls = local.org.calls.length;
  const found = await org.matching('Case', "Priority = 'High' OR Subject = 'S1'", ids);
  assert.equal(local.org.calls.length - calls, 1);
  assert.deepEqual(
    found,
    new Set(ids.filter((_, index) => index % 2 === 0 || index === 1)),
    'the condition stands in parentheses',
  );
  assert.deepEqual(await org.matching('Case', "Priority = 'High'", []), new Set());
});

test('a condition as long as the type takes is asked in more requests, and one that no URL holds is refused', async () => {
  const long = `Subject IN (${Array.from({ length: 500 }, (_, index) => `'S${index}'`).join(', ')})`.slice(
    0,
    3_990,
  );
  const condition = `${long.slice(0, long.lastIndexOf(','))})`;
  assert.equal((await org.matching('Case', condition, ids)).size, 200);
  await assert.rejects(org.matching('Case', `Subject = '${'日'.repeat(3_900)}'`, ids), /CONDITION_TOO_LONG/);
  await assert.rejects(org.matching('Case', 'Nothing__c = 1', ids), /INVALID_FIELD/);
});
