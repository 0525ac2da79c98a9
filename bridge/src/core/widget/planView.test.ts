import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Looked } from '../../ports/org.ts';
import { aDescribe, typedField } from '../config/describes.fixture.ts';
import type { Mapping } from '../config/syncConfig.ts';
import type { PairKind } from '../pair.ts';
import type { PlanInput } from './plan.ts';
import { lookupsOf, objectsOf, planView } from './planView.ts';
import { DEFAULT_SECTIONS } from './sections.ts';
import type { Group } from './view.ts';

const lookup = (name: string, target: string | readonly string[], relationshipName: string) =>
  typedField(name, 'reference', {
    referenceTo: [target].flat(),
    relationshipName,
    label: `${relationshipName} ID`,
  });
const named = (...names: string[]) => names.map((name) => typedField(name, 'string', { label: name }));

const DESCRIBES = aDescribe({
  Case: [
    ...named('Id', 'CaseNumber', 'Status', 'Priority'),
    lookup('ContactId', 'Contact', 'Contact'),
    lookup('AccountId', 'Account', 'Account'),
  ],
  Contact: [
    ...named('Id', 'Name', 'Title', 'Level__c'),
    lookup('AccountId', 'Account', 'Account'),
    lookup('ReportsToId', 'Contact', 'ReportsTo'),
    lookup('OwnerId', ['Group', 'User'], 'Owner'),
    lookup('Secret__c', 'Secret__c', 'Secret__r'),
  ],
  Account: named('Id', 'Name', 'Website', 'CurrencyIsoCode'),
  Opportunity: [
    ...named('Id', 'Name', 'StageName'),
    typedField('Amount', 'currency', { scale: 2, label: 'Amount' }),
    lookup('AccountId', 'Account', 'Account'),
  ],
}).salesforce;

const CASE_ID = '5009X0000000001QAA';
const ID = { contact: '0039X0000000001QAA', account: '0019X0000000001QAA', deal: '0069X0000000001QAA' };
const input = (more: Partial<PlanInput> = {}): PlanInput => ({
  root: { object: 'Case', id: CASE_ID },
  mappings: [],
  sections: DEFAULT_SECTIONS,
  describes: DESCRIBES,
  instanceUrl: 'https://acme.my.salesforce.com',
  ...more,
});
const display = (pair: PairKind, salesforce: string): Mapping => ({
  pair,
  salesforce,
  desk: 'unused',
  direction: 'off',
  owner: null,
  display: true,
  values: [],
});
const found = (...records: Record<string, unknown>[]): Looked => ({ outcome: 'found', records });
const texts = (group: Group | undefined) =>
  group && 'cards' in group
    ? group.cards.map(({ name, entries }) => [
        name,
        ...entries.map(({ label, value }) => `${label}: ${value.text}`),
      ])
    : group?.problem;
const CASE_ROW = {
  Id: CASE_ID,
  CaseNumber: '00001026',
  Status: 'New',
  Priority: null,
  ContactId: ID.contact,
  AccountId: ID.account,
  Contact: { Id: ID.contact, Name: 'Ada Byron', Title: 'Countess', ReportsTo: { Name: 'Annabella' } },
  Account: { Id: ID.account, Name: 'Engines', Website: null },
};

test('a case, its contact, its account and what belongs to it are asked for in one call', () => {
  const { looks, missing } = planView(input());
  assert.deepEqual(
    looks.map(({ object, by, is, condition, limit }) => ({ object, by, is, condition, limit })),
    [
      { object: 'Case', by: 'Id', is: { id: CASE_ID }, condition: null, limit: 1 },
      {
        object: 'Opportunity',
        by: 'AccountId',
        is: { ofFirst: 'AccountId' },
        condition: 'IsClosed = false',
        limit: 6,
      },
    ],
  );
  assert.ok(
    ['Contact.Name', 'Contact.Title', 'Account.Website', 'CaseNumber'].every((path) =>
      looks[0]?.fields.includes(path),
    ),
  );
  // What nobody chose and the user does not see is no reason to bother anybody.
  assert.ok(missing.some(({ name, isChosen }) => name === 'Contact.Email' && !isChosen));
  assert.deepEqual(
    missing.filter(({ isChosen }) => isChosen).map(({ name }) => name),
    ['Opportunity.CloseDate'],
  );
});

test('what was read is shown by the labels of the org, without what is empty', () => {
  const deals = Array.from({ length: 6 }, (_, index) => ({
    Id: ID.deal,
    Name: `Deal ${index}`,
    Amount: 1_000,
  }));
  const groups = planView(input()).groups([found(CASE_ROW), found(...deals)]);
  assert.deepEqual(groups?.map(texts).slice(0, 3), [
    [['Ada Byron', 'Title: Countess']],
    [['Engines']],
    [['00001026', 'Status: New']],
  ]);
  const [, , , opportunities] = groups ?? [];
  assert.ok(opportunities && 'cards' in opportunities);
  assert.deepEqual([opportunities.cards.length, opportunities.hasMore], [5, true]);
  assert.deepEqual(
    opportunities.cards[0]?.entries.map(({ value }) => value.text),
    ['1,000.00'],
  );
});

test('what an admin has set to be displayed takes the place of the default, lookups by the name of their record', () => {
  const mappings = ['ReportsToId', 'OwnerId', 'Secret__c', 'Nothing__c', 'Account.Website'].map((name) =>
    display('customer', name),
  );
  const plan = planView(input({ mappings }));
  const fields = plan.looks[0]?.fields ?? [];
  for (const path of ['Contact.ReportsTo.Name', 'Contact.Owner.Name', 'Contact.Account.Website'])
    assert.ok(fields.includes(path), path);
  assert.ok(!fields.includes('Contact.Title'));
  assert.deepEqual(
    plan.missing.filter(({ isChosen }) => isChosen).map(({ name }) => name),
    ['Contact.Secret__c', 'Contact.Nothing__c', 'Opportunity.CloseDate'],
  );
  const row = { ...CASE_ROW, Contact: { ...CASE_ROW.Contact, ReportsToId: ID.contact } };
  assert.deepEqual(texts(plan.groups([found(row), found()])?.[0]), [['Ada Byron', 'ReportsTo: Annabella']]);
  assert.deepEqual(lookupsOf(input({ mappings })), ['Account', 'Contact', 'Secret__c']);
});

test('a case that is not in Salesforce shows the contact of its customer and what belongs to that one', () => {
  const contact = input({ root: { object: 'Contact', id: ID.contact } });
  const { looks, groups } = planView(contact);
  assert.deepEqual(
    looks.map(({ object, is }) => [object, is]),
    [
      ['Contact', { id: ID.contact }],
      ['Opportunity', { ofFirst: 'AccountId' }],
    ],
  );
  const row = { Id: ID.contact, Name: 'Ada Byron', Title: null, AccountId: null, Account: null };
  const refused: Looked = { outcome: 'refused', failure: { class: 'bug', code: 'X', message: '' } };
  assert.deepEqual(groups([found(row), refused])?.map(texts), [
    [['Ada Byron']],
    'There is no account in Salesforce.',
    [],
  ]);
  const ofCase = planView({
    ...contact,
    sections: DEFAULT_SECTIONS.map((one) => ({ ...one, of: 'case', by: null })),
  });
  assert.equal(ofCase.looks.length, 1);
});

test('a part that cannot be read says so, and the others are shown', () => {
  const failed: Looked = {
    outcome: 'refused',
    failure: { class: 'bug', code: 'MALFORMED_QUERY', message: 'm' },
  };
  assert.match(String(texts(planView(input()).groups([found(CASE_ROW), failed])?.[3])), /MALFORMED_QUERY/);
  const { Opportunity: _, Account: __, ...rest } = DESCRIBES;
  const { looks, groups } = planView(input({ describes: rest }));
  assert.equal(looks.length, 1);
  const shown = groups([found(CASE_ROW)])?.map(texts);
  assert.match(String(shown?.[1]), /may not read Account/);
  assert.match(String(shown?.[3]), /may not read Opportunity/);
  assert.equal(groups([found()]), null);
  assert.equal(groups([failed]), null);
});

test('a section finds its lookup where there is one, and says so where somebody has to choose', () => {
  const fields = [lookup('Main__c', 'Account', 'Main__r'), lookup('Other__c', 'Account', 'Other__r')];
  const section = {
    ...DEFAULT_SECTIONS[0],
    object: 'Deal__c',
    fields: ['Name'],
    of: 'account',
    by: null,
  } as const;
  const plan = (lookups: typeof fields, by: string | null) =>
    planView(
      input({
        describes: { ...DESCRIBES, ...aDescribe({ Deal__c: [...named('Name'), ...lookups] }).salesforce },
        sections: [{ title: 'Deals', condition: null, orderBy: null, limit: 5, ...section, by }],
      }),
    );
  assert.equal(plan(fields.slice(0, 1), null).looks[1]?.by, 'Main__c');
  assert.equal(plan(fields, 'other__C').looks[1]?.by, 'Other__c');
  for (const { looks, groups } of [plan(fields, null), plan([], null), plan(fields, 'Nothing__c')]) {
    assert.equal(looks.length, 1);
    assert.match(String(texts(groups([found(CASE_ROW)])?.[3])), /no single lookup/);
  }
});

test('what has to be described is each object once', () => {
  assert.deepEqual(objectsOf(input()), ['Account', 'Contact', 'Case', 'Opportunity']);
});
