import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { controlTokenPath } from '@desk-connect/bridge/service/controlToken.js';
import { startBridgeProcess, type BridgeProcess } from '../support/bridgeProcess.ts';
import { createMappedWorld } from '../support/mappedWorld.ts';
import { waitFor } from '../support/waitFor.ts';
import type { World } from '../support/world.ts';

const CONFIG = `version: 1
rules:
  case:
    salesforceCondition: "Priority = 'High'"
    deskCondition: "custom_fields.kind = 'hardware' OR priority >= 9"
mappings:
  - pair: case
    salesforce: Kind__c
    desk: custom_fields.kind
    values:
      - { salesforce: Hard, desk: hardware }
      - { salesforce: Soft, desk: software }
  - { pair: case, salesforce: Size__c, desk: custom_fields.size }
  - { pair: case, salesforce: Product__r.Code__c, desk: custom_fields.product }
`;

let world: World;
let bridge: BridgeProcess;
let contact: string;
const folder = mkdtempSync(join(tmpdir(), 'selective-'));
const file = join(folder, 'desk-connect.yaml');

type Link = { Status__c: string; Last_Error__c: string | null; Desk_Id__c: string };
const create = async (object: string, fields: object) => {
  const { id } = (await world.salesforce.sobject(object).create(fields)) as { id: string };
  return id;
};
const update = (Id: string, fields: object) => world.salesforce.sobject('Case').update({ Id, ...fields });
const deskCase = (subject: string) => world.desk.state.tables.cases.find((one) => one.subject === subject);
const salesforceCase = (subject: string) =>
  [...world.org.org.records.rows('Case').values()].find((row) => row['Subject'] === subject);
const linkOf = async (recordId: string) =>
  (
    await world.salesforce.query<Link>(
      `SELECT Status__c, Last_Error__c, Desk_Id__c FROM Desk_Link__c WHERE Record_Id__c = '${recordId}'`,
    )
  ).records[0];
const control = async (method: 'GET' | 'POST', path: string) => {
  const token = readFileSync(controlTokenPath(world.dataFolder), 'utf8').trim();
  const response = await fetch(`http://127.0.0.1:${bridge.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()) as Record<string, unknown>;
};
const stateOf = async (record: string) =>
  (await control('GET', `/control/pair?record=${record}`)) as { state?: string; failure?: { code: string } };

const directionOf = async () => {
  const { config } = (await control('GET', '/control/config')) as {
    config: { rules: { case: { direction: string } } };
  };
  return config.rules.case.direction;
};

before(async () => {
  world = await createMappedWorld();
  writeFileSync(file, CONFIG);
  bridge = await world.startBridge({ DESKCONNECT_CONFIG: file });
  contact = await create('Contact', { LastName: 'Selected', Email: 'selected@local.test' });
  await waitFor('the customer', () => world.desk.state.tables.customers.length > 0);
});
after(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

test('only what meets the condition of its side crosses, and whoever asks is told why the rest does not', async () => {
  const out = await create('Case', { Subject: 'Left out', ContactId: contact, Priority: 'Low' });
  await create('Case', {
    Subject: 'Taken',
    ContactId: contact,
    Priority: 'High',
    Kind__c: 'Hard',
    Size__c: 1.5,
  });
  await waitFor('the case that meets the rule', () => deskCase('Taken'));
  assert.deepEqual(deskCase('Taken')?.custom_fields, { kind: 'hardware', size: '1.5' });
  await waitFor('the other to be left out', async () => (await stateOf(out)).state === 'excluded');
  assert.equal((await stateOf(out)).failure?.code, 'outsideCondition');
  assert.equal(deskCase('Left out'), undefined);
  const { explanation } = (await control('GET', `/control/explain?record=${out}`)) as {
    explanation: { action: string; rule: string };
  };
  assert.deepEqual([explanation.action, explanation.rule], ['exclude', 'outsideCondition']);
  await update(out, { Priority: 'High' });
  await waitFor('the case that meets the rule now', () => deskCase('Left out'));
});

test("Desk's side has a condition of its own, over its custom fields", async () => {
  const customer = world.desk.state.tables.customers[0]?.id ?? 0;
  const make = (subject: string, custom_fields: object, priority: number) =>
    world.agent('POST', 'cases', {
      type: 'email',
      subject,
      priority,
      custom_fields,
      message: { direction: 'in', status: 'received', subject, body: 'B' },
      _links: { customer: { href: `/api/v2/customers/${customer}`, class: 'customer' } },
    });
  await make('Soft and low', { kind: 'software' }, 2);
  await make('Hard', { kind: 'hardware', size: '2.25', product: '' }, 2);
  await waitFor('the case that meets the rule', () => salesforceCase('Hard'));
  assert.equal(salesforceCase('Hard')?.['Kind__c'], 'Hard');
  // 2.25 has more decimals than the field takes: it stays, and the case goes without it.
  assert.equal(salesforceCase('Hard')?.['Size__c'], null);
  const out = deskCase('Soft and low')?.id ?? 0;
  await waitFor('the other to be left out', async () => (await stateOf(`case:${out}`)).state === 'excluded');
  assert.equal(salesforceCase('Soft and low'), undefined);
  await world.agent('PATCH', `cases/${out}`, { priority: 10 });
  await waitFor('the case that meets the rule now', () => salesforceCase('Soft and low'));
});

test('a record that leaves the condition stops and says so, and what changed meanwhile crosses when it is back', async () => {
  const id = await create('Case', { Subject: 'Comes and goes', ContactId: contact, Priority: 'High' });
  const made = await waitFor('the case', () => deskCase('Comes and goes'));
  // Neither side meets its condition then: Desk's case is of no kind and below 9.
  await update(id, { Priority: 'Low', Size__c: 3 });
  await waitFor('the link to say so', async () => (await linkOf(id))?.Status__c === 'Excluded');
  assert.match((await linkOf(id))?.Last_Error__c ?? '', /does not meet the condition/);
  assert.deepEqual([made.priority, made.custom_fields['size'] ?? null], [8, null]);
  await update(id, { Priority: 'High' });
  await waitFor('what changed meanwhile', () => made.custom_fields['size'] === '3');
  await waitFor('the link to be in step', async () => (await linkOf(id))?.Status__c === 'In Step');
});

test('a lookup crosses by the key of its record, both ways', async () => {
  for (const Code__c of ['P-1', 'P-2']) await create('Product__c', { Name: Code__c, Code__c });
  const id = await create('Case', {
    Subject: 'With a product',
    ContactId: contact,
    Priority: 'High',
    Product__r: { Code__c: 'P-1' },
  });
  const made = await waitFor('the case', () => deskCase('With a product'));
  assert.equal(made.custom_fields['product'], 'P-1');
  await world.agent('PATCH', `cases/${made.id}`, { custom_fields: { product: 'P-2', kind: 'hardware' } });
  const products = await world.salesforce.query<{ Id: string }>(
    "SELECT Id FROM Product__c WHERE Code__c = 'P-2'",
  );
  await waitFor(
    'the other product',
    () => salesforceCase('With a product')?.['Product__c'] === products.records[0]?.Id,
  );
  await world.agent('PATCH', `cases/${made.id}`, { custom_fields: { product: null } });
  await waitFor('no product', () => salesforceCase('With a product')?.['Product__c'] === null);
  assert.equal((await linkOf(id))?.Status__c, 'In Step');
});

test('a rule that changes is swapped into the running bridge: one way, with its notes, and deletions with it', async () => {
  const id = await create('Case', { Subject: 'One way', ContactId: contact, Priority: 'High' });
  const made = await waitFor('the case', () => deskCase('One way'));
  await waitFor('it to rest', async () => (await stateOf(id)).state === 'inStep');
  writeFileSync(
    file,
    CONFIG.replace('  case:\n', '  case:\n    direction: salesforce-to-desk\n    onDelete: delete\n'),
  );
  await waitFor('the new rule', async () => (await directionOf()) === 'salesforce-to-desk');
  await world.agent('PATCH', `cases/${made.id}`, { subject: "Desk's own" });
  await world.agent('POST', `cases/${made.id}/notes`, { body: "Desk's note" });
  await create('CaseComment', { ParentId: id, CommentBody: "Salesforce's comment" });
  await waitFor('the comment', () => made.notes.some(({ body }) => body === "Salesforce's comment"));
  const comments = await world.salesforce.query(`SELECT Id FROM CaseComment WHERE ParentId = '${id}'`);
  assert.equal(comments.totalSize, 1, 'the note stays in Desk');
  assert.equal(salesforceCase('One way')?.['Subject'], 'One way');
  await update(id, { Subject: 'One way still' });
  await waitFor('the change', () => made.subject === 'One way still');
  await world.salesforce.sobject('Case').destroy(id);
  await waitFor('the deletion in Desk', () => made.status === 'deleted');
  await waitFor('the end of the pair', async () => (await stateOf(id)).state === 'unlinked');
  writeFileSync(file, CONFIG.replace('  case:\n', '  case:\n    onDelete: delete\n'));
  await waitFor('the old rule', async () => (await directionOf()) === 'two-way');
  const both = await create('Case', { Subject: 'Both ways', ContactId: contact, Priority: 'High' });
  const other = await waitFor('the case', () => deskCase('Both ways'));
  await world.agent('PATCH', `cases/${other.id}`, { priority: 9, subject: 'Back again' });
  await waitFor('the change back', () => salesforceCase('Back again')?.Id === both);
  await waitFor('it to rest', async () => (await stateOf(both)).state === 'inStep');
  await world.agent('PATCH', `cases/${other.id}`, { status: 'deleted' });
  await waitFor('the deletion in Salesforce', () => salesforceCase('Back again')?.['IsDeleted'] === true);
});

test('a config that becomes invalid turns the health red and leaves the last good one in place', async () => {
  const health = async () => {
    const parts = (
      (await (await fetch(`http://127.0.0.1:${bridge.port}/status`)).json()) as {
        parts: Record<string, { state: string; detail: string }>;
      }
    ).parts;
    return parts['config'];
  };
  writeFileSync(file, CONFIG.replace("Priority = 'High'", "Priorty = 'High'"));
  const refused = await waitFor('the refusal', async () => {
    const config = await health();
    return config?.state === 'down' ? config : null;
  });
  assert.match(
    refused.detail,
    /rule case, salesforceCondition: Case has no field Priorty\. Did you mean Priority\?/,
  );
  await create('Case', { Subject: 'Still low', ContactId: contact, Priority: 'Low' });
  await create('Case', { Subject: 'Still high', ContactId: contact, Priority: 'High' });
  await waitFor('the last good rule', () => deskCase('Still high'));
  assert.equal(deskCase('Still low'), undefined);
  // So does a bridge that starts while it is invalid.
  await bridge.kill();
  bridge = await startBridgeProcess({
    org: { ...world.org, accessToken: world.bridgeToken },
    desk: world.side,
    dataFolder: world.dataFolder,
    env: { DESKCONNECT_CONFIG: file },
  });
  await create('Case', { Subject: 'Low again', ContactId: contact, Priority: 'Low' });
  await create('Case', { Subject: 'High again', ContactId: contact, Priority: 'High' });
  await waitFor('the last good rule', () => deskCase('High again'));
  assert.equal(deskCase('Low again'), undefined);
  writeFileSync(file, CONFIG.replace("Priority = 'High'", "Priority IN ('High', 'Low')"));
  await bridge.ready();
  await create('Case', { Subject: 'Low at last', ContactId: contact, Priority: 'Low' });
  await waitFor('the rule that was mended', () => deskCase('Low at last'));
  await bridge.kill();
});
