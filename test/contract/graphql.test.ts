import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';
import { deployTo } from '../support/deployTo.ts';
import { accessXml, fieldXml, objectXml } from '../support/fieldFiles.ts';
import { assign } from '../support/preparedOrg.ts';

type Connected = {
  edges: { node: Record<string, { value: unknown; displayValue: string | null }> }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
};
type Answer = {
  data: { uiapi: { query: Record<string, Connected> } } | null;
  errors: { message: string; extensions: { classification: string } }[];
};

const COUNT = 25;
let local: LocalOrg;
let admin: Connection;
let token: string;
let stranger: string;

const FILES = {
  'objects/Machine__c.object': objectXml('Machine', [
    fieldXml('Serial__c', 'Text', { length: 20 }),
    fieldXml('State__c', 'Picklist', {}, ['Up', 'Down']),
    fieldXml('Seen__c', 'DateTime'),
    fieldXml('Built__c', 'Date'),
    fieldXml('Hours__c', 'Number', { precision: 8, scale: 0 }),
    fieldXml('Notes__c', 'LongTextArea', { length: 1_000, visibleLines: 3 }),
    fieldXml('Secret__c', 'Text', { length: 20 }),
    fieldXml('Case__c', 'Lookup', { referenceTo: 'Case', relationshipName: 'Machines' }),
  ]),
  'objects/Setting__mdt.object': objectXml('Setting', [])
    .replace(/<nameField>.*<\/nameField>/, '')
    .replace(/<sharingModel>.*<\/sharingModel>/, ''),
  'permissionsets/Users.permissionset': accessXml(
    ['Serial', 'State', 'Seen', 'Built', 'Hours', 'Notes', 'Case'].map((name) => `Machine__c.${name}__c`),
    [],
    ['Machine__c'],
  ),
};
const day = (index: number) => `2026-11-${String(index + 1).padStart(2, '0')}`;

before(async () => {
  local = await startOrg();
  admin = clientOf(local);
  assert.deepEqual(await deployTo(admin, FILES), []);
  token = local.addUser('user@local.test', 'Standard User');
  stranger = local.addUser('stranger@local.test', 'Standard User');
  for (const name of ['user@local.test', local.username]) assign(local.org, 'Users', local.org.userId(name));
  const jam = await admin.sobject('Case').create({ Subject: 'Jam' });
  const records = Array.from({ length: COUNT }, (_, index) => ({
    attributes: { type: 'Machine__c' },
    Name: `M${index}`,
    Serial__c: `S-${index}`,
    State__c: index % 5 === 0 ? 'Down' : 'Up',
    Seen__c: `${day(index)}T12:00:00Z`,
    Built__c: day(index),
    Hours__c: index,
    Notes__c: 'long',
    Case__c: index < 2 ? jam.id : null,
  }));
  await admin.requestPost('/composite/sobjects', { allOrNone: true, records });
});
after(() => local.close());

async function ask(query: string, variables: object = {}, as = token): Promise<Answer> {
  const response = await fetch(`${local.url}/services/data/v65.0/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  assert.equal(response.status, 200);
  return (await response.json()) as Answer;
}
const inQuery = (inner: string, head = 'query') => `${head} { uiapi { query { ${inner} } } }`;
/** The serials of the machines that satisfy a filter. */
async function serials(where: string, head?: string, variables?: object): Promise<unknown[]> {
  const { data, errors } = await ask(
    inQuery(`Machine__c(first: 50, where: ${where}) { edges { node { Serial__c { value } } } }`, head),
    variables,
  );
  assert.deepEqual(errors, []);
  return (data?.uiapi.query['Machine__c']?.edges ?? []).map(({ node }) => node['Serial__c']?.value);
}
const refusal = async (query: string, as = token) => {
  const { data, errors } = await ask(query, {}, as);
  assert.equal(data, null);
  return errors.map(({ message, extensions }) => `${extensions.classification}: ${message}`).join('\n');
};

test('records come by ten, and on from a cursor to the end', async () => {
  const page = (after: string) =>
    ask(
      inQuery(
        `Machine__c(after: $after, orderBy: { Hours__c: { order: DESC } }) { edges { node { Id Hours__c { value displayValue } } } pageInfo { hasNextPage endCursor } totalCount }`,
        'query ($after: String)',
      ),
      { after: after || null },
    );
  const seen: unknown[] = [];
  let cursor = '';
  for (let more = true; more;) {
    const found = (await page(cursor)).data?.uiapi.query['Machine__c'];
    assert.equal(found?.totalCount, COUNT);
    seen.push(...found.edges.map(({ node }) => node['Hours__c']?.value));
    more = found.pageInfo.hasNextPage;
    cursor = found.pageInfo.endCursor ?? '';
  }
  assert.deepEqual(
    seen,
    Array.from({ length: COUNT }, (_, index) => COUNT - 1 - index),
  );
});

test('a filter compares as SOQL does, by every operator, and through and, or, not and parents', async () => {
  assert.deepEqual(await serials('{ Serial__c: { eq: "s-3" } }'), ['S-3']);
  assert.deepEqual(await serials('{ Serial__c: { like: "S-1_" }, Hours__c: { gte: 18, ne: 19 } }'), ['S-18']);
  assert.deepEqual(await serials('{ Hours__c: { in: [1, 2], nin: [2] } }'), ['S-1']);
  assert.deepEqual(await serials('{ or: [{ Hours__c: { lt: 1 } }, { Hours__c: { gt: 23 } }] }'), [
    'S-0',
    'S-24',
  ]);
  assert.deepEqual(
    await serials('{ and: [{ Hours__c: { lte: 5 } }, { not: { State__c: { eq: "Up" } } }] }'),
    ['S-0', 'S-5'],
  );
  assert.deepEqual(await serials('{ Case__r: { Subject: { eq: "Jam" } }, Hours__c: { ne: 0 } }'), ['S-1']);
  assert.equal((await serials('{ Case__c: { eq: null } }')).length, COUNT - 2);
  assert.deepEqual(
    await serials('{ Serial__c: { eq: $serial } }', 'query ($serial: String)', { serial: 'S-4' }),
    ['S-4'],
  );
});

test('dates and times are compared with values, words and ranges', async () => {
  assert.deepEqual(await serials('{ Seen__c: { gt: { value: "2026-11-24T12:00:00.000Z" } } }'), ['S-24']);
  assert.deepEqual(await serials('{ Built__c: { eq: { value: "2026-11-03" } } }'), ['S-2']);
  assert.deepEqual(await serials('{ Built__c: { gt: { literal: TODAY } }, Hours__c: { lt: 0 } }'), []);
  assert.equal((await serials('{ CreatedDate: { gte: { range: { last_n_days: 1 } } } }')).length, COUNT);
  assert.match(
    await refusal(inQuery('Machine__c(where: { Seen__c: { gt: "2026-11-24" } }) { totalCount }')),
    /DateTimeInput/,
  );
});

test('several objects under names of the query come in one answer, with parents and children', async () => {
  const { data } = await ask(
    inQuery(`
      down: Machine__c(where: { State__c: { eq: "Down" } }) { totalCount }
      up: Machine__c(where: { State__c: { eq: "Up" } }) { totalCount }
      Case { edges { node { Id CaseNumber { value } Owner { Name { value } } Machines__r { totalCount } } } }
      one: Machine__c(first: 1) { edges { node { Case__r { Subject { value } } } } }`),
  ).then((answer) => (assert.deepEqual(answer.errors, []), answer));
  const found = data?.uiapi.query as unknown as Record<
    string,
    { totalCount: number; edges: { node: unknown }[] }
  >;
  assert.deepEqual([found['down']?.totalCount, found['up']?.totalCount], [5, 20]);
  assert.deepEqual(found['one']?.edges[0]?.node, { Case__r: { Subject: { value: 'Jam' } } });
  const node = found['Case']?.edges[0]?.node as {
    Machines__r: { totalCount: number };
    Owner: { Name: { value: string } };
  };
  assert.deepEqual([node.Machines__r.totalCount, node.Owner.Name.value], [2, 'Local Admin']);
});

test('what the user may not read is not there, and the words are those of what does not exist', async () => {
  const secret = (as?: string) =>
    refusal(inQuery('Machine__c { edges { node { Secret__c { value } } } }'), as);
  assert.match(await secret(), /^ValidationError: .*Field 'Secret__c' in type 'Machine__c' is undefined/);
  assert.match(await secret(stranger), /Field 'Machine__c' in type 'RecordQuery' is undefined/);
  assert.match(
    await refusal(inQuery('Machine__c(where: { Secret__c: { eq: "x" } }) { totalCount }')),
    /Field 'Secret__c' in type 'Machine__c' is undefined/,
  );
  for (const name of ['Setting__mdt', 'CaseComment', 'PermissionSet'])
    assert.match(await refusal(inQuery(`${name} { totalCount }`), local.accessToken), /is undefined/);
});

test('long text can be read, but neither filtered nor sorted by', async () => {
  const { data } = await ask(inQuery('Machine__c(first: 1) { edges { node { Notes__c { value } } } }'));
  assert.equal(data?.uiapi.query['Machine__c']?.edges[0]?.node['Notes__c']?.value, 'long');
  for (const clause of ['where: { Notes__c: { eq: "long" } }', 'orderBy: { Notes__c: { order: ASC } }'])
    assert.match(await refusal(inQuery(`Machine__c(${clause}) { totalCount }`)), /Notes__c.*is undefined/);
});

test('a query beyond the limits, of the wrong type or in the wrong syntax is refused', async () => {
  const { errors } = await ask(inQuery('Machine__c(first: 2001) { totalCount }'));
  assert.match(errors[0]?.message ?? '', /between 1 and 2000/);
  const many = Array.from({ length: 11 }, (_, index) => `a${index}: Machine__c { totalCount }`);
  assert.match(await refusal(inQuery(many.join(' '))), /at most 10 subqueries/);
  assert.match(
    await refusal(
      inQuery('Machine__c(where: { State__c: { eq: $state } }) { totalCount }', 'query ($state: String)'),
    ),
    /String.*Picklist/,
    'a picklist takes no variable of type String',
  );
  assert.match(await refusal('query {'), /^InvalidSyntax/);
});
