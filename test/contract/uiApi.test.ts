import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';
import { deployTo } from '../support/deployTo.ts';
import { accessXml, fieldXml, objectXml } from '../support/fieldFiles.ts';
import { assign } from '../support/preparedOrg.ts';

type Body = Record<string, unknown>;
type Field = { dataType: string; updateable: boolean; label: string; required: boolean; length: number };

let local: LocalOrg;
/** Sessions: of the admin, of one who may use machines, of one who may only look at them, and of one who may not. */
let tokens: { admin: string; user: string; looker: string; stranger: string };
let machineId: string;

const FILES = {
  'objects/Machine__c.object': objectXml('Machine', [
    fieldXml('Serial__c', 'Text', { length: 20, unique: true }),
    fieldXml('State__c', 'Picklist', {}, ['Up', 'Down']),
    fieldXml('Seen__c', 'DateTime'),
    fieldXml('Secret__c', 'Text', { length: 20 }),
    fieldXml('Case__c', 'Lookup', { referenceTo: 'Case', relationshipName: 'Machines' }),
  ]),
  'permissionsets/Users.permissionset': accessXml(
    ['Machine__c.Serial__c', 'Machine__c.State__c', 'Machine__c.Seen__c', 'Machine__c.Case__c'],
    [],
    ['Machine__c'],
  ),
  'permissionsets/Lookers.permissionset': accessXml([], ['Machine__c.State__c'], ['Machine__c']).replaceAll(
    /(<allow(?:Edit|Delete|Create)>)true/g,
    '$1false',
  ),
};

before(async () => {
  local = await startOrg();
  const admin = clientOf(local);
  assert.deepEqual(await deployTo(admin, FILES), []);
  tokens = {
    admin: local.accessToken,
    user: local.addUser('user@local.test', 'Standard User'),
    looker: local.addUser('looker@local.test', 'Standard User'),
    stranger: local.addUser('stranger@local.test', 'Standard User'),
  };
  assign(local.org, 'Users', local.org.userId('user@local.test'));
  assign(local.org, 'Lookers', local.org.userId('looker@local.test'));
  const parent = await admin.sobject('Case').create({ Subject: 'Jam' });
  const { status, body } = await ask(tokens.user, 'POST', 'records', {
    apiName: 'Machine__c',
    fields: { Name: 'Press', Serial__c: 'S1', State__c: 'Up', Case__c: parent.id },
  });
  assert.equal(status, 201);
  machineId = String(body['id']);
});
after(() => local.close());

async function ask(
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${local.url}/services/data/v65.0/ui-api/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}
const codeOf = ({ status, body }: { status: number; body: Body }) => [
  status,
  (body as unknown as { errorCode: string }[])[0]?.errorCode,
];

test('an object is told as the user may use it: no field that the user may not read', async () => {
  const { body } = await ask(tokens.user, 'GET', 'object-info/Machine__c');
  const fields = body['fields'] as Record<string, Field>;
  assert.deepEqual(
    [body['apiName'], body['labelPlural'], body['createable'], body['updateable'], body['nameFields']],
    ['Machine__c', 'Machines', true, true, ['Name']],
  );
  assert.ok(!('Secret__c' in fields));
  const { dataType, updateable, label, length } = fields['Serial__c'] ?? {};
  assert.deepEqual([dataType, updateable, label, length], ['String', true, 'Serial', 20]);
  assert.deepEqual(
    ['State__c', 'Seen__c', 'Case__c'].map((name) => fields[name]?.dataType),
    ['Picklist', 'DateTime', 'Reference'],
  );
  const seen = (await ask(tokens.looker, 'GET', 'object-info/Machine__c')).body;
  assert.equal(seen['updateable'], false);
  assert.equal((seen['fields'] as Record<string, Field>)['State__c']?.updateable, false);
});

test('an object without access, one that UI API does not serve and none are refused each in its way', async () => {
  const info = (token: string, name: string) => ask(token, 'GET', `object-info/${name}`).then(codeOf);
  assert.deepEqual(await info(tokens.stranger, 'Machine__c'), [403, 'INSUFFICIENT_ACCESS']);
  assert.deepEqual(await info(tokens.admin, 'Task'), [400, 'INVALID_TYPE']);
  assert.deepEqual(await info(tokens.admin, 'Nothing__c'), [404, 'NOT_FOUND']);
  assert.deepEqual(await info('nonsense', 'Case'), [401, 'INVALID_SESSION_ID']);
});

test('a record comes with the fields asked for, parents among them, as value and as people read it', async () => {
  await ask(tokens.user, 'PATCH', `records/${machineId}`, { fields: { Seen__c: '2026-11-22T10:04:00Z' } });
  const fields = ['State__c', 'Seen__c', 'Case__r.Subject'].map((name) => `Machine__c.${name}`);
  const { body } = await ask(tokens.user, 'GET', `records/${machineId}?fields=${fields.join(',')}`);
  const shown = body['fields'] as Record<string, { value: unknown; displayValue: string | null }>;
  assert.deepEqual([body['apiName'], body['id']], ['Machine__c', machineId]);
  assert.deepEqual(shown['State__c'], { value: 'Up', displayValue: 'Up' });
  assert.equal(shown['Seen__c']?.value, '2026-11-22T10:04:00.000Z');
  const parent = shown['Case__r']?.value as { apiName: string; fields: typeof shown };
  assert.deepEqual([parent.apiName, parent.fields['Subject']?.value], ['Case', 'Jam']);
});

test('a field without access fails the request when it is named, and is left out when it is optional', async () => {
  const read = (query: string) => ask(tokens.user, 'GET', `records/${machineId}?${query}`);
  assert.deepEqual(codeOf(await read('fields=Machine__c.Secret__c')), [400, 'INVALID_FIELD']);
  const { body } = await read('fields=Machine__c.Name&optionalFields=Machine__c.Secret__c,Machine__c.No__c');
  assert.deepEqual(Object.keys(body['fields'] as Body), ['Name']);
  assert.deepEqual(codeOf(await read('')), [400, 'ILLEGAL_QUERY_PARAMETER_VALUE']);
  const stranger = await ask(tokens.stranger, 'GET', `records/${machineId}?fields=Machine__c.Name`);
  assert.deepEqual(codeOf(stranger), [403, 'INSUFFICIENT_ACCESS']);
});

test('a write that fails tells what stands above a form and what beside its fields', async () => {
  const patch = (token: string, fields: Body) => ask(token, 'PATCH', `records/${machineId}`, { fields });
  const refused = await patch(tokens.user, { State__c: 'Sideways' });
  assert.deepEqual([refused.status, refused.body['enhancedErrorType']], [400, 'RecordError']);
  assert.match(String(refused.body['message']), /while trying to update the record/);
  const output = refused.body['output'] as { errors: unknown[]; fieldErrors: Record<string, Body[]> };
  assert.deepEqual(output.errors, []);
  const [beside] = output.fieldErrors['State__c'] ?? [];
  assert.deepEqual(
    [beside?.['errorCode'], beside?.['field'], beside?.['fieldLabel']],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'State__c', 'State'],
  );
  const errorOf = async (work: ReturnType<typeof patch>) => {
    const { status, body } = await work;
    return [status, (body['output'] as { errors: Body[] }).errors[0]?.['errorCode']];
  };
  assert.deepEqual(await errorOf(patch(tokens.looker, { State__c: 'Down' })), [
    403,
    'INSUFFICIENT_ACCESS_OR_READONLY',
  ]);
  assert.deepEqual(await errorOf(patch(tokens.user, { Secret__c: 'x' })), [400, 'INVALID_FIELD']);
  assert.deepEqual(codeOf(await patch(tokens.user, { Seen__c: 'soon' })), [400, 'POST_BODY_PARSE_ERROR']);
  const { body } = await patch(tokens.user, { State__c: 'Down' });
  assert.deepEqual((body['fields'] as Record<string, Body>)['State__c']?.['value'], 'Down');
});
