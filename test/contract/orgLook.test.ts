import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Look, Org } from '../../bridge/src/ports/org.ts';
import { orgOverRest } from '../../bridge/src/salesforce/orgOverRest.ts';
import { Session } from '../../bridge/src/salesforce/session.ts';
import type { LocalOrg } from '../org/startOrg.ts';
import { startOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';

let local: LocalOrg;
let org: Org;
let contactId: string;

const contact = (): Look => ({
  object: 'Contact',
  fields: ['Name', 'AccountId', 'Account.Name'],
  by: 'Id',
  is: { id: contactId },
  condition: null,
  orderBy: null,
  limit: 1,
});
const deals: Look = {
  object: 'Opportunity',
  fields: ['Name', 'Account.Name'],
  by: 'AccountId',
  is: { ofFirst: 'AccountId' },
  condition: "IsClosed = false AND Name != 'It''s & <not> this'".replaceAll("''", "\\'"),
  orderBy: 'CloseDate DESC NULLS LAST',
  limit: 2,
};

before(async () => {
  local = await startOrg();
  const admin = clientOf(local);
  const create = async (object: string, fields: object) =>
    (await admin.sobject(object).create(fields)).id ?? '';
  const accountId = await create('Account', { Name: 'Engines' });
  contactId = await create('Contact', { LastName: 'Byron', AccountId: accountId });
  for (const [Name, StageName, CloseDate] of [
    ['Last', 'Prospecting', '2027-03-01'],
    ['Won', 'Closed Won', '2027-04-01'],
    ['Middle', 'Prospecting', '2027-02-01'],
    ['First', 'Prospecting', '2027-01-01'],
    ["It's & <not> this", 'Prospecting', '2027-05-01'],
  ])
    await create('Opportunity', { Name, StageName, CloseDate, AccountId: accountId });
  const auth = { kind: 'accessToken', accessToken: local.accessToken } as const;
  org = orgOverRest(await Session.open({ instanceUrl: local.url, auth }), Date.now);
});
after(() => local.close());

const namesOf = async (looks: readonly Look[]) =>
  (await org.look(looks)).map((one) =>
    one.outcome === 'found' ? one.records.map((record) => record['Name']) : one.failure.code,
  );

test('records are found with those that belong to them, in one call', async () => {
  await org.limits();
  const before = org.usage()?.used ?? 0;
  assert.deepEqual(await namesOf([contact(), deals]), [['Byron'], ['Last', 'Middle']]);
  assert.equal(org.usage()?.used, before + 1);
});

test('a look that Salesforce refuses tells why, and the others are answered', async () => {
  const wrong = { ...deals, fields: ['Nothing__c'] };
  assert.deepEqual(await namesOf([contact(), wrong, deals]), [
    ['Byron'],
    'INVALID_FIELD',
    ['Last', 'Middle'],
  ]);
});

test('what follows a first look without records is refused', async () => {
  const gone = { ...contact(), is: { id: '0039X0000009999QAA' } };
  assert.deepEqual(await namesOf([gone, deals]), [[], 'PROCESSING_HALTED']);
});

test('an id stays a value, whatever it holds', async () => {
  const odd = { ...contact(), is: { id: "x' OR Name != '" } };
  const [found] = await namesOf([odd]);
  assert.ok(typeof found === 'string' || found?.length === 0);
});
