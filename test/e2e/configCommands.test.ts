import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { createMappedWorld } from '../support/mappedWorld.ts';
import { createSf, type Sf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import type { World } from '../support/world.ts';

let world: World;
let bridge: BridgeProcess;
let sf: Sf;
let contact: string;

before(async () => {
  world = await createMappedWorld();
  sf = createSf();
  await sf.login(world.org, 'local');
  await sf.linkPlugin();
  bridge = await world.startBridge();
  contact = await create('Contact', { LastName: 'Config', Email: 'config@local.test' });
  await waitFor('the customer', () => world.desk.state.tables.customers.length > 0);
});
after(async () => {
  sf.close();
  await world.close();
});

const create = async (object: string, fields: object) => {
  const { id } = (await world.salesforce.sobject(object).create(fields)) as { id: string };
  return id;
};
const newCase = (Subject: string, fields: object) =>
  create('Case', { Subject, ContactId: contact, ...fields });
const deskCase = (subject: string) => world.desk.state.tables.cases.find((one) => one.subject === subject);
const recordsOf = async (type: string) =>
  (await world.salesforce.query(`SELECT Id FROM ${type}__mdt`)).totalSize;

type Change = { change: string; record: string };
type Edited = {
  outcome: string;
  changes: Change[];
  warnings: { message: string }[];
  preview: { objects: Record<string, Record<string, number>> } | null;
  taken: boolean | null;
};
/** Runs a command of the topic as its admin would, beside the bridge. */
async function run(command: string, ...args: string[]) {
  const url = `http://127.0.0.1:${bridge.port}`;
  const at = ['--bridge-url', url, '--data-dir', world.dataFolder, '--json'];
  const answer = await sf.run(['deskconnect', ...command.split(' '), ...at, ...args], {
    env: {
      DESKCONNECT_SALESFORCE_URL: world.org.url,
      DESKCONNECT_SALESFORCE_ACCESS_TOKEN: world.bridgeToken,
      DESKCONNECT_DESK_URL: world.desk.url,
      DESKCONNECT_DESK_EMAIL: world.desk.email,
      DESKCONNECT_DESK_PASSWORD: world.desk.password,
    },
  });
  const json = answer.json();
  return { code: answer.code, name: json.name, message: json.message ?? '', result: json.result };
}
/** The same of a command that changes the config. */
async function edit(command: string, ...args: string[]) {
  const answer = await run(command, ...args);
  return { ...answer, result: answer.result as Edited };
}
const ORG = ['--target-org', 'local', '--no-prompt'];
const KIND = ['--pair', 'case', '--salesforce', 'Kind__c', '--desk', 'custom_fields.kind'];

test('only fields whose types agree are offered, with the reason for the others', async () => {
  type Fields = {
    pairs: { salesforce: string; desk: string; direction: string }[];
    unmappable: { salesforce: string; reason: string }[];
  };
  const { code, result: listed } = await run('mapping fields', '--pair', 'case');
  assert.equal(code, 0);
  const result = listed as Fields;
  const kind = result.pairs.find(
    ({ salesforce, desk }) => salesforce === 'Kind__c' && desk === 'custom_fields.kind',
  );
  assert.equal(kind?.direction, 'two-way');
  const product = result.unmappable.find(({ salesforce }) => salesforce === 'Product__c');
  assert.match(product?.reason ?? '', /Product__r\./);
});

test('a mapping is written to the org, and the bridge goes by it at once', async () => {
  const set = await edit('mapping set', ...ORG, '--no-preview', ...KIND);
  assert.deepEqual([set.code, set.result.outcome, set.result.taken], [0, 'done', true], set.message);
  assert.ok(
    set.result.warnings.some(({ message }) => /hardware/.test(message)),
    'values without a place are told',
  );
  const values = ['--value', 'Hard=hardware', '--value', 'Soft=software'];
  const mapped = await edit('values set', ...ORG, '--no-preview', ...KIND, ...values);
  assert.equal(mapped.code, 0, mapped.message);
  assert.deepEqual([await recordsOf('Desk_Mapping'), await recordsOf('Desk_Value')], [1, 2]);
  await newCase('Mapped', { Kind__c: 'Soft' });
  await waitFor('the mapped value', () => deskCase('Mapped')?.custom_fields['kind'] === 'software');
  const again = await edit('values set', ...ORG, '--no-preview', ...KIND, ...values);
  assert.equal(again.result.outcome, 'nothing');
});

test('what does not fit is refused with the record and the fix, and changes nothing', async () => {
  const before_ = [await recordsOf('Desk_Mapping'), await recordsOf('Desk_Rule')];
  const wrongType = await run('mapping set', ...ORG, ...KIND.slice(0, -1), 'custom_fields.nothing');
  assert.deepEqual([wrongType.code, wrongType.name], [1, 'ConfigInvalidError']);
  const condition = ['--pair', 'case', '--salesforce-condition', "Priority = 'High') OR (Id != null"];
  const injected = await run('rule set', ...ORG, ...condition);
  assert.equal(injected.name, 'ConfigInvalidError');
  assert.match(injected.message, /parentheses do not match/);
  const row = await run('rule set', ...ORG, '--pair', 'case', '--salesforce-row', 'Priority resembles High');
  assert.equal(row.name, 'RowUnreadableError');
  const unasked = await run(
    'rule set',
    '--target-org',
    'local',
    '--pair',
    'case',
    '--conflict',
    'desk',
    '--no-preview',
  );
  assert.equal(unasked.name, 'NeedsConfirmationError');
  assert.equal(
    (await run('mapping delete', ...ORG, '--pair', 'case', '--salesforce', 'A', '--desk', 'b')).name,
    'NoSuchMappingError',
  );
  assert.deepEqual([await recordsOf('Desk_Mapping'), await recordsOf('Desk_Rule')], before_);
});

test('a rule says what it means for the records that are there before it is written, and then holds', async () => {
  const low = await newCase('Low', { Priority: 'Low' });
  await waitFor('the case without a rule', () => deskCase('Low'));
  const rows = ['--salesforce-row', 'Priority equals High', '--salesforce-row', 'IsEscalated equals TRUE'];
  const rule = [
    '--pair',
    'case',
    ...rows,
    '--salesforce-logic',
    '1 OR 2',
    '--desk-condition',
    'priority > 6',
  ];
  const planned = await edit('rule set', ...ORG, '--dry-run', ...rule);
  assert.equal(planned.code, 0, planned.message);
  assert.equal(planned.result.outcome, 'planned');
  assert.equal(planned.result.preview?.objects['case']?.['excluded'], 2);
  assert.equal(await recordsOf('Desk_Rule'), 0, 'a dry run writes nothing');
  const done = await edit('rule set', ...ORG, '--no-preview', '--sync', ...rule);
  assert.equal(done.result.outcome, 'done', done.message);
  const statusOf = async () =>
    (
      await world.salesforce.query<{ Status__c: string }>(
        `SELECT Status__c FROM Desk_Link__c WHERE Record_Id__c = '${low}'`,
      )
    ).records[0]?.Status__c;
  await waitFor(
    'a record that was linked before to be left out',
    async () => (await statusOf()) === 'Excluded',
  );
  const listed = await sf.ok(['deskconnect', 'rule', 'list', '--target-org', 'local']);
  assert.match(listed.stdout, /1\. Priority equals High\s+2\. IsEscalated equals true\s+1 OR 2/i);
});

test('the config goes to a file and back, with the difference first', async () => {
  const file = join(sf.home, 'desk-connect.yaml');
  const out = await run('config export', '--target-org', 'local', '--output-file', file);
  assert.equal(out.code, 0, out.message);
  assert.match(readFileSync(file, 'utf8'), /salesforceCondition: Priority = 'High' OR IsEscalated = TRUE/);
  const same = await edit('config import', ...ORG, '--input-file', file);
  assert.equal(same.result.outcome, 'nothing', same.message);
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/ {4}salesforceCondition: .*\n/, '    conflict: newest\n'),
  );
  const differs = await run('config export', '--target-org', 'local', '--output-file', file);
  assert.equal(differs.name, 'FileDiffersError');
  const changed = await edit('config import', ...ORG, '--no-preview', '--input-file', file);
  assert.deepEqual(
    changed.result.changes.map(({ record }) => record),
    ['rule case'],
    changed.message,
  );
  const edited = await edit(
    'rule set',
    '--file',
    file,
    '--no-prompt',
    '--no-preview',
    '--pair',
    'case',
    '--conflict',
    'desk',
  );
  assert.equal(edited.result.outcome, 'done', edited.message);
  assert.match(readFileSync(file, 'utf8'), /conflict: desk/);
});

test('a config is checked without an org, by a describe that was saved', async () => {
  const file = join(sf.home, 'desk-connect.yaml');
  const describe = join(sf.home, 'describe.json');
  const saved = await run('config check', '--target-org', 'local', '--save-describe', describe);
  assert.deepEqual([saved.code, (saved.result as { errors: number }).errors], [0, 0], saved.message);
  assert.ok(existsSync(describe));
  const offline = (...args: string[]) =>
    sf.run(['deskconnect', 'config', 'check', '--file', file, '--describe', describe, '--json', ...args]);
  assert.equal((await offline()).code, 0);
  writeFileSync(file, readFileSync(file, 'utf8').replace('Kind__c', 'Knid__c'));
  const bad = await offline();
  assert.equal(bad.code, 1);
  assert.match(bad.stdout, /Did you mean Kind__c\?/);
});

test('switched off, nothing is written, and what changed meanwhile is brought in step when it is on again', async () => {
  const { taken, preview } = (await edit('disable', ...ORG)).result;
  // What a full sync would do is no answer while it does nothing.
  assert.deepEqual([taken, preview], [true, null]);
  await newCase('While off', { Priority: 'High' });
  await waitFor('the case to wait', async () => (await bridge.status()).pairs['waiting'] === 1);
  assert.equal(deskCase('While off'), undefined);
  assert.equal((await edit('enable', ...ORG, '--no-preview')).result.taken, true);
  await waitFor('the case', () => deskCase('While off'));
});
