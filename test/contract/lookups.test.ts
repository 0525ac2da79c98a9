import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { deployTo } from '../support/deployTo.ts';
import { accessXml, fieldXml, objectXml, partsXml } from '../support/fieldFiles.ts';
import { assign } from '../support/preparedOrg.ts';
import { clientOf } from '../support/clientOf.ts';

let local: LocalOrg;
let admin: Connection;
const products: Record<string, string> = {};
const code = (externalId: boolean, name = 'Code__c') =>
  fieldXml(name, 'Text', { length: 20, externalId, unique: false });
const FILES = {
  'objects/Product__c.object': objectXml('Product', [code(true), code(false, 'Plain__c')]),
  'objects/Case.object': partsXml(
    fieldXml('Product__c', 'Lookup', { referenceTo: 'Product__c', relationshipName: 'Cases' }),
  ),
  'permissionsets/Products.permissionset': accessXml(
    ['Case.Product__c', 'Product__c.Code__c', 'Product__c.Plain__c'],
    [],
    ['Product__c'],
  ),
};
type Problem = { errorCode?: string; message?: string };
async function refused(work: PromiseLike<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: Problem) => `${error.errorCode}: ${error.message}`,
  );
}
const create = (fields: Record<string, unknown>, client = admin) =>
  client.sobject('Case').create({ Subject: 'x', ...fields });
const productOf = async (id: string) =>
  (
    await admin.query<{ Product__r: { Code__c: string } | null }>(
      `SELECT Product__r.Code__c FROM Case WHERE Id = '${id}'`,
    )
  ).records[0]?.Product__r?.Code__c ?? null;

before(async () => {
  local = await startOrg();
  admin = clientOf(local);
  assert.deepEqual(await deployTo(admin, FILES), []);
  assign(local.org, 'Products', local.org.userId(local.username));
  for (const name of ['X1', 'X2', 'Twin', 'twin'])
    products[name] =
      (await admin.sobject('Product__c').create({ Name: name, Code__c: name, Plain__c: name })).id ?? '';
});
after(() => local.close());

test('a lookup is read by its path, and is null where it leads nowhere', async () => {
  const { id = '' } = await create({ Product__c: products['X1'] });
  assert.equal(await productOf(id), 'X1');
  await admin.sobject('Case').update({ Id: id, Product__c: null });
  assert.equal(await productOf(id), null);
  const field = (await admin.describe('Case')).fields.find(({ name }) => name === 'Product__c');
  assert.deepEqual(
    [field?.type, field?.referenceTo, field?.relationshipName],
    ['reference', ['Product__c'], 'Product__r'],
  );
  const key = (await admin.describe('Product__c')).fields.find(({ name }) => name === 'Code__c');
  assert.deepEqual([key?.externalId, key?.idLookup], [true, true]);
});

test('a lookup is written by the external id of its record, singly, in collections and in graphs', async () => {
  const { id = '' } = await create({ Product__r: { Code__c: 'x1' } });
  assert.equal(await productOf(id), 'X1');
  const [updated] = await admin.requestPatch<{ success: boolean }[]>('/composite/sobjects', {
    records: [{ attributes: { type: 'Case' }, id, Product__r: { Code__c: 'X2' } }],
  });
  assert.equal(updated?.success, true);
  assert.equal(await productOf(id), 'X2');
  const url = '/services/data/v65.0/sobjects/Case';
  const { graphs } = await admin.requestPost<{
    graphs: { graphResponse: { compositeResponse: { body: { id: string } }[] } }[];
  }>('/composite/graph', {
    graphs: [
      {
        graphId: 'g',
        compositeRequest: [
          { method: 'POST', url, referenceId: 'a', body: { Product__r: { Code__c: 'X1' } } },
        ],
      },
    ],
  });
  assert.equal(await productOf(graphs[0]?.graphResponse.compositeResponse[0]?.body.id ?? ''), 'X1');
});

test('an external id that no record has, or two have, fails its own record with the field named', async () => {
  assert.match(
    await refused(create({ Product__r: { Code__c: 'Nobody' } })),
    /^INVALID_FIELD: Foreign key external ID: Nobody not found for field Code__c in entity Product__c/,
  );
  assert.match(await refused(create({ Product__r: { Code__c: 'Twin' } })), /^DUPLICATE_EXTERNAL_ID/);
  const answers = await admin.requestPost<{ success: boolean }[]>('/composite/sobjects', {
    records: ['Nobody', 'X1'].map((Code__c) => ({ attributes: { type: 'Case' }, Product__r: { Code__c } })),
  });
  assert.deepEqual(
    answers.map(({ success }) => success),
    [false, true],
  );
});

test('only an external id of the object that is meant names a record, and only one way at a time', async () => {
  assert.match(await refused(create({ Product__r: { Plain__c: 'X1' } })), /^INVALID_FIELD: .*External ID/);
  assert.match(await refused(create({ Product__r: { Other__c: 'X1' } })), /^INVALID_FIELD: No such column/);
  assert.match(await refused(create({ Nothing__r: { Code__c: 'X1' } })), /^INVALID_FIELD: No such column/);
  assert.match(await refused(create({ Product__r: 'X1' })), /^INVALID_FIELD: .*not a nested SObject/);
  assert.match(await refused(create({ Product__r: null })), /^INVALID_FIELD: .*not a nested SObject/);
  assert.match(await refused(create({ Product__r: { Code__c: null } })), /^INVALID_FIELD: Foreign key/);
  const both = { Product__c: products['X1'], Product__r: { Code__c: 'X1' } };
  assert.match(await refused(create(both)), /^INVALID_FIELD: Duplicate field/);
});

test('whoever may not see the field, or its records, knows neither', async () => {
  const user = clientOf(local, local.addUser('agent@local.test', 'Standard User'));
  assert.match(
    await refused(create({ Product__r: { Code__c: 'X1' } }, user)),
    /^INVALID_FIELD: No such column/,
  );
  assert.match(await refused(user.query('SELECT Product__r.Code__c FROM Case')), /^INVALID_FIELD/);
});

test('a summary counts and adds up the details, which go with their master', async () => {
  const detail = objectXml(
    'Part',
    [
      fieldXml('Account__c', 'MasterDetail', {
        referenceTo: 'Account',
        relationshipName: 'Parts',
        relationshipLabel: 'Parts',
      }),
      fieldXml('Price__c', 'Currency', { precision: 10, scale: 2 }),
    ],
    'ControlledByParent',
  );
  const summary = (name: string, operation: string) =>
    fieldXml(name, 'Summary', {
      summaryForeignKey: 'Part__c.Account__c',
      summaryOperation: operation,
      ...(operation === 'count' ? {} : { summarizedField: 'Part__c.Price__c' }),
    });
  const parts = partsXml(summary('Parts__c', 'count'), summary('Worth__c', 'sum'));
  assert.match((await deployTo(admin, { 'objects/Account.object': parts })).join(), /no master-detail/);
  const set = accessXml(['Part__c.Price__c'], ['Account.Parts__c', 'Account.Worth__c'], ['Part__c']);
  const files = {
    'objects/Account.object': parts,
    'objects/Part__c.object': detail,
    'permissionsets/Parts.permissionset': set,
  };
  assert.deepEqual(await deployTo(admin, files), []);
  assign(local.org, 'Parts', local.org.userId(local.username));
  const { id = '' } = await admin.sobject('Account').create({ Name: 'Acme' });
  for (const Price__c of [1.1, 2.2]) await admin.sobject('Part__c').create({ Account__c: id, Price__c });
  const { records } = await admin.query(`SELECT Parts__c, Worth__c FROM Account WHERE Worth__c > 3`);
  assert.deepEqual([records[0]?.['Parts__c'], records[0]?.['Worth__c']], [2, 3.3]);
  const field = (await admin.describe('Account')).fields.find(({ name }) => name === 'Worth__c');
  assert.deepEqual([field?.calculated, field?.calculatedFormula, field?.updateable], [true, null, false]);
  await admin.sobject('Account').destroy(id);
  assert.equal((await admin.query('SELECT Id FROM Part__c')).totalSize, 0);
});
